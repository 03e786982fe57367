import type { Room, RoomName } from '../incident/room.ts';
import type { Wake } from '../redis/handle.ts';
import { type Reconciling, sync } from '../redis/reconciler.ts';
import { startSweep } from '../redis/sweep.ts';
import type { Store } from './store.ts';

/** A doing room of any kind of action. */
// biome-ignore lint/suspicious/noExplicitAny: each room performs only the actions it planned itself.
export type AnyRoom = Room<any>;

/** Queues the syncs of what was just written. What cannot be queued is healed by the sweep, so nobody waits for it in vain. */
export const createWake =
  ({ queues }: Pick<Store, 'queues'>): Wake =>
  async (incident, rooms) => {
    const { id, state } = incident;
    await Promise.allSettled(rooms.map((room) => queues.sync(room, id, state.severity)));
  };

/** Lets the rooms work: a lane for each, and the sweep that wakes what is due. `lastAt` says when the sweep last succeeded. */
export function startRooms(rooms: readonly AnyRoom[], store: Store, deps: Reconciling, stop: AbortSignal) {
  const { queues, log } = store;
  for (const room of rooms) queues.workSyncs(room.name, (id) => sync(room, id, deps, stop));
  const sweep = startSweep({
    redis: store.redis,
    now: deps.now,
    report: deps.report,
    rooms: rooms.map(({ name }): RoomName => name),
    sync: (room, id) => queues.sync(room, id, log.severityOf(id) ?? 'P2'),
  });
  stop.addEventListener('abort', sweep.stop, { once: true });
  return sweep;
}
