import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { prometheusChart } from '../../../src/runbook/steps/prometheus-chart.ts';
import { hasPrometheus, type Part, prometheusMissing } from '../../parts/prometheus.ts';
import { runForReal } from '../../parts/run.ts';
import { ago, iso, startWatchedTraffic } from '../../parts/web-traffic.ts';

let prometheus: Part;
beforeAll(async () => {
  if (hasPrometheus) prometheus = await startWatchedTraffic();
}, 30_000);
afterAll(() => prometheus?.stop());

describe.skipIf(!hasPrometheus)(`prometheus-chart (${prometheusMissing})`, () => {
  const chart = (query: string, more = {}) =>
    runForReal(prometheusChart, { url: prometheus.url, query, title: 'Failures', ...more });
  const ratio = (service: string) =>
    `sum(rate(http_requests_total{service="${service}",code="500"}[1m])) / sum(rate(http_requests_total{service="${service}"}[1m]))`;

  it("draws what an alert's condition measures, with its limit and beginning", async () => {
    const began = ago(5);
    const report = await chart(`${ratio('failing')} > 0.05 and vector(1) > 0`, {
      around: iso(began),
      alert_began: iso(began),
    });
    expect(report).toMatchObject({
      verdict: 'warn',
      sentence: 'Failures: 12 % at the end of the chart; the alert fires at > 5 %.',
      chart: { unit: 'ratio', threshold: 0.05, marks: [{ at: began, label: 'alert began' }] },
    });
    const { from, to, series } = report.chart!;
    expect(to - from).toBe(15 * 60_000);
    expect(series[0]!.points).toHaveLength(61);
    expect(series[0]!.points[0]![1]).toBeCloseTo(0.001, 3);
  });

  it('draws at most five series, the worst first', async () => {
    const many = Array.from(
      { length: 7 },
      (_, index) => `label_replace(vector(${index}), "n", "n${index}", "", "")`,
    );
    const report = await chart(`(${many.join(' or ')}) > 3`);
    expect(report.chart?.series.map(({ name }) => name)).toEqual(['n6', 'n5', 'n4', 'n3', 'n2']);
    expect(report.sentence).toContain('5 of 7 series are drawn.');
  });

  it('leaves gaps where nothing was measured', async () => {
    const report = await chart('rate(sometimes_total[20s])');
    expect(report.chart).toMatchObject({ unit: 'per-second' });
    expect(report.chart!.series[0]!.points.filter(([, value]) => value === null)).toHaveLength(1);
  });

  it('is unknown without data', async () => {
    expect(await chart('nothing > 3')).toMatchObject({ verdict: 'unknown', facts: { series: 0 } });
  });
});
