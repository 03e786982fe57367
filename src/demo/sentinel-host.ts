import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { type Child, freePort, startChild, until } from './child.ts';

/** The name under which the Sentinels watch the master. */
export const masterName = 'orders';

/** A Redis master with two replicas under three Sentinels; `host a` carries the master and two of the Sentinels. */
export type RedisSet = {
  /** `host:port` of each. */
  nodes: string[];
  sentinels: string[];
  /** The host with the master and two Sentinels goes silent: connected, but answering nothing. */
  loseHost: () => void;
  returnHost: () => void;
  /** The master alone dies. */
  killMaster: () => Promise<void>;
  /** Everything anew on the same ports, as it was at the start. */
  restart: () => Promise<void>;
  stop: () => Promise<void>;
};

/** As field-knowledge §6 has it. */
const sentinelLines = (port: number): string[] => [
  `sentinel monitor ${masterName} 127.0.0.1 ${port} 2`,
  `sentinel down-after-milliseconds ${masterName} 5000`,
  `sentinel failover-timeout ${masterName} 10000`,
];

const nodeLines = [
  'save ""',
  'repl-diskless-sync-delay 0',
  'min-replicas-to-write 1',
  'min-replicas-max-lag 10',
];

/** One process of the set, on a port that it keeps over restarts. */
type Node = { name: string; port: number; sentinel: boolean; lines: string[]; child: Child };

/** Starts the set below `folder` with the Redis server `program` and waits until everybody knows everybody. */
export async function startRedisSet(folder: string, program: string): Promise<RedisSet> {
  const names = ['redis-1', 'redis-2', 'redis-3', 'sentinel-1', 'sentinel-2', 'sentinel-3'];
  const ports = await Promise.all(names.map(freePort));
  const masterPort = ports[0] as number;
  let running: Node[] = [];

  const start = async (): Promise<void> => {
    const launched = names.map(async (name, index): Promise<Node> => {
      const sentinel = name.startsWith('sentinel');
      const follow = index === 0 ? [] : [`replicaof 127.0.0.1 ${masterPort}`];
      const lines = sentinel ? sentinelLines(masterPort) : [...nodeLines, ...follow];
      const node = { name, port: ports[index] as number, sentinel, lines };
      return { ...node, child: await launch(program, folder, node) };
    });
    running = await Promise.all(launched);
    await until('the Sentinels to know each other', 30_000, async () => {
      const views = await Promise.all(
        running.filter((node) => node.sentinel).map(({ port }) => masterView(port)),
      );
      return views.every((view) => view['num-other-sentinels'] === '2' && view['num-slaves'] === '2');
    });
  };
  const stop = async (): Promise<void> => {
    for (const { child } of running) child.thaw();
    await Promise.all(running.map(({ child }) => child.stop()));
  };
  const hostA = (): Node[] =>
    running.filter(({ name }) => ['redis-1', 'sentinel-1', 'sentinel-2'].includes(name));

  await start();
  const addresses = (from: number): string[] =>
    ports.slice(from, from + 3).map((port) => `127.0.0.1:${port}`);
  return {
    nodes: addresses(0),
    sentinels: addresses(3),
    loseHost: () => hostA().forEach(({ child }) => void child.freeze()),
    returnHost: () => hostA().forEach(({ child }) => void child.thaw()),
    killMaster: async () => running[0]?.child.stop(),
    restart: async () => {
      await stop();
      await start();
    },
    stop,
  };
}

async function launch(program: string, folder: string, node: Omit<Node, 'child'>): Promise<Child> {
  const own = join(folder, node.name);
  rmSync(own, { recursive: true, force: true });
  mkdirSync(own, { recursive: true, mode: 0o700 });
  const file = join(own, 'redis.conf');
  const base = [`port ${node.port}`, 'bind 127.0.0.1', `dir ${JSON.stringify(own)}`];
  writeFileSync(file, [...base, ...node.lines, ''].join('\n'));
  const child = startChild(program, [file, ...(node.sentinel ? ['--sentinel'] : [])], own);
  await until(`${node.name} to answer`, 10_000, () => answers(node.port));
  return child;
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
