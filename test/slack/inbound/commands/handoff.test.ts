import { expect, test } from 'vitest';
import { tryVerbs } from '../ask.ts';

test('offers the role one holds, and changes nothing until it is accepted', async () => {
  const { memory, type, see } = tryVerbs();
  const id = await memory.alerted('Orders: down');
  await type('U0JUN', 'role ic me', id);
  expect(await type('U0JUN', 'handoff @sora', id)).toBe(
    'Incident Commander is offered to Park Sora. It changes hands when they accept.',
  );
  expect(see(id).roles.ic).toMatchObject({ person: 'jun', accepted: true, offer: { to: 'sora' } });
});

test('a role may be named, and a person who is not known is asked for', async () => {
  const { memory, type, see } = tryVerbs();
  const id = await memory.alerted('Orders: down');
  expect(await type('U0JUN', 'handoff comms <@U0SORA>', id)).toContain('Comms: Park Sora is proposed');
  expect(see(id).roles.comms.person).toBe('sora');
  expect(await type('U0JUN', 'handoff <!channel>', id)).toContain('I do not know &lt;!channel&gt;.');
  expect(await type('U0JUN', 'handoff', id)).toBeUndefined();
});
