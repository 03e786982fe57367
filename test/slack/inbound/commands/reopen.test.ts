import { expect, test } from 'vitest';
import { tryVerbs } from '../ask.ts';

test('opens what was resolved, with a reason if there is one', async () => {
  const { memory, type, last, see } = tryVerbs();
  const id = await memory.alerted('Orders: down');
  expect(await type('U0JUN', 'reopen', id)).toBe('inc-1 is open already.');
  await type('U0JUN', 'resolve done', id);
  expect(await type('U0JUN', 'reopen the errors are back', id)).toBe('inc-1 is open again.');
  expect(last(id)).toMatchObject({ type: 'Reopened', rule: 'by-person', reason: 'the errors are back' });
  expect(see(id).status.is).toBe('open');
});
