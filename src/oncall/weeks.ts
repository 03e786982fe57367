import { Temporal } from 'temporal-polyfill';

/**
 * A rotation's week: its number from the start (negative before it), its bounds in epoch milliseconds (`until` excluded) and the
 * local day on which it begins, `2026-11-16`.
 */
export type Week = { number: number; from: number; until: number; day: string };

const weekMs = 7 * 86_400_000;
const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];

/**
 * Prepares the weeks between hand-offs. A hand-off happens at the wall-clock time of the zone, also across daylight-saving changes (a time that does
 * not exist moves forward, one that exists twice is the earlier). Weeks reach back before the start, so every instant lies in exactly one.
 */
export function createWeeks(start: string, handoff: string, timeZone: string): (at: number) => Week {
  const [weekday = '', time = ''] = handoff.split(' ');
  const startDay = Temporal.PlainDate.from(start);
  const firstDay = startDay.add({ days: (weekdays.indexOf(weekday) + 1 - startDay.dayOfWeek + 7) % 7 });
  const plainTime = Temporal.PlainTime.from(time);

  const known = new Map<number, { at: number; day: string }>();
  const handoffOf = (number: number): { at: number; day: string } => {
    const before = known.get(number);
    if (before) return before;
    const day = firstDay.add({ weeks: number });
    const found = { at: day.toZonedDateTime({ timeZone, plainTime }).epochMilliseconds, day: day.toString() };
    known.set(number, found);
    return found;
  };

  return (at) => {
    // Weeks are not all equally long in a zone, so the estimate is corrected by the hand-offs themselves.
    let number = Math.floor((at - handoffOf(0).at) / weekMs);
    while (handoffOf(number).at > at) number -= 1;
    while (handoffOf(number + 1).at <= at) number += 1;
    const { at: from, day } = handoffOf(number);
    return { number, from, until: handoffOf(number + 1).at, day };
  };
}

/** Epoch milliseconds of a moment written as `2026-12-24T10:00`, in the zone unless it ends in `Z` or an offset. */
export function momentAt(text: string, timeZone: string): number {
  if (/Z|[+-]\d\d:\d\d$/.test(text)) return Temporal.Instant.from(text).epochMilliseconds;
  return Temporal.PlainDateTime.from(text).toZonedDateTime(timeZone).epochMilliseconds;
}
