import { expect, test } from 'vitest';
import { update } from '../../../../src/slack/inbound/commands/update.ts';
import { tryVerbs } from '../ask.ts';

test('tells the channel, every time', async () => {
  const { memory, type, see } = tryVerbs();
  const id = await memory.alerted('Orders: down');
  expect(await type('U0JUN', 'update half of the orders fail', id)).toBe('Update posted.');
  expect(await type('U0MINJI', '공유 복구 중입니다', id)).toBe('상황을 공유했습니다.');
  expect(see(id).lastUpdate).toMatchObject({ text: '복구 중입니다', by: 'minji' });
  expect(await type('U0JUN', 'update', id)).toBeUndefined();
});

test('condition, actions and needs may stay empty, and have a limit', () => {
  const parse = (more: object) => update.input.safeParse({ text: 'x', ...more }).success;
  expect(parse({ condition: null, actions: null, needs: null })).toBe(true);
  expect(parse({ needs: 'x'.repeat(1001) })).toBe(false);
});
