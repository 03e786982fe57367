import { describe, expect, it } from 'vitest';
import { judgeComparison } from '../../../../src/runbook/systems/prometheus/judge-comparison.ts';
import { judgeSlo } from '../../../../src/runbook/systems/prometheus/judge-slo.ts';
import { sloMessages } from '../../../../src/runbook/systems/prometheus/slo-messages.ts';
import type { SloView } from '../../../../src/runbook/systems/prometheus/slo-view.ts';

const limits = { errors: 0.01, p95: 0.3, p99: 0.8, saturation: 0.9 };
type Values = { rate?: number | null; errors?: number | null; p95?: number | null; p99?: number | null };
const view = ({ rate = 20, errors = 0, p95 = 0.1, p99 = 0.2 }: Values = {}): SloView => ({
  rate: { value: rate },
  errors: { value: errors },
  p95: { value: p95 },
  p99: { value: p99 },
});
const judge = (values: Values) => judgeSlo(view(values), 'orders', limits, sloMessages('en'));
const compare = (before: Values, after: Values) =>
  judgeComparison({ before: view(before), after: view(after) }, 'orders', limits, sloMessages('en'));

describe('judgeSlo', () => {
  it.each<[string, Values, string, string | undefined]>([
    ['all well', {}, 'pass', undefined],
    ['exactly on the limits', { errors: 0.01, p95: 0.3, p99: 0.8 }, 'pass', undefined],
    ['errors', { errors: 0.011 }, 'fail', 'error-rate-over-slo'],
    ['p95', { p95: 0.301 }, 'fail', 'latency-over-slo'],
    ['only p99', { p99: 0.9 }, 'fail', 'latency-over-slo'],
    ['both: errors first', { errors: 0.5, p95: 3 }, 'fail', 'error-rate-over-slo'],
    ['no series', { rate: null, errors: null }, 'unknown', undefined],
    ['no traffic', { rate: 0, errors: null, p95: null, p99: null }, 'unknown', undefined],
    ['two requests a minute, both failed', { rate: 0.033, errors: 1 }, 'unknown', undefined],
    ['no latency', { p95: null }, 'unknown', undefined],
    ['no latency, but errors', { p95: null, errors: 0.2 }, 'fail', 'error-rate-over-slo'],
  ])('%s', (_, values, verdict, cause) => {
    const result = judge(values);
    expect([result.verdict, result.cause]).toEqual([verdict, cause]);
  });

  it('names the percentile that is over', () => {
    expect(judge({ p99: 0.9 }).sentence).toBe('orders is slow: p99 is 900 ms, the objective is 800 ms.');
  });
});

describe('judgeComparison', () => {
  it.each<[string, Values, Values, string, string]>([
    ['the same and well', {}, {}, 'same', 'pass'],
    ['noise', { p95: 0.1, errors: 0.0005 }, { p95: 0.104, errors: 0.001 }, 'same', 'pass'],
    ['more traffic is neither', { rate: 10 }, { rate: 100 }, 'same', 'pass'],
    ['fixed', { errors: 0.2 }, {}, 'better', 'pass'],
    ['better, not well yet', { errors: 0.2 }, { errors: 0.1 }, 'better', 'warn'],
    ['the same and not well', { errors: 0.2 }, { errors: 0.2 }, 'same', 'warn'],
    ['worse, still well', { p95: 0.1 }, { p95: 0.2 }, 'worse', 'warn'],
    ['worse and not well', { p95: 0.1 }, { p95: 0.5 }, 'worse', 'fail'],
    ['one for the other', { errors: 0.2, p95: 0.1 }, { errors: 0, p95: 0.2 }, 'mixed', 'warn'],
    ['nothing before', { rate: null }, {}, 'unknown', 'unknown'],
    ['nothing after', {}, { rate: 0 }, 'unknown', 'unknown'],
  ])('%s', (_, before, after, trend, verdict) => {
    const result = compare(before, after);
    expect([result.facts?.trend, result.verdict], result.sentence).toEqual([trend, verdict]);
  });

  it('says what moved, and what is still over', () => {
    expect(compare({ errors: 0.2 }, { errors: 0.1 }).sentence).toBe(
      'orders is better than before: failed (5xx) 20 % → 10 %. Still over the objective: failed (5xx) 10 %.',
    );
  });
});
