import { describe, expect, test } from 'vitest';
import { differences, momentText, playMoment } from '../faults/play-moment.ts';
import { hasRedis, redisMissing } from '../parts/redis-node.ts';
import { repository } from './outside.ts';
import type { Moment } from './tap.ts';

const suite = hasRedis ? 'kill -9' : `kill -9: ${redisMissing}`;

/** The moments at which the most can go wrong; `npm run test:faults` plays all of them, and random ones. */
const moments: Moment[] = [
  { when: 'after', call: 'slack conversations.create', nth: 1 },
  { when: 'before', call: 'target-redis XAUTOCLAIM', nth: 1 },
  { when: 'after', call: 'target-redis XAUTOCLAIM', nth: 1 },
  { when: 'after', call: `github POST /api/v3/repos/${repository}/pulls`, nth: 1 },
];

describe.skipIf(!hasRedis)(suite, () => {
  test('whenever Muster is killed in a P1, what is left is what a clean run leaves', {
    timeout: 400_000,
  }, async () => {
    // All at once: a story mostly waits, for Slack's pace and for a killed worker's jobs.
    const [clean, ...ended] = await Promise.all([playMoment(null), ...moments.map(playMoment)]);
    const ends = Object.fromEntries(
      ended.map((played, index) => [
        momentText(moments[index] as Moment),
        { struck: played.struck, wrong: differences(clean.state, played) },
      ]),
    );
    expect(ends).toEqual(
      Object.fromEntries(moments.map((moment) => [momentText(moment), { struck: 'moment', wrong: [] }])),
    );
  });
});
