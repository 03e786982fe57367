import type { Redis } from 'ioredis';
import type { IncidentEvent } from '../../src/incident/events.ts';
import { replay } from '../../src/incident/evolve.ts';
import type { Incident } from '../../src/incident/state.ts';
import { keys } from '../../src/redis/keys.ts';

/** Every incident, read from Redis by a connection of the test's own. */
export async function readIncidents(redis: Redis): Promise<Incident[]> {
  const last = Number((await redis.get(keys.sequence)) ?? 0);
  const found: Incident[] = [];
  for (let id = 1; id <= last; id++) {
    const entries = await redis.xrange(keys.log(id), '-', '+');
    const events = entries.map(([, fields]) => JSON.parse(fields[1] ?? '') as IncidentEvent);
    const state = replay(events);
    if (state !== null) found.push({ id, version: events.length, events, state });
  }
  return found;
}

/**
 * Why Muster still has something to do, or null when all lanes are empty and nothing is due within two seconds.
 * A job whose worker was killed counts as being done until somebody takes it over.
 */
export async function busy(redis: Redis, now: number): Promise<string | null> {
  const due = await redis.zrange(keys.due, '-inf', String(now + 2000), 'BYSCORE');
  if (due.length > 0) return `due: ${due.join(' ')}`;
  for (const key of await redis.keys(`${keys.queues}:*`)) {
    const lane = /:(wait|active|prioritized|delayed)$/.exec(key)?.[1];
    if (lane === undefined) continue;
    const type = await redis.type(key);
    const length = type === 'list' ? await redis.llen(key) : await redis.zcard(key);
    if (length > 0) return key;
  }
  return null;
}
