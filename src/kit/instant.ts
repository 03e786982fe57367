import dayjs from 'dayjs';
import timezone from 'dayjs/plugin/timezone.js';
import utc from 'dayjs/plugin/utc.js';

dayjs.extend(utc);
dayjs.extend(timezone);

/**
 * An instant (epoch ms) as people read it in a time zone, `2026-11-21 19:05:33` unless another day.js `format` is given. For
 * showing only: day.js computes wrongly across clock changes, so schedules use Temporal.
 */
export const showInstant = (at: number, zone: string, format = 'YYYY-MM-DD HH:mm:ss'): string =>
  (zone === 'UTC' ? dayjs.utc(at) : dayjs(at).tz(zone)).format(format);

/** An instant (epoch ms) to the minute in UTC, saying so: `2026-11-21 10:05 UTC`. */
export const showUtcMinute = (at: number): string => showInstant(at, 'UTC', 'YYYY-MM-DD HH:mm [UTC]');
