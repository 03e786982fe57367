import { expect, it } from 'vitest';
import { percentile } from '../../../../src/runbook/systems/http/tally-burst.ts';

it('takes the nearest rank as the percentile', () => {
  const hundred = Array.from({ length: 100 }, (_, index) => index + 1);
  expect([50, 95, 99].map((rank) => percentile(hundred, rank))).toEqual([50, 95, 99]);
  expect([50, 95, 99].map((rank) => percentile([3, 7], rank))).toEqual([3, 7, 7]);
  expect(percentile([], 95)).toBe(0);
});
