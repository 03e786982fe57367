import { expect, test } from 'vitest';
import { tryVerbs } from '../ask.ts';

test('goes to the timeline as plain text, by its author', async () => {
  const { memory, type, last, clock } = tryVerbs();
  const id = await memory.alerted('Orders: down');
  expect(await type('U0JUN', 'note <@U0SORA|sora> restarted a &lt; b', id)).toBe('Added to the timeline.');
  expect(last(id)).toMatchObject({
    type: 'NoteAdded',
    text: '@sora restarted a < b',
    author: 'Lee Jun',
    writtenAt: clock.now,
    permalink: null,
  });
});

test('is taken after the end as well; the same note twice is one', async () => {
  const { memory, type } = tryVerbs();
  const id = await memory.alerted('Orders: down');
  await type('U0JUN', 'resolve done', id);
  expect(await type('U0MINJI', '메모 원인은 커넥션 풀', id)).toBe('타임라인에 추가했습니다.');
  expect(await type('U0MINJI', '메모 원인은 커넥션 풀', id)).toBe('이미 타임라인에 있습니다.');
  expect(await type('U0JUN', 'note', id)).toBeUndefined();
});
