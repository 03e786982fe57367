import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import { keys } from './keys.ts';

/** What one target has to bear at most, whoever asks. */
const limits = { atOnce: 4, perMinute: 60 } as const;

/** A finding serves other incidents for this long. */
const freshMs = 10_000;

/** Waits when all places are taken; a minute that is used up says itself when it is over. */
const waitMs = 1000;

// KEYS: who looks now (scored by when they must be done), looks of this minute. ARGV: now, until, holder, at once, per minute.
const admission = `
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', ARGV[1])
if redis.call('ZCARD', KEYS[1]) >= tonumber(ARGV[4]) then return ${waitMs} end
local used = redis.call('INCR', KEYS[2])
if used == 1 then redis.call('PEXPIRE', KEYS[2], 60000) end
if used > tonumber(ARGV[5]) then return math.max(redis.call('PTTL', KEYS[2]), ${waitMs}) end
redis.call('ZADD', KEYS[1], ARGV[2], ARGV[3])
redis.call('PEXPIREAT', KEYS[1], ARGV[2])
return 0`;

/**
 * Keeps probes from adding to the trouble of a target: at most four at once and sixty a minute over all incidents, and a
 * finding of the last ten seconds is shared instead of made again. Where Redis says no, the caller tries later.
 */
export function createLooks(redis: Redis, now: () => number) {
  return {
    recent: async <Report>(look: string): Promise<Report | null> => {
      const text = await redis.get(keys.look(look));
      return text === null ? null : (JSON.parse(text) as Report);
    },
    keep: async (look: string, report: unknown): Promise<void> => {
      await redis.set(keys.look(look), JSON.stringify(report), 'PX', freshMs);
    },
    admit: async (
      target: string,
      ms: number,
    ): Promise<{ done: () => Promise<void> } | { waitMs: number }> => {
      const holder = randomUUID();
      const at = now();
      const { running, minute } = keys.target(target);
      const given = [at, at + ms, holder, limits.atOnce, limits.perMinute];
      const wait = Number(await redis.eval(admission, 2, running, minute, ...given));
      return wait > 0 ? { waitMs: wait } : { done: async () => void (await redis.zrem(running, holder)) };
    },
  };
}
