import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { alertmanagerAlerts } from '../../../src/runbook/steps/alertmanager-alerts.ts';
import {
  type Alertmanager,
  hasPrometheus,
  prometheusMissing,
  startAlertmanager,
} from '../../parts/prometheus.ts';
import { freePort } from '../../parts/redis-node.ts';
import { runForReal } from '../../parts/run.ts';

const alert = (alertname: string, severity: string, service: string) => ({
  labels: { alertname, severity, service },
});

describe.skipIf(!hasPrometheus)(`alertmanager-alerts (${prometheusMissing})`, () => {
  let part: Alertmanager;
  const look = (more = {}) => runForReal(alertmanagerAlerts, { url: part.url, ...more });
  beforeAll(async () => {
    part = await startAlertmanager();
  }, 30_000);
  afterAll(() => part?.stop());

  it('passes when nothing fires', async () => {
    expect(await look()).toMatchObject({
      verdict: 'pass',
      sentence: 'Nothing else fires, and nothing is silenced or inhibited.',
    });
  });

  it('shows what else fires and what is inhibited, and by which alert', async () => {
    await part.fire([
      alert('RedisMasterDown', 'critical', 'orders'),
      alert('OrdersSlow', 'warning', 'orders'),
      alert('DiskFull', 'critical', 'billing'),
    ]);
    const report = await look({ except: 'RedisMasterDown' });
    expect(report).toMatchObject({
      verdict: 'warn',
      sentence: 'Also firing: DiskFull. Inhibited: OrdersSlow.',
      facts: { active: ['DiskFull'], silenced: [], inhibited: ['OrdersSlow'] },
    });
    expect(report.evidence.rows).toContainEqual([
      'OrdersSlow',
      'orders',
      expect.stringMatching(/ago$/),
      'inhibited by RedisMasterDown',
    ]);
    expect(report.ms).toBeLessThan(1000);
  });

  it('shows what is silenced, by whom and why, also when it is the alert that is known', async () => {
    await part.silence({ alertname: 'DiskFull' }, { owner: 'storage', reason: 'A disk is on its way' });
    const report = await look({ except: 'DiskFull' });
    expect(report.facts).toMatchObject({ active: ['RedisMasterDown'], silenced: ['DiskFull'] });
    expect(report.evidence.rows.find(([name]) => name === 'DiskFull')?.[3]).toMatch(
      /^silenced by storage for 59m more: A disk is on its way$/,
    );
    const korean = await runForReal(alertmanagerAlerts, { url: part.url }, { language: 'ko' });
    expect(korean.sentence).toBe(
      '함께 발생 중인 알림: RedisMasterDown. 사일런스된 알림: DiskFull. 억제된 알림: OrdersSlow.',
    );
  });

  it('says of a frozen Alertmanager, and of none, that nothing is known', async () => {
    await part.freeze();
    const frozen = await look({ patience: '400ms' });
    part.thaw();
    expect(frozen).toMatchObject({
      verdict: 'unknown',
      sentence: expect.stringContaining('no whole answer in time'),
    });
    const none = await runForReal(alertmanagerAlerts, { url: `http://127.0.0.1:${await freePort()}` });
    expect(none).toMatchObject({
      verdict: 'unknown',
      sentence: expect.stringContaining('(connection refused)'),
    });
  });
});
