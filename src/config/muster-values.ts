import { z } from 'zod';
import { durationPattern, parseDuration } from '../kit/duration.ts';

/** A duration such as `5m` or `1h30m`; milliseconds once it is read. */
export const Duration = z
  .string()
  .regex(durationPattern, 'must be a duration such as 30s, 5m or 1h30m')
  .transform((text) => parseDuration(text) ?? 0);

const isZone = (zone: string) => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
};

/** A zone of the IANA database, such as `Asia/Seoul`; offsets are refused, because they know no summer time. */
export const TimeZone = z
  .string()
  .refine((zone) => isZone(zone) && !/^[+-]/.test(zone), 'must be a time zone such as Asia/Seoul or UTC');

/** The languages people and channels can have. */
export const Language = z.enum(['en', 'ko']);

/** The four severities. */
export const Severity = z.enum(['P1', 'P2', 'P3', 'P4']);

/** An absolute http(s) address without user information. */
export const WebAddress = z.string().refine((text) => {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  return url !== undefined && /^https?:$/.test(url.protocol) && url.username === '' && url.password === '';
}, 'must be an http(s) address without user name and password');

/** The name under which a person, service or rotation is configured. */
export const Name = z
  .string()
  .max(60)
  .regex(
    /^[a-zA-Z0-9][\w.-]*$/,
    'must begin with a letter or digit and hold only letters, digits, ".", "_" and "-"',
  );

/** A record by name without a prototype, so that a name from outside such as `constructor` finds nothing. */
export const named = <T extends z.ZodType>(value: T) =>
  z
    .record(Name, value)
    .transform((record): Record<string, z.output<T>> => Object.assign(Object.create(null), record))
    .prefault({});

const isDate = (text: string) => {
  const day = text.slice(0, 10);
  const time = Date.parse(`${day}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(day);
};

/** A calendar day, `2026-01-05`. */
export const Day = z
  .string()
  .regex(/^\d{4}-\d\d-\d\d$/, 'must be a day such as 2026-01-05')
  .refine(isDate, 'is no day of the calendar');

/** A moment, `2026-12-24T10:00`, in the zone of its rotation unless it ends in `Z` or an offset. */
export const Moment = z
  .string()
  .regex(
    /^\d{4}-\d\d-\d\dT([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?(Z|[+-]\d\d:\d\d)?$/,
    'must be a time such as 2026-12-24T10:00',
  )
  .refine(isDate, 'is no day of the calendar');
