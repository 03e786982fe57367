import { describe, expect, test } from 'vitest';
import { createWeeks, momentAt } from '../../src/oncall/weeks.ts';
import { at } from './config.ts';

const zones = [
  ...[
    'Asia/Seoul',
    'Asia/Tokyo',
    'Asia/Kolkata',
    'Asia/Kathmandu',
    'Asia/Tehran',
    'Asia/Jerusalem',
    'Asia/Beirut',
  ],
  ...[
    'Europe/Berlin',
    'Europe/London',
    'Europe/Lisbon',
    'America/New_York',
    'America/Los_Angeles',
    'America/Sao_Paulo',
  ],
  ...[
    'America/Santiago',
    'America/St_Johns',
    'Africa/Cairo',
    'Africa/Casablanca',
    'Australia/Lord_Howe',
    'Pacific/Chatham',
    'Pacific/Apia',
  ],
];
const hour = 3_600_000;

/** The wall clock of a zone by Intl, which is not what the code under test uses. */
function createClock(timeZone: string): (time: number) => string {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    weekday: 'long',
    hour: '2-digit',
    minute: '2-digit',
  });
  return (time) => {
    const parts = Object.fromEntries(format.formatToParts(time).map(({ type, value }) => [type, value]));
    return `${parts.weekday?.toLowerCase()} ${parts.hour}:${parts.minute}`;
  };
}

describe.each(zones)('%s over ten years', (zone) => {
  const clock = createClock(zone);
  test.each(['monday 10:00', 'sunday 02:30', 'saturday 00:00'])(
    'every instant lies in exactly one week; hand-off %s is local',
    (handoff) => {
      const weekAt = createWeeks('2025-01-06', handoff, zone);
      let week = weekAt(at('2025-01-01T00:00:00Z'));
      const end = at('2035-01-01T00:00:00Z');
      while (week.from < end) {
        for (const moment of [week.from, week.from + 1, (week.from + week.until) / 2, week.until - 1]) {
          expect(weekAt(Math.floor(moment))).toEqual(week);
        }
        const next = weekAt(week.until);
        expect(next.number).toBe(week.number + 1);
        expect(next.from).toBe(week.until);
        const length = (week.until - week.from) / hour;
        expect(length).toBeGreaterThanOrEqual(167);
        expect(length).toBeLessThanOrEqual(169);
        // The only exception is a time that the clocks skip: an hour earlier it was two hours earlier.
        const local = clock(week.from);
        const skipped = [clock(week.from - hour), local].join(' → ');
        if (local !== handoff) expect(skipped).toBe('sunday 01:30 → sunday 03:30');
        week = next;
      }
    },
  );
});

test('a fresh look and a long-used one agree: nothing depends on the order of questions', () => {
  const used = createWeeks('2026-01-05', 'monday 10:00', 'Europe/Berlin');
  for (
    let time = at('2020-01-01T00:00:00Z');
    time < at('2032-01-01T00:00:00Z');
    time += 41 * 24 * hour + 7919
  ) {
    expect(used(time)).toEqual(createWeeks('2026-01-05', 'monday 10:00', 'Europe/Berlin')(time));
  }
});

test('week 0 begins at the first hand-off on or after the start, and weeks reach back before it', () => {
  const weekAt = createWeeks('2026-01-07', 'monday 10:00', 'Asia/Seoul');
  expect(weekAt(at('2026-01-12T10:00:00+09:00')).number).toBe(0);
  expect(weekAt(at('2026-01-12T09:59:59.999+09:00')).number).toBe(-1);
  expect(weekAt(at('2026-01-20T00:00:00Z')).day).toBe('2026-01-19');
});

test.each([
  ['in summer', '2026-07-01T10:00', 'Europe/Berlin', '2026-07-01T08:00:00Z'],
  ['in winter', '2026-12-24T10:00', 'Europe/Berlin', '2026-12-24T09:00:00Z'],
  ['skipped by the clock', '2026-03-29T02:30', 'Europe/Berlin', '2026-03-29T01:30:00Z'],
  ['twice on the clock', '2026-10-25T02:30', 'Europe/Berlin', '2026-10-25T00:30:00Z'],
  ['with an offset', '2026-12-24T10:00+09:00', 'Europe/Berlin', '2026-12-24T01:00:00Z'],
  ['in UTC', '2026-12-24T10:00:30Z', 'Europe/Berlin', '2026-12-24T10:00:30Z'],
])('a moment %s', (_why, text, zone, expected) => expect(momentAt(text, zone)).toBe(at(expected)));
