import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { Redis } from 'ioredis';
import { Failure } from '../kit/failure.ts';

/** Names under which a usable server is installed, and the folders of Homebrew, which are not always on the path. */
const programs = ['redis-server', 'valkey-server'];
const extraFolders = ['/opt/homebrew/bin', '/usr/local/bin', '/usr/sbin'];

/** Finds the system's Redis or Valkey server; null when there is none. */
export function findRedisServer(path: string): string | null {
  const folders = [...path.split(delimiter), ...extraFolders];
  for (const program of programs) {
    for (const folder of folders) if (existsSync(join(folder, program))) return join(folder, program);
  }
  return null;
}

const folderIn = (dataDir: string): string => resolve(dataDir, 'redis');

/** True when Muster's own Redis was ever started in `dataDir`. */
export const hasEmbeddedRedis = (dataDir: string): boolean => existsSync(folderIn(dataDir));

/** macOS and Linux refuse socket paths beyond about 104 bytes. */
const socketPath = (folder: string): string => {
  const inside = join(folder, 'redis.sock');
  const hash = createHash('sha256').update(folder).digest('hex').slice(0, 12);
  return inside.length < 100 ? inside : join(tmpdir(), `muster-${hash}.sock`);
};

/**
 * Starts Muster's own Redis in `dataDir`: append-only file, never evicting, reachable by a private socket only. A server
 * that is there already, of another process or of a Muster that was killed, is adopted. `stop` ends the server when
 * nobody else uses it: whoever leaves last turns it off.
 */
export async function startEmbeddedRedis(
  dataDir: string,
  path: string,
): Promise<{ socket: string; stop: () => Promise<void> }> {
  const folder = folderIn(dataDir);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const socket = socketPath(folder);
  let child: ChildProcess | undefined;
  if (!(await answers(socket))) {
    const program = findRedisServer(path);
    if (program === null) {
      throw new Failure({
        code: 'redis-missing',
        what: 'No Redis is configured and none is installed',
        remedy:
          'Set REDIS_URL, or install one: `sudo apt-get install redis-server` or `brew install valkey`.',
        retry: 'never',
      });
    }
    // A group of its own: Ctrl-C at a terminal must reach Muster, which stops in order, and not the log below it.
    child = spawn(program, serverArguments(folder, socket), { stdio: 'ignore', detached: true });
    await untilAnswers(socket, child, folder);
  }
  return { socket, stop: () => leave(socket, child) };
}

const serverArguments = (folder: string, socket: string): string[] => [
  ...['--port', '0', '--unixsocket', socket, '--unixsocketperm', '700', '--dir', folder],
  ...['--appendonly', 'yes', '--appendfsync', 'everysec', '--maxmemory-policy', 'noeviction', '--save', ''],
  ...['--logfile', join(folder, 'redis.log')],
];

/** A connection that tries once; without the time-out a frozen server would hold us for ever. */
function knock(socket: string): Redis {
  const redis = new Redis({
    path: socket,
    lazyConnect: true,
    retryStrategy: () => null,
    maxRetriesPerRequest: 0,
    commandTimeout: 1000,
  });
  return redis.on('error', () => {});
}

async function answers(socket: string): Promise<boolean> {
  if (!existsSync(socket)) return false;
  const redis = knock(socket);
  try {
    await redis.connect();
    return (await redis.ping()) === 'PONG';
  } catch (error) {
    // A server that is reading its append-only file is alive: it must not get a second one beside it.
    return error instanceof Error && /LOADING/.test(error.message);
  } finally {
    redis.disconnect();
  }
}

async function untilAnswers(socket: string, child: ChildProcess, folder: string): Promise<void> {
  let ended = false;
  child.once('exit', () => {
    ended = true;
  });
  for (const end = Date.now() + 30_000; Date.now() < end && !ended; ) {
    if (await answers(socket)) return;
    await new Promise((wake) => setTimeout(wake, 25));
  }
  throw new Failure({
    code: 'redis-did-not-start',
    what: 'The embedded Redis did not start',
    value: folder,
    remedy: `Read ${join(folder, 'redis.log')}.`,
  });
}

/** How long our own connections may take to be gone before those that are left count as somebody else's. */
const leavingMs = 500;

async function leave(socket: string, child: ChildProcess | undefined): Promise<void> {
  const gone = child?.exitCode === null && new Promise((end) => child.once('exit', end));
  const redis = knock(socket);
  await redis.connect().catch(() => {});
  if (await othersConnected(redis)) child?.unref();
  else {
    await redis.shutdown('SAVE').catch(() => {});
    await gone;
  }
  redis.disconnect();
}

async function othersConnected(redis: Redis): Promise<boolean> {
  for (const end = Date.now() + leavingMs; Date.now() < end; ) {
    const clients = (await redis.client('LIST').catch(() => '')) as string;
    if (clients.split('\n').filter(Boolean).length <= 1) return false;
    await new Promise((wake) => setTimeout(wake, 20));
  }
  return true;
}
