import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatDuration, parseDuration } from '../../src/kit/duration.ts';

test.each([
  ['0m', 0],
  ['30s', 30_000],
  ['5m', 300_000],
  ['1h30m', 5_400_000],
  ['2d', 172_800_000],
  ['1m500ms', 60_500],
  ['250ms', 250],
])('%s', (text, ms) => expect(parseDuration(text)).toBe(ms));

test.each(['', 'm', '5', '5 m', '-5m', '1.5h', '30m1h', '5M', '5m!'])('"%s" is no duration', (text) =>
  expect(parseDuration(text)).toBeUndefined(),
);

test('what formatDuration writes, parseDuration reads', () => {
  const anySeconds = fc.nat({ max: 10_000_000 });
  fc.assert(
    fc.property(anySeconds, (s) => {
      expect(parseDuration(formatDuration(s * 1000))).toBe(s * 1000);
    }),
    { seed: 20260105 },
  );
});
