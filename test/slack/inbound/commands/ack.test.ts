import { expect, test } from 'vitest';
import { tryVerbs } from '../ask.ts';

test('the first answer stops the paging; the next hears who it was', async () => {
  const { memory, type, see } = tryVerbs();
  const id = await memory.alerted('Orders: down');
  expect(await type('U0JUN', 'ack', id)).toBe(
    'You have acknowledged inc-1. Nobody else will be paged for it.',
  );
  expect(await type('U0MINJI', 'ack', id)).toBe('inc-1: 이미 Lee Jun 님이 확인했습니다.');
  expect(see(id).acknowledged?.person).toBe('jun');
});

test('somebody who answers another’s page is asked to say so', async () => {
  const { memory, type, report } = tryVerbs();
  const id = await memory.alerted('Orders: down');
  const page = { type: 'PageSent', key: 'k', round: 1, level: 1, person: 'jun', pager: 'slack' };
  await report(id, { type: 'RecordPage', page });
  expect(await type('U0SORA', 'ack', id)).toContain('You were not paged for it, so tell the one who was.');
});

test('a resolved incident needs no answer', async () => {
  const { memory, type } = tryVerbs();
  const id = await memory.alerted('Orders: down');
  await type('U0JUN', 'resolve done', id);
  expect(await type('U0SORA', 'ack', id)).toContain('/incident reopen');
});
