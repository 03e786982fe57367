import { expect, test } from 'vitest';
import { showInstant, showUtcMinute } from '../../src/kit/instant.ts';

test.each([
  ['UTC', '2026-11-21T10:05:33Z', '2026-11-21 10:05:33'],
  ['Asia/Seoul', '2026-11-21T23:05:33Z', '2026-11-22 08:05:33'],
  ['America/New_York', '2026-11-01T05:59:59Z', '2026-11-01 01:59:59'], // the last second of summer time
  ['America/New_York', '2026-11-01T06:00:00Z', '2026-11-01 01:00:00'], // and the hour comes again
  ['Asia/Kathmandu', '2026-01-01T00:00:00Z', '2026-01-01 05:45:00'],
])('in %s %s is %s', (zone, at, shown) => expect(showInstant(Date.parse(at), zone)).toBe(shown));

test('UTC to the minute says that it is UTC', () => {
  expect(showUtcMinute(Date.parse('2026-11-21T10:05:33Z'))).toBe('2026-11-21 10:05 UTC');
});
