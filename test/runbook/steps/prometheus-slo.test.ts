import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { prometheusSlo } from '../../../src/runbook/steps/prometheus-slo.ts';
import { hasPrometheus, type Part, prometheusMissing } from '../../parts/prometheus.ts';
import { runForReal } from '../../parts/run.ts';
import { startWatchedTraffic } from '../../parts/web-traffic.ts';

let prometheus: Part;
beforeAll(async () => {
  if (hasPrometheus) prometheus = await startWatchedTraffic();
}, 30_000);
afterAll(() => prometheus?.stop());

describe.skipIf(!hasPrometheus)(`prometheus-slo (${prometheusMissing})`, () => {
  const slo = (service: string, more = {}) =>
    runForReal(prometheusSlo, { url: prometheus.url, service, selector: `service="${service}"`, ...more });

  it('passes a healthy service with its four signals', async () => {
    const report = await slo('healthy');
    expect(report, report.sentence).toMatchObject({ verdict: 'pass', facts: { errors: 0 } });
    expect(report.evidence.rows.map(([signal]) => signal)).toEqual([
      'requests',
      'failed (5xx)',
      'p95',
      'p99',
    ]);
    expect(report.ms).toBeLessThan(1000);
  });

  it('fails on errors, with their share and the traffic', async () => {
    const report = await slo('failing');
    expect(report).toMatchObject({ verdict: 'fail', cause: 'error-rate-over-slo' });
    expect(report.sentence).toBe('12 % of the requests to failing fail (20/s); the objective is 1 %.');
  });

  it('fails on latency', async () => {
    const report = await slo('slow');
    expect(report).toMatchObject({ verdict: 'fail', cause: 'latency-over-slo' });
    expect(report.sentence).toMatch(/^slow is slow: p95 is \d+ ms, the objective is 300 ms\.$/);
  });

  it.each([
    ['idle', 'idle gets no requests'],
    ['nobody', 'There is no data on requests to nobody'],
  ])('does not know about %s', async (service, sentence) => {
    const report = await slo(service);
    expect(report.verdict).toBe('unknown');
    expect(report.sentence).toContain(sentence);
  });

  it('does not take a missing label for no errors', async () => {
    const errors = 'sum(rate(http_requests_total{service="healthy",status=~"5.."}[5m]))';
    expect(await slo('healthy', { queries: { errors } })).toMatchObject({ verdict: 'unknown' });
  });

  it('leaves out what the runbook leaves out, and warns of saturation', async () => {
    const report = await slo('healthy', { queries: { p95: null, p99: null, saturation: 'vector(0.95)' } });
    expect(report.verdict).toBe('warn');
    expect(report.sentence).toContain('95 % full');
    expect(report.evidence.rows).toHaveLength(3);
  });

  it('speaks Korean', async () => {
    const input = { url: prometheus.url, service: 'failing', selector: 'service="failing"' };
    const report = await runForReal(prometheusSlo, input, { language: 'ko' });
    expect(report.sentence).toBe('failing 요청(20/s) 중 12 %가 실패하고 있습니다. 목표는 1 %입니다.');
  });

  it('says of a frozen Prometheus that nothing is known, in time', async () => {
    await prometheus.freeze();
    const report = await slo('healthy', { patience: '500ms' });
    prometheus.thaw();
    expect(report.verdict).toBe('unknown');
    expect(report.sentence).toContain('no whole answer in time');
    expect(report.ms).toBeLessThan(1500);
  });
});
