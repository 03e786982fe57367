import { expect, test } from 'vitest';
import { isMet, medianRow, quantileRow, tableOf } from '../../bench/row.ts';

test.each([
  ['a ratio on its goal', medianRow('known', 'ratio', [0.6], { atLeast: 0.6 }), true],
  ['a ratio below it', medianRow('known', 'ratio', [0.59], { atLeast: 0.6 }), false],
  ['a time on its goal', medianRow('page', 'ms', [250], { atMost: 250 }), true],
  ['a time beyond it', medianRow('page', 'ms', [251], { atMost: 250 }), false],
  [
    'what was never seen',
    quantileRow('page', 'ms', [Number.POSITIVE_INFINITY, 1], 0.99, { atMost: 250 }),
    false,
  ],
  ['what has no goal', medianRow('memory', 'MB', [180]), null],
])('%s', (_sentence, row, met) => {
  expect(isMet(row)).toBe(met);
});

test('the table is aligned, and says what was missed', () => {
  const rows = [
    medianRow('known, 1 alert', 'ratio', [0.7, 0.9, 0.8], { atLeast: 0.6 }),
    quantileRow('alert → page', 'ms', [12, 300], 0.99, { atMost: 250 }),
    medianRow('memory', 'MB', [181.4]),
  ];
  expect(tableOf(rows)).toBe(
    [
      'measure             value    min–max   goal',
      'known, 1 alert       0.80  0.70–0.90  ≥ 0.6  met',
      'alert → page, p99  300 ms     12–300  ≤ 250  missed',
      'memory             181 MB',
    ].join('\n'),
  );
});
