import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { freePort } from '../../src/demo/child.ts';

export { freePort };

/** True when this machine can start Redis; otherwise tests skip with `redisMissing` as the reason. */
export const hasRedis = hasBinary('redis-server', '--version');
export const redisMissing = 'needs redis-server (sudo apt-get install redis-server redis-sentinel)';

export function hasBinary(name: string, flag: string): boolean {
  try {
    execFileSync(name, [flag], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** One Redis or Sentinel process of a test, in a folder of its own. */
export type RedisNode = {
  port: number;
  address: string;
  /** SIGSTOP: connected and then silent. */
  freeze: () => void;
  thaw: () => void;
  /** SIGKILL; resolves once its port refuses. */
  kill: () => Promise<void>;
  /** Takes its folder away, so that it can create no file any more. */
  breakFolder: () => void;
  /** A client of the test's own; closed when the node stops. */
  client: Redis;
  stop: () => Promise<void>;
};

/**
 * Starts a Redis (or a Sentinel) with the given configuration lines and waits for its first answer. With `fileLimit` (blocks of
 * 512 bytes) no file of it can grow further, as on a full disk, whoever runs the test: RLIMIT_FSIZE holds for root too.
 */
export async function startRedisNode(
  lines: string[],
  {
    sentinel = false,
    port,
    password,
    fileLimit,
  }: { sentinel?: boolean; port?: number; password?: string; fileLimit?: number } = {},
): Promise<RedisNode> {
  const own = port ?? (await freePort());
  const folder = mkdtempSync(join(tmpdir(), 'muster-redis-'));
  chmodSync(folder, 0o700);
  const file = join(folder, 'redis.conf');
  const base = [`port ${own}`, 'bind 127.0.0.1', `dir ${folder}`, 'loglevel warning', 'daemonize no'];
  writeFileSync(file, [...base, ...lines, ''].join('\n'));
  const args = [file, ...(sentinel ? ['--sentinel'] : [])];
  // The signal that comes with the limit would end the process; ignored, the write fails with EFBIG.
  const limited = `trap '' XFSZ; ulimit -f ${fileLimit}; exec redis-server "$@"`;
  const child =
    fileLimit === undefined
      ? spawn('redis-server', args, { stdio: 'ignore' })
      : spawn('sh', ['-c', limited, 'sh', ...args], { stdio: 'ignore' });
  const onExit = () => child.kill('SIGKILL');
  process.once('exit', onExit);
  const client = new Redis({
    host: '127.0.0.1',
    port: own,
    lazyConnect: true,
    enableReadyCheck: false,
    protocol: 2,
    retryStrategy: () => 50,
    maxRetriesPerRequest: null,
    ...(password === undefined ? {} : { password }),
  });
  client.on('error', () => {});
  await until(`redis on ${own}`, async () => (await client.ping()) === 'PONG');
  return {
    port: own,
    address: `127.0.0.1:${own}`,
    client,
    freeze: () => void child.kill('SIGSTOP'),
    thaw: () => void child.kill('SIGCONT'),
    kill: () =>
      new Promise((gone) => {
        child.once('exit', () => gone());
        child.kill('SIGKILL');
      }),
    breakFolder: () => rmSync(folder, { recursive: true, force: true }),
    stop: async () => {
      client.disconnect();
      await stopped(child);
      process.removeListener('exit', onExit);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Polls until the condition holds; a rejected try counts as "not yet". Fails by name after `ms`. */
export async function until(
  what: string,
  condition: () => Promise<boolean> | boolean,
  ms = 15_000,
): Promise<void> {
  const deadline = Date.now() + ms;
  for (;;) {
    if (
      await Promise.resolve()
        .then(condition)
        .catch(() => false)
    )
      return;
    if (Date.now() > deadline) throw new Error(`gave up waiting for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Writes until Redis refuses for want of memory. */
export async function fillMemory({ client }: RedisNode): Promise<void> {
  for (let n = 0; ; n += 1) {
    const refused = await client.set(`filling:${n}`, 'x'.repeat(10_000)).then(
      () => false,
      (error: Error) => error.message.startsWith('OOM'),
    );
    if (refused) return;
  }
}

/** Ends a process, frozen or not, and waits until it is gone. */
export async function stopped(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.kill('SIGKILL');
  await gone;
}
