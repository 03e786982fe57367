import type { RoomName } from '../incident/room.ts';
import { reasonOf } from '../kit/failure.ts';
import type { Log } from '../kit/log.ts';
import { keys } from './keys.ts';
import type { Scripted } from './scripts.ts';

/** How often the due index is read, and how long something taken from it has before it is due again. */
export const sweepEveryMs = 1000;
const leaseMs = 5000;
const batch = 500;
/** How often the index itself is repaired from the list of open incidents. */
const repairEveryMs = 5 * 60_000;

type Sweeping = {
  redis: Scripted;
  now: () => number;
  report: Log;
  sync: (room: RoomName, id: number) => Promise<void>;
  rooms: readonly RoomName[];
};

/**
 * Reads the due index every second and queues what is due: the timer of escalations, and the healer of lost jobs. An
 * incident with nothing due costs nothing. Every five minutes all open incidents are put back into the index.
 * `lastAt` says when a sweep last succeeded: liveness is work done.
 */
export function startSweep({ redis, now, report, sync, rooms }: Sweeping) {
  let lastAt = 0;
  let repairedAt = now();
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;

  const repair = async (): Promise<void> => {
    const ids = await redis.hvals(keys.open);
    for (const id of ids) for (const room of rooms) await redis.zadd(keys.due, 'NX', now(), `${room}|${id}`);
    repairedAt = now();
  };

  const sweep = async (): Promise<void> => {
    if (now() - repairedAt >= repairEveryMs) await repair();
    const due = (await redis.takeDue(keys.due, now(), now() + leaseMs, batch)) as string[];
    for (const member of due) {
      const [room = '', id = ''] = member.split('|');
      await sync(room as RoomName, Number(id));
    }
    lastAt = now();
  };

  const again = async (): Promise<void> => {
    await sweep().catch((error: unknown) => report.warn({ why: reasonOf(error) }, 'sweep failed'));
    if (!stopped) timer = setTimeout(again, sweepEveryMs);
  };
  void again();

  return {
    /** Epoch milliseconds of the last sweep that succeeded; 0 before the first. */
    lastAt: (): number => lastAt,
    sweepNow: sweep,
    stop: (): void => {
      stopped = true;
      clearTimeout(timer);
    },
  };
}
