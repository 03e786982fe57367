import { expect, test } from 'vitest';
import { tryVerbs } from '../ask.ts';

test('taking a role is at once, giving one is a proposal, taking it from somebody an offer', async () => {
  const { memory, type, see } = tryVerbs();
  const id = await memory.alerted('Orders: down');
  expect(await type('U0SORA', 'role comms me', id)).toBe('You are now: Comms.');
  expect(await type('U0JUN', 'assign ops sora', id)).toBe(
    'Ops: Park Sora is proposed and can accept on the card.',
  );
  expect(await type('U0JUN', 'role ops sora', id)).toBe('Ops is with Park Sora already, nothing changed.');
  expect(await type('U0MINJI', '역할 comms 나', id)).toContain(
    'Kim Minji 님에게 커뮤니케이션 역할 인계를 제안했습니다',
  );
  expect(see(id).roles).toMatchObject({
    comms: { person: 'sora', accepted: true, offer: { to: 'minji' } },
    ops: { person: 'sora', accepted: false },
  });
});

test.each(['role', 'role ic', 'role boss me'])('%s leaves something to ask for', async (text) => {
  const { memory, type } = tryVerbs();
  expect(await type('U0JUN', text, await memory.alerted('Orders: down'))).toBeUndefined();
});
