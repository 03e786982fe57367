import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { readComparison } from '../../../../src/runbook/systems/prometheus/read-comparison.ts';
import { unitOf } from '../../../../src/runbook/systems/prometheus/unit-of.ts';

describe('readComparison', () => {
  it.each<[string, string, string, number | null]>([
    ['up == 0', 'up', '==', 0],
    ['a / b > 0.05', 'a / b', '>', 0.05],
    ['0.05 < a', 'a', '>', 0.05],
    ['sum(x) >= bool 3', 'sum(x)', '>=', 3],
    ['(a > 5)', 'a', '>', 5],
    ['a > 5 and b > 1', 'a', '>', 5],
    ['(a > 5 or b > 1) unless on (x) c', 'a', '>', 5],
    ['a and b > 1', 'b', '>', 1],
    ['a - time() < 14 * 86400', 'a - time()', '<', 1_209_600],
    ['a > -(1)', 'a', '>', null],
    ['a > (2 + 3) * 2 - 1', 'a', '>', 9],
    ['a > 1e3', 'a', '>', 1000],
    ['a > 5m', 'a', '>', 300],
    ['a > b * 2', 'a', '>', null],
    ['a{x=">5", y!~"a > b"} > 1', 'a{x=">5", y!~"a > b"}', '>', 1],
    ['a > on (x) group_left () b', 'a', '>', null],
    ['rate(a[5m] offset 1h) != 7', 'rate(a[5m] offset 1h)', '!=', 7],
  ])('%s', (query, measured, operator, limit) => {
    expect(readComparison(query)).toEqual({ measured, operator, limit });
  });

  it.each([['up'], ['absent(up{job="x"})'], ['a + b'], ['a > '], ['sum('], [''], ['"a > 1"']])(
    'finds none in %s',
    (query) => {
      expect(readComparison(query)).toBeUndefined();
    },
  );

  it('understands every rule that we ship, except those on what is not there', () => {
    const rules = readdirSync('alert-rules')
      .filter((name) => name.endsWith('.yaml'))
      .flatMap((name) => parse(readFileSync(`alert-rules/${name}`, 'utf8')).groups)
      .flatMap((group: { rules: { alert: string; expr: string }[] }) => group.rules);
    const without = rules.filter(({ expr }) => !/absent\(|unless/.test(expr) && !readComparison(expr));
    expect(without.map(({ alert }) => alert)).toEqual([]);
  });
});

describe('unitOf', () => {
  it.each([
    ['sum(rate(a_total{code="500"}[5m])) / sum(rate(a_total[5m]))', 'ratio'],
    ['histogram_quantile(0.95, sum by (le) (rate(h_seconds_bucket[5m])))', 'seconds'],
    ['rate(h_seconds_sum[5m]) / rate(h_seconds_count[5m])', 'seconds'],
    ['node_filesystem_avail_bytes', 'bytes'],
    ['sum by (x) (rate(a_total[1m]))', 'per-second'],
    ['irate(a_total[1m])', 'per-second'],
    ['job:errors:ratio_rate5m', 'ratio'],
    ['rate(process_cpu_seconds_total[5m])', 'number'],
    ['redis_connected_slaves', 'number'],
    ['sum(', 'number'],
  ])('%s', (query, unit) => {
    expect(unitOf(query)).toBe(unit);
  });
});
