import { clockRoom } from '../incident/clock.ts';
import { openDoors } from './doors.ts';
import { createParts, type MusterOptions } from './parts.ts';
import { createPostmortems } from './postmortems.ts';
import { type AnyRoom, startRooms } from './rooms.ts';
import type { Store } from './store.ts';

/** How long the proposed commander has to accept before whoever acknowledged first takes over. */
const takeIcAfterMs = 5 * 60_000;

/** A running Muster. `url` is where it listens, null for a process that only works. */
export type RunningMuster = { store: Store; url: string | null; stop: () => Promise<void> };

/**
 * Starts Muster: doors ask, the core decides, rooms do. This is the only place where they meet. Stopping is orderly: no
 * more requests, running jobs end, Redis last.
 */
export async function startMuster(options: MusterOptions): Promise<RunningMuster> {
  const { muster, now, roles, location } = options;
  const stopping = new AbortController();
  const parts = await createParts(options);
  const { store, steps, paging, slack } = parts;

  let sweptAt = now;
  if (roles.worker) {
    const clock = clockRoom({ resolveAfterMs: muster.grouping.resolve_after, takeIcAfterMs });
    const rooms: AnyRoom[] = [paging.room, steps.room, createPostmortems(parts), clock];
    if (slack) rooms.push(slack.room);
    await steps.watchLocations(stopping.signal);
    sweptAt = startRooms(rooms, store, { ...parts, ...store }, stopping.signal).lastAt;
    await steps.work(null, stopping.signal);
  }
  if (location !== null) await steps.work(location, stopping.signal);
  const doors = roles.web ? await openDoors(parts, sweptAt, stopping.signal) : null;

  return {
    store,
    url: doors?.url ?? null,
    stop: async () => {
      stopping.abort();
      await doors?.stop();
      await store.close();
    },
  };
}
