import { expect, test } from 'vitest';
import { tryVerbs } from '../ask.ts';

test('closes with the reason that was typed; a repeat is harmless', async () => {
  const { memory, type, see } = tryVerbs();
  const id = await memory.alerted('Orders: down');
  expect(await type('U0JUN', 'resolve failed over', id)).toBe(
    'inc-1 is resolved. The postmortem draft follows.',
  );
  expect(see(id).status).toMatchObject({ is: 'resolved', by: 'jun', reason: 'failed over' });
  expect(await type('U0SORA', 'resolve me too', id)).toBe('inc-1 is resolved already.');
});

test('promises a postmortem draft only where muster.yaml brings one', async () => {
  const { type } = tryVerbs();
  await type('U0JUN', 'declare P3 search is slow');
  expect(await type('U0JUN', 'resolve it is fast again', 1)).toBe(
    'inc-1 is resolved. For a postmortem draft: `/incident postmortem`.',
  );
});

test('without a reason the form asks, where it stays optional', async () => {
  const { memory, type } = tryVerbs();
  expect(await type('U0JUN', 'resolve', await memory.alerted('Orders: down'))).toBeUndefined();
});
