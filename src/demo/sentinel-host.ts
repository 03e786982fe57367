import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { findRedisServer } from '../redis/embedded.ts';
import { type Child, freePort, startChild, until } from './child.ts';

/** The name under which the Sentinels watch the master. */
export const masterName = 'orders';

/** A Redis master with two replicas under three Sentinels; `host a` carries the master and two of the Sentinels. */
export type RedisSet = {
  nodes: { address: string; child: Child }[];
  sentinels: { address: string; child: Child }[];
  /** The host with the master and two Sentinels goes silent: connected, but answering nothing. */
  loseHost: () => void;
  returnHost: () => void;
  /** The master alone dies. */
  killMaster: () => Promise<void>;
  stop: () => Promise<void>;
};

/** Quick to notice and to give up, else as field-knowledge §6 has it. */
const sentinelLines = (port: number): string[] => [
  `sentinel monitor ${masterName} 127.0.0.1 ${port} 2`,
  `sentinel down-after-milliseconds ${masterName} 2000`,
  `sentinel failover-timeout ${masterName} 10000`,
];

const nodeLines = [
  'save ""',
  'repl-diskless-sync-delay 0',
  'min-replicas-to-write 1',
  'min-replicas-max-lag 10',
];

/** Starts the set below `folder` and waits until everybody knows everybody. */
export async function startRedisSet(folder: string, path: string): Promise<RedisSet> {
  const program = findRedisServer(path) ?? 'redis-server';
  const start = async (name: string, lines: string[], sentinel = false) => {
    const port = await freePort();
    const own = join(folder, name);
    mkdirSync(own, { recursive: true, mode: 0o700 });
    const file = join(own, 'redis.conf');
    writeFileSync(
      file,
      [`port ${port}`, 'bind 127.0.0.1', `dir ${JSON.stringify(own)}`, ...lines, ''].join('\n'),
    );
    const child = startChild(program, [file, ...(sentinel ? ['--sentinel'] : [])], own);
    await until(`${name} to answer`, 10_000, () => answers(port));
    return { address: `127.0.0.1:${port}`, port, child };
  };

  const master = await start('redis-1', nodeLines);
  const follow = [...nodeLines, `replicaof 127.0.0.1 ${master.port}`];
  const replicas = await Promise.all(['redis-2', 'redis-3'].map((name) => start(name, follow)));
  const names = ['sentinel-1', 'sentinel-2', 'sentinel-3'];
  const sentinels = await Promise.all(names.map((name) => start(name, sentinelLines(master.port), true)));
  const nodes = [master, ...replicas];
  await until('the Sentinels to know each other', 20_000, async () => {
    const views = await Promise.all(sentinels.map(({ port }) => masterView(port)));
    return views.every((view) => view['num-other-sentinels'] === '2' && view['num-slaves'] === '2');
  });

  const hostA = [master.child, ...sentinels.slice(0, 2).map(({ child }) => child)];
  return {
    nodes,
    sentinels,
    loseHost: () => hostA.forEach((child) => void child.freeze()),
    returnHost: () => hostA.forEach((child) => void child.thaw()),
    killMaster: () => master.child.stop(),
    stop: async () => {
      for (const { child } of [...sentinels, ...nodes]) child.thaw();
      await Promise.all([...sentinels, ...nodes].map(({ child }) => child.stop()));
    },
  };
}

async function ask<T>(port: number, question: (redis: Redis) => Promise<T>): Promise<T> {
  const redis = new Redis({ port, lazyConnect: true, retryStrategy: () => null, commandTimeout: 1000 });
  redis.on('error', () => {});
  try {
    await redis.connect();
    return await question(redis);
  } finally {
    redis.disconnect();
  }
}

const answers = (port: number): Promise<boolean> =>
  ask(port, async (redis) => (await redis.ping()) === 'PONG').catch(() => false);

async function masterView(port: number): Promise<Record<string, string>> {
  const flat = await ask(port, (redis) => redis.call('SENTINEL', 'MASTER', masterName) as Promise<string[]>);
  const pairs = Array.from({ length: flat.length / 2 }, (_, i) => [flat[2 * i] ?? '', flat[2 * i + 1] ?? '']);
  return Object.fromEntries(pairs);
}
