import { Redis, type RedisOptions } from 'ioredis';
import { Failure } from '../kit/failure.ts';
import type { Log } from '../kit/log.ts';

/** Where Redis is: one server by URL or socket, or a master behind Sentinels. */
export type RedisTarget =
  | { kind: 'url'; url: string }
  | { kind: 'socket'; path: string }
  | {
      kind: 'sentinel';
      sentinels: { host: string; port: number }[];
      master: string;
      username?: string | undefined;
      password?: string | undefined;
    };

/** How soon a connection that ioredis gave up is opened again. */
const reviveAfterMs = 500;

/**
 * Options shared by all connections. Without `failoverDetector` a frozen master is never left, and a master that wakes up
 * as a zombie swallows acknowledged writes (measured: reference/redis-bullmq-alertmanager, findings 1 and 2).
 */
const base = {
  failoverDetector: true,
  disconnectTimeout: 200,
  connectTimeout: 2000,
  retryStrategy: (times: number) => Math.min(times * 50, 500),
  sentinelRetryStrategy: (times: number) => Math.min(times * 50, 500),
  reconnectOnError: (error: Error) => (/^READONLY/.test(error.message) ? (2 as const) : false),
} satisfies RedisOptions;

/** For requests that somebody waits for: fails within 2 s, so that Alertmanager gets its 503 inside its own 10 s. */
const impatient = {
  ...base,
  maxRetriesPerRequest: 1,
  commandTimeout: 2000,
  enableOfflineQueue: false,
  autoResendUnfulfilledCommands: false,
} satisfies RedisOptions;

/** For BullMQ workers, which block: no command time-out, ever. */
const blocking = { ...base, maxRetriesPerRequest: null, socketTimeout: 15_000 } satisfies RedisOptions;

const sentinelOptions = (target: Extract<RedisTarget, { kind: 'sentinel' }>) => ({
  sentinels: target.sentinels,
  name: target.master,
  ...(target.username !== undefined && { username: target.username }),
  ...(target.password !== undefined && { password: target.password }),
});

/** Opens connections of either kind; each one logs its errors, rate-limited, and never throws on its own. */
export function createConnector(target: RedisTarget, log: Log) {
  const open = (options: typeof impatient | typeof blocking): Redis => {
    const redis =
      target.kind === 'url'
        ? new Redis(target.url, options)
        : target.kind === 'socket'
          ? new Redis({ ...options, path: target.path })
          : new Redis({ ...options, ...sentinelOptions(target) });
    return watch(redis, log);
  };
  return { impatient: () => open(impatient), blocking: () => open(blocking) };
}

/**
 * Logs a connection's errors, rate-limited, and brings it back when ioredis gives it up: news of a failover that arrives
 * while it connects ends it for good otherwise. BullMQ blocks on duplicates, so these are watched as well.
 */
function watch(redis: Redis, log: Log): Redis {
  let quietUntil = 0;
  let wanted = true;
  redis.on('error', (error: Error) => {
    if (Date.now() < quietUntil) return;
    quietUntil = Date.now() + 5000;
    log.warn({ error: error.message }, 'redis connection error');
  });
  redis.on('end', () => {
    if (wanted) setTimeout(() => wanted && redis.connect().catch(() => {}), reviveAfterMs).unref();
  });
  const { disconnect, quit, duplicate } = redis;
  redis.disconnect = (reconnect) => {
    wanted = reconnect === true;
    disconnect.call(redis, reconnect);
  };
  redis.quit = () => {
    wanted = false;
    return quit.call(redis);
  };
  redis.duplicate = (override) => watch(duplicate.call(redis, override), log);
  return redis;
}

/** What {@link createConnector} gives. */
export type Connector = ReturnType<typeof createConnector>;

/** Waits until a connection is usable; a Failure after `ms`. */
export async function untilReady(redis: Redis, ms: number): Promise<void> {
  if (redis.status === 'ready') return;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(unreachable(redis)), ms);
  });
  const ready = new Promise<void>((resolve) => void redis.once('ready', () => resolve()));
  await Promise.race([ready, late]).finally(() => clearTimeout(timer));
}

const unreachable = (redis: Redis): Failure =>
  new Failure({
    code: 'redis-unreachable',
    what: 'Redis does not answer',
    value: redis.options.path ?? `${redis.options.host}:${redis.options.port}`,
    remedy: 'Start it, or correct REDIS_URL (or REDIS_SENTINELS and REDIS_SENTINEL_MASTER).',
  });

/** Refuses a server that could lose what was acknowledged. Warnings are returned; what must not be is thrown. */
export async function checkServer(redis: Redis): Promise<string[]> {
  const info = await redis.info();
  const value = (name: string): string => new RegExp(`^${name}:(.*?)\r?$`, 'm').exec(info)?.[1] ?? '';
  const [major = 0, minor = 0] = value('redis_version').split('.').map(Number);
  if (major < 6 || (major === 6 && minor < 2)) {
    throw new Failure({
      code: 'redis-too-old',
      what: 'Redis is too old',
      value: value('redis_version'),
      remedy: 'Use Redis 6.2 or newer, or Valkey.',
      retry: 'never',
    });
  }
  const policy = value('maxmemory_policy');
  if (policy !== '' && policy !== 'noeviction') {
    throw new Failure({
      code: 'redis-evicts',
      what: 'Redis may evict incidents',
      value: `maxmemory-policy ${policy}`,
      remedy: 'Set `maxmemory-policy noeviction` on the Redis that Muster uses.',
      retry: 'never',
    });
  }
  return value('aof_enabled') === '1'
    ? []
    : ['Redis has no append-only file: a killed Redis loses acknowledged alerts. Set `appendonly yes`.'];
}
