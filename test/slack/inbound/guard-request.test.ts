import { expect, test } from 'vitest';
import { isFresh } from '../../../src/slack/inbound/guard-request.ts';

const now = 1_800_000_000_500;

test.each([
  ['1800000000', true, 'this very second'],
  ['1799999701', true, 'just under five minutes ago'],
  ['1799999700', false, 'half a second over five minutes ago'],
  ['1800000300', true, 'just under five minutes ahead'],
  ['1800000301', false, 'over five minutes ahead'],
  [undefined, false, 'missing'],
  ['', false, 'empty'],
  ['1800000000.5', false, 'not whole'],
  ['-1800000000', false, 'negative'],
  ['1e9', false, 'another notation'],
  ['9999999999999', false, 'far too long'],
  ['NaN', false, 'no number'],
])('%s is fresh: %s (%s)', (header, fresh, _why) => {
  expect(isFresh(header, now)).toBe(fresh);
});
