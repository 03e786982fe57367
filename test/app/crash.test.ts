import { describe, expect, test } from 'vitest';
import { differences, momentText, type Played, playMoment } from '../faults/play-moment.ts';
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
    const clean = await playMoment(null);
    const waiting = [...moments];
    const ends: Record<string, { struck: Played['struck']; wrong: string[] }> = {};
    const side = async (): Promise<void> => {
      for (let moment = waiting.shift(); moment; moment = waiting.shift()) {
        const played = await playMoment(moment);
        ends[momentText(moment)] = { struck: played.struck, wrong: differences(clean.state, played) };
      }
    };
    await Promise.all([side(), side(), side()]);
    expect(ends).toEqual(
      Object.fromEntries(moments.map((moment) => [momentText(moment), { struck: 'moment', wrong: [] }])),
    );
  });
});
