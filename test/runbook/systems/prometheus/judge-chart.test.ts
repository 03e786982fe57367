import { describe, expect, it } from 'vitest';
import { chartMessages } from '../../../../src/runbook/systems/prometheus/chart-messages.ts';
import { type ChartWish, judgeChart } from '../../../../src/runbook/systems/prometheus/judge-chart.ts';
import type { Operator } from '../../../../src/runbook/systems/prometheus/read-comparison.ts';

const stepMs = 15_000;
const line = (name: string, ...values: number[]) => ({
  labels: { __name__: 'm', instance: name },
  points: values.map((value, index): [number, number] => [index * stepMs, value]),
});
const judge = (
  lines: Parameters<typeof judgeChart>[0],
  fires: [Operator, number] | null,
  more: Partial<ChartWish> = {},
) =>
  judgeChart(
    lines,
    {
      title: 'Metric',
      unit: 'number',
      from: 0,
      to: 900_000,
      stepMs,
      fires: fires && { operator: fires[0], limit: fires[1] },
      marks: [],
      ...more,
    },
    chartMessages('en'),
  );
const order = (result: ReturnType<typeof judge>) => result.chart?.series.map(({ name }) => name);

describe('judgeChart', () => {
  it('draws first what is beyond the limit, then the largest', () => {
    const lines = [line('peak', 99, 1), line('calm', 2, 2), line('over', 3, 11)];
    expect(order(judge(lines, ['>', 10]))).toEqual(['over', 'peak', 'calm']);
    expect(order(judge(lines, null))).toEqual(['peak', 'over', 'calm']);
  });

  it('draws first the smallest where low is bad', () => {
    const lines = [line('up', 1, 1), line('down', 1, 0), line('flapped', 0, 1)];
    const result = judge(lines, ['==', 0]);
    expect(order(result)).toEqual(['down', 'flapped', 'up']);
    expect(result.sentence).toBe('Metric: down 0 at the end of the chart; the alert fires at == 0.');
  });

  it.each<[Operator, number, string]>([
    ['>', 5, 'pass'],
    ['>=', 5, 'warn'],
    ['<', 5, 'pass'],
    ['<=', 5, 'warn'],
    ['==', 5, 'warn'],
    ['!=', 5, 'pass'],
  ])('5 %s %d is a %s', (operator, limit, verdict) => {
    expect(judge([line('x', 5)], [operator, limit]).verdict).toBe(verdict);
  });

  it('says that a value came back', () => {
    expect(judge([line('x', 20, 1)], ['>', 10])).toMatchObject({
      verdict: 'pass',
      sentence: 'Metric: 1 at the end of the chart, back within the limit (10).',
      facts: { firing: false, last: 1, highest: 20 },
    });
  });

  it('says that a value was never beyond', () => {
    expect(judge([line('x', 2, 1)], ['>', 10]).sentence).toBe(
      'Metric: 1 at the end of the chart, within the limit (10) all the time.',
    );
  });

  it('keeps only the moments inside the chart', () => {
    const marks = [-1, 0, 900_001].map((at) => ({ at, label: String(at) }));
    expect(judge([line('x', 1)], null, { marks }).chart?.marks).toEqual([{ at: 0, label: '0' }]);
  });

  it('is unknown where nothing was measured', () => {
    expect(judge([], ['>', 1])).toMatchObject({ verdict: 'unknown', facts: { series: 0 } });
    expect(judge([line('x')], ['>', 1]).chart).toBeUndefined();
  });
});
