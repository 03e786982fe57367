import { expect, test } from 'vitest';
import { tryVerbs } from '../ask.ts';

test('nothing open is said, with how long it has been quiet', async () => {
  expect(await tryVerbs().type('U0JUN', 'list')).toBe('No open incidents.');
  const { type, clock } = tryVerbs({ quietSince: async () => Date.parse('2026-11-21T07:30:00Z') });
  expect(await type('U0JUN', 'list')).toBe('No open incidents. Quiet for 2 h 30 min.');
  expect(await type('U0MINJI', 'list')).toBe('열려 있는 인시던트가 없습니다. 2시간 30분째 조용합니다.');
  clock.now += 3 * 86_400_000;
  expect(await type('U0JUN', 'list')).toContain('Quiet for 3 d.');
});

test('worst first, then newest, escaped, with age and whether somebody answered', async () => {
  const { memory, type, clock } = tryVerbs();
  await memory.alerted('Reports: slow', 'P2');
  clock.now += 60_000;
  await memory.alerted('*Search* <!channel>', 'P1');
  clock.now += 60_000;
  await memory.alerted('Orders: down', 'P1');
  await type('U0JUN', 'ack', 3);
  expect((await type('U0JUN', 'list'))!.split('\n')).toEqual([
    '*Open incidents*',
    '*P1* inc-3 Orders: down · under 1 min',
    '*P1* inc-2 ∗Search∗ &lt;!channel&gt; · 1 min, not acknowledged',
    '*P2* inc-1 Reports: slow · 2 min, not acknowledged',
  ]);
});

test('a flood is cut, and the listed problems follow', async () => {
  const problem = {
    title: 'Disk fills',
    severity: 'P3' as const,
    service: null,
    since: Date.parse('2026-11-21T09:00:00Z'),
  };
  const { memory, type } = tryVerbs({
    listedProblems: async () => Array.from({ length: 12 }, () => problem),
  });
  for (let n = 0; n < 23; n++) await memory.alerted(`Orders ${n}`);
  const lines = (await type('U0JUN', 'list'))!.split('\n');
  expect(lines[21]).toBe('… and 3 more');
  expect(lines.slice(23)).toEqual([
    '*Listed, without an incident*',
    ...Array.from({ length: 10 }, () => '*P3* Disk fills · 1 h'),
    '… and 2 more',
  ]);
});
