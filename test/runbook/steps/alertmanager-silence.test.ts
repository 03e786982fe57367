import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { silent } from '../../../src/kit/log.ts';
import { runStep } from '../../../src/runbook/run/run-step.ts';
import { alertmanagerAlerts } from '../../../src/runbook/steps/alertmanager-alerts.ts';
import { alertmanagerSilence } from '../../../src/runbook/steps/alertmanager-silence.ts';
import { alertmanagerSilenceActive } from '../../../src/runbook/steps/alertmanager-silence-active.ts';
import {
  type Alertmanager,
  hasPrometheus,
  prometheusMissing,
  startAlertmanager,
} from '../../parts/prometheus.ts';
import { runForReal } from '../../parts/run.ts';

const alert = (alertname: string, severity: string, service: string) => ({
  labels: { alertname, severity, service },
});
const silence = {
  matchers: ['alertname="ReplicaLag"', 'service=~"orders|cart"'],
  owner: 'platform team',
  reason: 'The replica is being rebuilt',
  for: '2h',
};

describe.skipIf(!hasPrometheus)(`Alertmanager (${prometheusMissing})`, () => {
  let part: Alertmanager;
  const look = (more = {}) => runForReal(alertmanagerAlerts, { url: part.url, ...more });
  const make = (more = {}) => runForReal(alertmanagerSilence, { url: part.url, ...silence, ...more });
  const check = (more = {}) => runForReal(alertmanagerSilenceActive, { url: part.url, ...silence, ...more });
  const silences = async () =>
    (await (await fetch(`${part.url}/api/v2/silences`)).json()) as { id: string; comment: string }[];

  beforeAll(async () => {
    part = await startAlertmanager();
  }, 30_000);
  afterAll(() => part?.stop());

  it('is quiet about nothing but what is asked', async () => {
    await part.fire([
      alert('RedisMasterDown', 'critical', 'orders'),
      alert('OrdersSlow', 'warning', 'orders'),
      alert('DiskFull', 'critical', 'billing'),
      alert('ReplicaLag', 'high', 'orders'),
    ]);
    expect((await look()).facts.silenced).toEqual([]);
  });

  it('makes one silence, finds it again, and shows whose it is', async () => {
    const preview = alertmanagerSilence.preview!(
      alertmanagerSilence.input.parse({ url: part.url, ...silence }) as never,
      'en',
    );
    expect(preview).toBe(
      'POST /api/v2/silences: no notifications for alerts with alertname="ReplicaLag", service=~"orders|cart" for 2h. Owner: platform team. Reason: The replica is being rebuilt',
    );
    const made = await make();
    expect(made, made.sentence).toMatchObject({ verdict: 'pass' });
    expect(made.sentence).toContain('1 of those that fire now are quiet');
    expect(await check()).toMatchObject({ verdict: 'pass', facts: { silence: made.facts.silence } });

    const again = await make();
    expect(again).toMatchObject({ verdict: 'pass', facts: { silence: made.facts.silence } });
    expect(again.sentence).toMatch(/^Nothing was sent: this silence stands already/);
    expect(await silences()).toHaveLength(1);

    const report = await look({ except: 'RedisMasterDown' });
    expect(report.facts).toMatchObject({ silenced: ['ReplicaLag'] });
    expect(report.evidence.rows.find(([name]) => name === 'ReplicaLag')?.[3]).toMatch(
      /^silenced by platform team for 1h59m more: The replica is being rebuilt/,
    );
  });

  it('makes a new one for another reason, or when the old one is over', async () => {
    const [first] = await silences();
    await fetch(`${part.url}/api/v2/silence/${first!.id}`, { method: 'DELETE' });
    expect((await check()).verdict).toBe('warn');
    const made = await make();
    expect(made.verdict).toBe('pass');
    expect(made.facts.silence).not.toBe(first!.id);
  });

  it.each([
    [['severity!="info"']],
    [['alertname=~".+"']],
    [['alertname=~".*"', 'service!~"none"']],
    [['service=~"[a-z0-9A-Z-]*"']],
    [['service=""']],
  ])('refuses %j, which fits nearly everything', async (matchers) => {
    const before = (await silences()).length;
    const report = await make({ matchers });
    expect(report).toMatchObject({ verdict: 'fail', sentence: expect.stringContaining('no matcher says') });
    expect(await silences()).toHaveLength(before);
  });

  it('refuses to hide more than allowed, to last too long, and what is no matcher', async () => {
    const many = await make({ matchers: ['service=~"orders|billing"'], at_most: 2 });
    expect(many.sentence).toMatch(/^Nothing was sent: 4 alerts that fire now would be silenced, at most 2/);
    expect((await make({ for: '3d' })).sentence).toContain('between 1m and 24h');
    expect((await make({ matchers: ['service'] })).sentence).toContain('is no matcher');
  });

  it('does nothing when Alertmanager is frozen', async () => {
    await part.freeze();
    const change = await make({ patience: '400ms' });
    part.thaw();
    // It fell silent before anything was sent.
    expect(change.verdict).toBe('fail');
  });

  it('is silent at once though our clock is minutes ahead', async () => {
    const ahead = { ...silence, matchers: ['alertname="ClockAhead"'], url: part.url };
    const made = await runStep(alertmanagerSilence, ahead, 'en', {
      ...{ log: silent, secret: () => '', redact: (text: string) => text },
      now: () => Date.now() + 5 * 60_000,
    });
    expect(made, made.sentence).toMatchObject({ verdict: 'pass' });
    expect(await check(ahead)).toMatchObject({ verdict: 'pass', facts: { silence: made.facts.silence } });
  });
});

describe('Alertmanager that is not there', () => {
  it('leaves open whether a silence was made when the answer is lost', async () => {
    const server = createServer((request, response) => {
      if (request.method === 'POST') request.socket.destroy();
      else response.end('[]');
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const report = await runForReal(alertmanagerSilence, { url, ...silence });
    server.close();
    expect(report).toMatchObject({ verdict: 'unknown' });
    expect(report.sentence).toContain('the silence may have been made');
  });
});
