import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { alertmanagerSilence } from '../../../src/runbook/steps/alertmanager-silence.ts';
import { alertmanagerSilenceActive } from '../../../src/runbook/steps/alertmanager-silence-active.ts';
import {
  type Alertmanager,
  hasPrometheus,
  prometheusMissing,
  startAlertmanager,
} from '../../parts/prometheus.ts';
import { runForReal } from '../../parts/run.ts';

const silence = {
  matchers: ['alertname="ReplicaLag"'],
  owner: 'platform',
  reason: 'Being rebuilt',
  for: '2h',
};

describe.skipIf(!hasPrometheus)(`alertmanager-silence-active (${prometheusMissing})`, () => {
  let part: Alertmanager;
  const check = (more = {}) => runForReal(alertmanagerSilenceActive, { url: part.url, ...silence, ...more });
  beforeAll(async () => {
    part = await startAlertmanager();
  }, 30_000);
  afterAll(() => part?.stop());

  it('finds the silence that was made, and no other', async () => {
    expect((await check()).verdict).toBe('warn');
    await part.silence({ alertname: 'ReplicaLag' }, { owner: 'platform', reason: 'Being rebuilt' });
    expect((await check()).verdict, 'somebody else made that one').toBe('warn');
    const made = await runForReal(alertmanagerSilence, { url: part.url, ...silence });
    expect(await check()).toMatchObject({
      verdict: 'pass',
      sentence: 'The silence of alertname="ReplicaLag" is active for 1h59m more (owner: platform).',
      facts: { silence: made.facts.silence },
    });
    expect((await check({ reason: 'Another reason' })).verdict).toBe('warn');
    await fetch(`${part.url}/api/v2/silence/${made.facts.silence}`, { method: 'DELETE' });
    expect((await check()).verdict).toBe('warn');
  });

  it('does not know while Alertmanager is frozen', async () => {
    await part.freeze();
    const report = await check({ patience: '400ms' });
    part.thaw();
    expect(report.verdict).toBe('unknown');
  });
});
