import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import { keys } from './keys.ts';

const release = `if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end return 0`;

/** Takes the lock of a target for at most `ms`, or says who holds it. Only its holder can release it. */
export function createLock(redis: Redis) {
  return async (
    target: string,
    holder: string,
    ms: number,
  ): Promise<{ release: () => Promise<void> } | { heldBy: string }> => {
    const key = keys.lock(target);
    const token = `${holder} ${randomUUID()}`;
    if ((await redis.set(key, token, 'PX', ms, 'NX')) === null) {
      return { heldBy: ((await redis.get(key)) ?? 'somebody who is just done').split(' ')[0] ?? '' };
    }
    return {
      release: async () => {
        await redis.eval(release, 1, key, token);
      },
    };
  };
}
