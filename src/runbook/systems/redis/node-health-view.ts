import type { Ask } from './ask-redis.ts';
import { commaFields, infoFields } from './info-fields.ts';

/** One command that took long: its name only, since its arguments are other people's data. */
export type SlowCommand = { command: string; ms: number; at: number };

/** How one Redis is doing inside, by its own word. Sizes are bytes. */
export type NodeHealth = {
  version: string;
  role: 'master' | 'slave';
  loading: boolean;
  aof: { on: boolean; lastWriteOk: boolean; lastRewriteOk: boolean };
  /** `appendfsync`; null when the account may not read it. */
  fsync: string | null;
  rdb: { lastSaveOk: boolean; lastSaveAt: number; changesSince: number };
  memory: { used: number; max: number; policy: string; expiringKeys: number; evicted: number };
  clients: { connected: number; max: number | null; blocked: number; rejected: number };
  /** Writes that were refused since the start, for want of memory and of a disk. */
  refused: { memory: number; disk: number };
  /** The newest first; null when the account may not read it. */
  slow: SlowCommand[] | null;
};

/** How many slow commands are worth a look. */
const slowest = 5;

/**
 * Asks one node with read commands only: INFO (right `+info`), and where the account may, SLOWLOG GET (`+slowlog|get`) and the
 * fsync policy (`+config|get`, which also shows passwords: an account that only reads rather goes without).
 */
export async function nodeHealth(ask: Ask): Promise<NodeHealth> {
  const [everything, errors, slow, fsync] = await Promise.all([
    ask('INFO'),
    // Redis before 6.2 does not know it, and answers with nothing.
    ask('INFO', 'errorstats'),
    ask('SLOWLOG', 'GET', slowest).then(
      (reply) => (reply as unknown[][]).map(slowCommand),
      () => null,
    ),
    ask('CONFIG', 'GET', 'appendfsync').then(
      (reply) => String((reply as unknown[])[1] ?? ''),
      () => null,
    ),
  ]);
  const info = infoFields(everything);
  const number = (name: string) => Number(info[name] ?? 0);
  const failed = infoFields(errors);
  const count = (name: string) => Number(commaFields(failed[`errorstat_${name}`] ?? 'count=0').count);
  return {
    version: info.redis_version ?? '',
    role: info.role === 'master' ? 'master' : 'slave',
    loading: info.loading === '1',
    aof: {
      on: info.aof_enabled === '1',
      lastWriteOk: info.aof_last_write_status !== 'err',
      lastRewriteOk: info.aof_last_bgrewrite_status !== 'err',
    },
    fsync,
    rdb: {
      lastSaveOk: info.rdb_last_bgsave_status !== 'err',
      lastSaveAt: number('rdb_last_save_time') * 1000,
      changesSince: number('rdb_changes_since_last_save'),
    },
    memory: {
      // What Redis itself compares with the limit: without the buffers of replicas and of the AOF (getMaxmemoryState).
      used: number('used_memory') - number('mem_not_counted_for_evict'),
      max: number('maxmemory'),
      policy: info.maxmemory_policy ?? '',
      expiringKeys: Object.entries(info).reduce(
        (sum, [key, text]) => (/^db\d+$/.test(key) ? sum + Number(commaFields(text).expires) : sum),
        0,
      ),
      evicted: number('evicted_keys'),
    },
    clients: {
      connected: number('connected_clients'),
      max: info.maxclients === undefined ? null : Number(info.maxclients),
      blocked: number('blocked_clients'),
      rejected: number('rejected_connections'),
    },
    refused: { memory: count('OOM'), disk: count('MISCONF') },
    slow,
  };
}

/** SLOWLOG's entries are id, seconds, microseconds, arguments, …. */
const slowCommand = ([, at, micros, words]: unknown[]): SlowCommand => ({
  command: String((words as unknown[])[0] ?? '')
    .slice(0, 20)
    .toUpperCase(),
  ms: Math.round(Number(micros) / 1000),
  at: Number(at) * 1000,
});
