import { parseDuration } from '../../../kit/duration.ts';

/** When a CronJob is due. Instants are epoch milliseconds; null where there is none. */
export type Schedule = {
  next: (after: number) => number | null;
  /** The newest instant it was due at or before `until`, not before `from`. */
  last: (from: number, until: number) => number | null;
  /** How often it was due after `from` up to `until`, at most 1,000. */
  count: (from: number, until: number) => number;
};

const most = 1000;

/**
 * Reads a CronJob's schedule as Kubernetes does (https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/): five fields,
 * `@daily` and its like, `@every 30m`, a zone as `TZ=…` or beside it; without one the controller's, which is taken for UTC.
 */
export async function readSchedule(
  schedule: string,
  timeZone: string | undefined,
  created: number,
): Promise<Schedule | { error: string }> {
  const [, prefixed, text = ''] = /^(?:(?:CRON_)?TZ=(\S+)\s+)?(.*)$/.exec(schedule.trim()) ?? [];
  const every = /^@every\s+(\S+)$/.exec(text)?.[1];
  if (every !== undefined) return periodic(every, created);
  const { Cron } = await import('croner');
  try {
    const cron = new Cron(text, {
      timezone: timeZone ?? prefixed ?? 'UTC',
      ...(!text.startsWith('@') && { mode: '5-part' as const }),
    });
    const last = (from: number, until: number) => {
      // The engine looks strictly before; a run that is due this very second counts.
      const [found] = cron.previousRuns(1, new Date(until + 1000));
      const at = found?.getTime() ?? null;
      return at === null || at < from || at > until ? null : at;
    };
    return {
      next: (after) => cron.nextRun(new Date(after))?.getTime() ?? null,
      last,
      count: (from, until) => {
        let [count, at] = [0, from];
        for (; count < most; count++) {
          const next = cron.nextRun(new Date(at))?.getTime();
          if (next === undefined || next > until) break;
          at = next;
        }
        return count;
      },
    };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}

function periodic(text: string, created: number): Schedule | { error: string } {
  const period = parseDuration(text);
  if (!period) return { error: `"${text}" is no duration` };
  const at = (index: number) => created + index * period;
  const index = (time: number) => Math.floor((time - created) / period);
  return {
    next: (after) => at(Math.max(1, index(after) + 1)),
    last: (from, until) => {
      const found = at(index(until));
      return index(until) < 1 || found < from ? null : found;
    },
    count: (from, until) => Math.min(most, Math.max(0, index(until) - Math.max(0, index(from)))),
  };
}
