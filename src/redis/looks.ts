import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import { keys } from './keys.ts';

/** What one target has to bear at most, whoever asks. */
const limits = { atOnce: 4, perMinute: 120 } as const;

/** A finding serves other incidents for this long. */
const freshMs = 10_000;

/** Waits when all places are taken; a minute that is used up says itself when it is over. */
const waitMs = 200;

// KEYS: who looks now (scored by when they must be done), looks of this minute. ARGV: for how long (milliseconds), holder, at once,
// per minute. The clock is Redis' own: workers whose clocks differ would forget each other's looks.
const admission = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now)
if redis.call('ZCARD', KEYS[1]) >= tonumber(ARGV[3]) then return ${waitMs} end
local used = redis.call('INCR', KEYS[2])
if used == 1 then redis.call('PEXPIRE', KEYS[2], 60000) end
if used > tonumber(ARGV[4]) then return math.max(redis.call('PTTL', KEYS[2]), ${waitMs}) end
redis.call('ZADD', KEYS[1], now + ARGV[1], ARGV[2])
redis.call('PEXPIREAT', KEYS[1], redis.call('ZRANGE', KEYS[1], -1, -1, 'WITHSCORES')[2])
return 0`;

// KEYS: found, leader, waiting. ARGV: who asks, how long a leader has (milliseconds).
const sharing = `
local found = redis.call('GET', KEYS[1])
if found then return {'found', found} end
local leader = redis.call('GET', KEYS[2])
if leader and leader ~= ARGV[1] then
  redis.call('SADD', KEYS[3], ARGV[1])
  redis.call('PEXPIRE', KEYS[3], ARGV[2])
  return {'waits'}
end
redis.call('SET', KEYS[2], ARGV[1], 'PX', ARGV[2])
return {'leads'}`;

// KEYS: found, leader, waiting. ARGV: the finding ('' when there is none), how long it is fresh (milliseconds).
const finishing = `
if ARGV[1] ~= '' then redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2]) end
local waiting = redis.call('SMEMBERS', KEYS[3])
redis.call('DEL', KEYS[2], KEYS[3])
return waiting`;

/**
 * Keeps probes from adding to the trouble of a target: at most four at once and 120 a minute over all incidents. Of equal looks
 * only one is made: who asks for it meanwhile, or within ten seconds, is served by its finding.
 */
export function createLooks<Job, Report>(redis: Redis) {
  const namesOf = (look: string) => {
    const { found, leader, waiting } = keys.look(look);
    return [found, leader, waiting] as const;
  };
  return {
    /** What to do about a look: take the fresh finding, leave it to whoever is at it (for at most `ms`), or make it. */
    share: async (look: string, job: Job, ms: number): Promise<{ found: Report } | 'waits' | 'leads'> => {
      const [what, found = ''] = (await redis.eval(
        sharing,
        3,
        ...namesOf(look),
        JSON.stringify(job),
        ms,
      )) as ['found' | 'waits' | 'leads', string?];
      return what === 'found' ? { found: JSON.parse(found) as Report } : what;
    },
    /** Ends a look that was made; the jobs it answers with wait for its finding. Null: it found out nothing to share. */
    finish: async (look: string, report: Report | null): Promise<Job[]> => {
      const found = report === null ? '' : JSON.stringify(report);
      const waiting = (await redis.eval(finishing, 3, ...namesOf(look), found, freshMs)) as string[];
      return waiting.map((one) => JSON.parse(one) as Job);
    },
    admit: async (
      target: string,
      ms: number,
    ): Promise<{ done: () => Promise<void> } | { waitMs: number }> => {
      const holder = randomUUID();
      const { running, minute } = keys.target(target);
      const given = [ms, holder, limits.atOnce, limits.perMinute];
      const wait = Number(await redis.eval(admission, 2, running, minute, ...given));
      return wait > 0 ? { waitMs: wait } : { done: async () => void (await redis.zrem(running, holder)) };
    },
  };
}
