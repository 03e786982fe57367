import type { Incident } from '../incident/state.ts';
import type { Listed } from './ingest.ts';
import { keys } from './keys.ts';
import type { IncidentLog } from './log.ts';
import type { Scripted } from './scripts.ts';

/** An id that came from outside is remembered this long: longer than any sender retries or any signature is valid. */
const seenSeconds = 24 * 3600;

/** How many logs are read at once. */
const width = 50;

/** Finds incidents by what the outside world knows of them. */
export function createFinder(redis: Scripted, log: IncidentLog) {
  const loadAll = async (ids: number[]): Promise<Incident[]> => {
    const found: Incident[] = [];
    for (let start = 0; start < ids.length; start += width) {
      const loaded = await Promise.all(ids.slice(start, start + width).map(log.load));
      found.push(...loaded.filter((one): one is Incident => one.state !== null));
    }
    return found;
  };

  return {
    /** One incident by number; null when there is none. */
    byId: async (id: number): Promise<Incident | null> => (await loadAll([id]))[0] ?? null,
    /** The incident whose channel this is. */
    byChannel: async (channel: string): Promise<number | null> => {
      const id = await redis.hget(keys.channels, channel);
      return id === null ? null : Number(id);
    },
    /** The open incident of a grouping key. */
    byKey: async (key: string): Promise<number | null> => {
      const id = await redis.hget(keys.open, key);
      return id === null ? null : Number(id);
    },
    /** Every open incident, oldest first. */
    open: async (): Promise<Incident[]> => {
      const ids = (await redis.hvals(keys.open)).map(Number).sort((a, b) => a - b);
      return loadAll(ids);
    },
    /** The newest `count` incidents of any status, newest first. */
    latest: async (count: number): Promise<Incident[]> => {
      const last = Number((await redis.get(keys.sequence)) ?? 0);
      const ids = Array.from({ length: Math.min(count, last) }, (_, index) => last - index);
      return loadAll(ids);
    },
    /** When the newest resolved incident ended, epoch milliseconds; null when none ever did. */
    quietSince: async (): Promise<number | null> => {
      const ids = (await redis.hvals(keys.closed)).map(Number).sort((a, b) => b - a);
      const ends = (await loadAll(ids.slice(0, width))).flatMap(({ state }) =>
        state.status.is === 'resolved' ? [state.status.at] : [],
      );
      return ends.length === 0 ? null : Math.max(...ends);
    },
    /** Problems that are listed without an incident, newest first. */
    listed: async (): Promise<Listed[]> =>
      (await redis.hvals(keys.listed))
        .map((json) => JSON.parse(json) as Listed)
        .sort((a, b) => b.since - a.since),
    /** True for the first who asks about an outside id (event, click); everybody after gets false. */
    claim: async (id: string): Promise<boolean> =>
      (await redis.set(keys.seen(id), '1', 'EX', seenSeconds, 'NX')) !== null,
    /** True when an outside id (delivery) was handled completely before. */
    seen: async (id: string): Promise<boolean> => (await redis.exists(keys.seen(id))) === 1,
    /** Remembers that an outside id was handled. */
    remember: async (id: string): Promise<void> => {
      await redis.set(keys.seen(id), '1', 'EX', seenSeconds);
    },
  };
}

/** What {@link createFinder} gives. */
export type Finder = ReturnType<typeof createFinder>;
