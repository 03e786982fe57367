import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { prometheusCompare } from '../../../src/runbook/steps/prometheus-compare.ts';
import { hasPrometheus, type Part, prometheusMissing } from '../../parts/prometheus.ts';
import { runForReal } from '../../parts/run.ts';
import { ago, iso, startWatchedTraffic } from '../../parts/web-traffic.ts';

let prometheus: Part;
beforeAll(async () => {
  if (hasPrometheus) prometheus = await startWatchedTraffic();
}, 30_000);
afterAll(() => prometheus?.stop());

describe.skipIf(!hasPrometheus)(`prometheus-compare (${prometheusMissing})`, () => {
  const compare = (service: string, before: number, after: number) =>
    runForReal(prometheusCompare, {
      url: prometheus.url,
      service,
      selector: `service="${service}"`,
      before: iso(before),
      after: iso(after),
    });

  it('says better, with both sides', async () => {
    const report = await compare('fixed', ago(20), ago(0));
    expect(report).toMatchObject({ verdict: 'pass', facts: { trend: 'better' } });
    expect(report.sentence).toMatch(/is better than before: failed \(5xx\) 20 % → 0 %/);
    expect(report.evidence.columns).toEqual(['signal', 'before', 'after', 'finding']);
  });

  it('says worse, and fails where an objective is missed', async () => {
    expect(await compare('failing', ago(10), ago(0))).toMatchObject({
      verdict: 'fail',
      facts: { trend: 'worse', within_objectives: false },
    });
  });

  it('says better in part', async () => {
    expect(await compare('fixed', ago(20), ago(9))).toMatchObject({
      verdict: 'fail',
      facts: { trend: 'mixed' },
    });
  });

  it('says the same: well when healthy, not well when still slow', async () => {
    expect(await compare('healthy', ago(10), ago(0))).toMatchObject({
      verdict: 'pass',
      facts: { trend: 'same' },
    });
    expect(await compare('slow', ago(10), ago(0))).toMatchObject({
      verdict: 'warn',
      facts: { trend: 'same' },
    });
  });

  it('does not compare with silence', async () => {
    expect((await compare('idle', ago(10), ago(0))).verdict).toBe('unknown');
    expect((await compare('healthy', ago(600), ago(0))).sentence).toContain('no data before');
  });
});
