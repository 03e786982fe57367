import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { freePort, type RedisNode, startRedisNode } from '../test/parts/redis-node.ts';

/** The credential that both sides ask for. */
export const token = 'bench-2f1d6c0e9b7a';

/** Alertmanager's address on both sides. */
export const path = '/webhooks/alertmanager';

const root = resolve(import.meta.dirname, '..');

/** A server in a process of its own. */
export type Server = {
  port: number;
  /** Resolves once `/readyz` says yes, with the milliseconds since the start of the process. */
  ready: () => Promise<number>;
  stop: () => Promise<void>;
};

/** An append-only Redis, as Muster starts it for itself. It rewrites nothing by itself, so that no run pays for another. */
export const startRedis = (): Promise<RedisNode> =>
  startRedisNode([
    'appendonly yes',
    'appendfsync everysec',
    'auto-aof-rewrite-percentage 0',
    'save ""',
    'maxmemory-policy noeviction',
  ]);

/** Starts a file of this checkout, with this environment and nothing else of ours. */
export async function startServer(
  file: string,
  args: string[],
  env: Record<string, string>,
): Promise<Server> {
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), 'muster-bench-'));
  const own = { PATH: process.env.PATH, NODE_ENV: 'production', HOST: '127.0.0.1', PORT: String(port) };
  const started = performance.now();
  const child = spawn(process.execPath, [join(root, file), ...args], {
    cwd: folder,
    env: { ...own, DATA_DIR: folder, ...env },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const kill = (): void => void child.kill('SIGKILL');
  process.once('exit', kill);
  let ended = false;
  const gone = new Promise<void>((end) =>
    child.once('exit', () => {
      ended = true;
      end();
    }),
  );
  const ready = async (): Promise<number> => {
    while (!ended && performance.now() - started < 120_000) {
      const answer = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => null);
      if (answer?.ok) return performance.now() - started;
      await new Promise((wake) => setTimeout(wake, 10));
    }
    throw new Error(`${file} did not get ready`);
  };
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    await gone;
    process.removeListener('exit', kill);
    rmSync(folder, { recursive: true, force: true });
  };
  return { port, ready, stop };
}

/** Starts `muster serve` on a Redis, with this muster.yaml (its text). */
export async function startMuster(
  redis: RedisNode,
  behaviour: string,
  args: string[] = [],
  env: Record<string, string> = {},
): Promise<Server> {
  const folder = mkdtempSync(join(tmpdir(), 'muster-bench-'));
  const file = join(folder, 'muster.yaml');
  writeFileSync(file, behaviour);
  const server = await startServer('src/main.ts', ['serve', ...args], {
    MUSTER_CONFIG: file,
    REDIS_URL: `redis://${redis.address}`,
    ALERTMANAGER_TOKEN: token,
    LOG_LEVEL: 'silent',
    ...env,
  });
  const stop = async (): Promise<void> => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  return { ...server, stop };
}

/** Resident memory of a Muster in megabytes, by its own metrics. */
export async function megabytes(port: number): Promise<number> {
  const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  return Number(/^process_resident_memory_bytes (\S+)/m.exec(text)?.[1]) / 1e6;
}
