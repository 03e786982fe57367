import { expect, test } from 'vitest';
import { errorBudget } from '../../src/postmortem/error-budget.ts';
import { durationText, whenText } from '../../src/postmortem/messages.ts';

test('the month’s budgets are the field’s figures: 7.31 h, 43.8 min, 4.38 min', () => {
  const [two, three, four] = errorBudget(0).map((row) => row.allowedMs / 60_000);
  expect([two, three, four].map((minutes) => minutes?.toFixed(2))).toEqual(['438.30', '43.83', '4.38']);
});

test.each([
  [60_000, ['0.2 %', '2.3 %', '23 %']],
  [43.83 * 60_000, ['10 %', '100 %', '1000 %']],
  [0, ['0.0 %', '0.0 %', '0.0 %']],
])('%s ms burn %j', (ms, shares) => {
  expect(errorBudget(ms).map((row) => row.share)).toEqual(shares);
});

test.each([
  [0, 'under 1 s', '1초 미만'],
  [-5, 'under 1 s', '1초 미만'],
  [999, '1 s', '1초'],
  [65_000, '1 min 5 s', '1분 5초'],
  [3_600_000, '1 h', '1시간'],
  [93_784_000, '1 d 2 h', '1일 2시간'],
])('%s ms reads %s and %s', (ms, en, ko) => {
  expect([durationText(ms, 'en'), durationText(ms, 'ko')]).toEqual([en, ko]);
});

test('times are shown in the zone, across midnight and daylight saving', () => {
  const at = Date.parse('2026-10-31T15:30:05Z');
  expect(whenText(at, 'Asia/Seoul')).toEqual({ day: '2026-11-01', time: '00:30:05' });
  expect(whenText(Date.parse('2026-11-01T06:30:00Z'), 'America/New_York').time).toBe('01:30:00');
});
