import type { RedisNode } from '../test/parts/redis-node.ts';
import { behaviourOf } from './behaviour.ts';
import { bodyOf, type Size, sizes } from './bodies.ts';
import { megabytes, path, type Server, startMuster, startRedis, startServer, token } from './child.ts';
import { type Load, openLoad, requestOf } from './load.ts';
import { medianRow, type Row } from './row.ts';

const rounds = 5;
/** How many open incidents get the new alerts: as many as there are connections. */
const crowd = 32;

type Side = { port: number; load: Load; redis: RedisNode; stop: () => Promise<void> };

/** `body` makes the n-th request of a run; runs are numbered from 0, the warm-up. What `repeats` is sent again and again. */
type Case = {
  name: string;
  goal: number | null;
  repeats: boolean;
  body: (size: Size, run: number, n: number) => Buffer;
};

const cases: Case[] = [
  { name: 'known', goal: 0.6, repeats: true, body: (size) => bodyOf(size, { group: `known-${size}` }) },
  {
    name: 'new alerts',
    goal: null,
    repeats: false,
    body: (size, run, n) => bodyOf(size, { group: `joined-${size}-${n % crowd}`, batch: run * 1e6 + n }),
  },
  {
    name: 'new incident',
    goal: 0.25,
    repeats: false,
    body: (size, run, n) => bodyOf(size, { group: `new-${size}-${run}-${n}` }),
  },
];

/**
 * Muster's webhook against the bare ceiling: alternating rounds, the same bodies on both sides, fresh servers for each case.
 * Muster runs as `serve --only web`: it writes log, indexes and sync jobs, and no worker takes them. Also the memory of the
 * web process, at rest and after each case.
 */
export async function measureRatios(msPerRun: number, say: (line: string) => void): Promise<Row[]> {
  const ratios: Row[] = [];
  const atRest: number[] = [];
  const after: Row[] = [];
  for (const one of cases) {
    const [ceiling, muster] = [await sideOf(startCeiling), await sideOf(startWeb)];
    atRest.push(await megabytes(muster.port));
    for (const size of sizes) {
      const measure = `${one.name}, ${size} alert${size > 1 ? 's' : ''}`;
      say(measure);
      const goal = one.goal === null || size === 100 ? null : { atLeast: one.goal };
      ratios.push(medianRow(measure, 'ratio', await compare(one, size, ceiling, muster, msPerRun), goal));
    }
    after.push(medianRow(`memory after "${one.name}"`, 'MB', [await megabytes(muster.port)]));
    await Promise.all([ceiling.stop(), muster.stop()]);
  }
  return [...ratios, medianRow('memory (RSS) of the web process at rest', 'MB', atRest), ...after];
}

const startCeiling = (redis: RedisNode): Promise<Server> =>
  startServer('bench/ceiling.ts', [], { REDIS_URL: `redis://${redis.address}`, ALERTMANAGER_TOKEN: token });

const startWeb = (redis: RedisNode): Promise<Server> =>
  startMuster(redis, behaviourOf({ via: 'slack' }), ['--only', 'web']);

async function sideOf(start: (redis: RedisNode) => Promise<Server>): Promise<Side> {
  const redis = await startRedis();
  const server = await start(redis);
  await server.ready();
  const load = await openLoad(server.port);
  const stop = async (): Promise<void> => {
    load.close();
    await server.stop();
    await redis.stop();
  };
  return { port: server.port, load, redis, stop };
}

async function compare(one: Case, size: Size, ceiling: Side, muster: Side, ms: number): Promise<number[]> {
  const ratios: number[] = [];
  let enough = 300;
  for (let run = 0; run <= rounds; run++) {
    const count = one.repeats ? 1 : enough;
    const bodies = Array.from({ length: count }, (_, n) => one.body(size, run, n));
    const perSecond = new Map<Side, number>();
    for (const side of run % 2 === 0 ? [ceiling, muster] : [muster, ceiling]) {
      const requests = bodies.map((body) => requestOf({ port: side.port, path, token }, body));
      let n = 0;
      const next = () => requests[one.repeats ? n++ % count : n++];
      perSecond.set(side, (await side.load.run(next, ms)).perSecond);
    }
    const [bare, ours] = [perSecond.get(ceiling) ?? 0, perSecond.get(muster) ?? 0];
    if (run > 0) ratios.push(ours / bare);
    enough = Math.ceil((bare * ms) / 1000) + 100;
    // The ceiling keeps every body; it need not remember any.
    await ceiling.redis.client.flushall();
  }
  return ratios;
}
