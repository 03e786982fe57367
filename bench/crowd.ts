import { behaviourOf } from './behaviour.ts';
import { bodyOf } from './bodies.ts';
import { path, startMuster, startRedis, token } from './child.ts';
import { type Load, openLoad, requestOf } from './load.ts';
import { medianRow, type Row } from './row.ts';

const rounds = 5;
const few = 10;
const many = 10_000;
/** How many alerts a run sends. */
const perRun = 3000;

type Side = { open: number; load: Load; request: (group: number, batch: number) => Buffer };

/**
 * What an alert costs with 10,000 open incidents, against 10: two Musters, each with its own Redis, alternating rounds.
 * Repeats go to all open incidents in turn. New alerts go to the same ten on both sides, because an alert costs more the more
 * alerts its incident has.
 */
export async function measureCrowd(say: (line: string) => void): Promise<Row[]> {
  const stops: (() => Promise<void>)[] = [];
  const sideOf = async (open: number): Promise<Side> => {
    const redis = await startRedis();
    const server = await startMuster(redis, behaviourOf({ via: 'slack' }), ['--only', 'web']);
    await server.ready();
    const load = await openLoad(server.port);
    stops.push(async () => {
      load.close();
      await server.stop();
      await redis.stop();
    });
    const request = (group: number, batch: number): Buffer =>
      requestOf({ port: server.port, path, token }, bodyOf(1, { group: `${group}`, batch }));
    say(`opening ${open} incidents`);
    await load.sendAll(Array.from({ length: open }, (_, group) => request(group, 0)));
    return { open, load, request };
  };
  const sides = [await sideOf(few), await sideOf(many)];

  const costs = async (
    measure: string,
    groupOf: (n: number, open: number) => number,
    batchOf: (n: number) => number,
  ): Promise<Row> => {
    say(measure);
    const ratios: number[] = [];
    for (let run = 0; run <= rounds; run++) {
      const perSecond = new Map<number, number>();
      for (const { open, load, request } of run % 2 === 0 ? sides : sides.toReversed()) {
        const requests = Array.from({ length: perRun }, (_, index) => {
          const n = run * perRun + index;
          return request(groupOf(n, open), batchOf(n));
        });
        perSecond.set(open, (await load.sendAll(requests)).perSecond);
      }
      if (run > 0) ratios.push((perSecond.get(few) ?? 0) / (perSecond.get(many) ?? 0));
    }
    return medianRow(measure, 'ratio', ratios, { atMost: 1.2 });
  };
  const rows = [
    await costs(
      'cost of a repeat, 10,000 open incidents : 10',
      (n, open) => n % open,
      () => 0,
    ),
    await costs(
      'cost of a new alert, 10,000 open incidents : 10',
      (n) => n % few,
      (n) => n + 1,
    ),
  ];
  for (const stop of stops) await stop();
  return rows;
}
