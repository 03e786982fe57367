import { expect, test } from 'vitest';
import { quantile, spreadOf } from '../../bench/statistics.ts';

const hundred = Array.from({ length: 100 }, (_, index) => ((index * 37) % 100) + 1);

test.each([
  ['the median of five is the third', [5, 1, 4, 2, 3], { median: 3, min: 1, max: 5 }],
  ['of four the mean of the middle two', [4, 1, 3, 2], { median: 2.5, min: 1, max: 4 }],
  ['of one itself', [7], { median: 7, min: 7, max: 7 }],
  ['numbers are not sorted as text', [10, 9, 100], { median: 10, min: 9, max: 100 }],
])('%s', (_sentence, values, spread) => {
  expect(spreadOf(values)).toEqual(spread);
});

test.each([
  ['p50 of 1 to 100', hundred, 0.5, 50],
  ['p99 of 1 to 100', hundred, 0.99, 99],
  ['p99 of twenty is the largest', [...hundred.slice(0, 19), 1000], 0.99, 1000],
  ['p0 is the smallest', hundred, 0, 1],
])('%s', (_sentence, values, q, value) => {
  expect(quantile(values, q)).toBe(value);
});

test('what was not measured has no value, and what was measured is left in its order', () => {
  expect(quantile([], 0.5)).toBeNaN();
  expect(spreadOf([]).median).toBeNaN();
  const values = [3, 1, 2];
  spreadOf(values);
  quantile(values, 0.5);
  expect(values).toEqual([3, 1, 2]);
});
