import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadRunbook } from '../../../src/runbook/file/load-runbooks.ts';
import { pinRunbook } from '../../../src/runbook/file/pin-runbook.ts';
import { catalogue } from '../../../src/runbook/registry.ts';
import {
  type Alertmanager,
  hasPrometheus,
  prometheusMissing,
  startAlertmanager,
} from '../../parts/prometheus.ts';
import { createScene } from '../run/scene.ts';

describe.skipIf(!hasPrometheus)(`the shipped silence, played to its end (${prometheusMissing})`, () => {
  let part: Alertmanager;
  beforeAll(async () => {
    part = await startAlertmanager();
    await part.fire([
      { labels: { alertname: 'ReplicaLag', service: 'orders', severity: 'high' } },
      { labels: { alertname: 'DiskFull', service: 'billing', severity: 'high' } },
    ]);
  }, 30_000);
  afterAll(() => part?.stop());

  async function sceneOf(matchers: string[]) {
    const { runbook } = await loadRunbook('runbooks/alertmanager-silence.yaml', catalogue);
    const service = {
      silence_matchers: matchers,
      silence_owner: 'orders team',
      silence_reason: 'The replica is being rebuilt',
    };
    const settings = { ALERTMANAGER_URL: part.url };
    const pinned = pinRunbook(runbook!, catalogue, {
      service,
      settings,
      labels: {},
      language: 'en',
      url: null,
    });
    const scene = createScene(pinned.steps, catalogue);
    scene.clock.now = Date.now();
    const play = async () => {
      for (let jobs = scene.settle(); jobs.length > 0; jobs = scene.settle()) await scene.work(jobs);
    };
    const verdict = (id: string) => {
      const { phase } = scene.step(id);
      return phase.is === 'over' ? phase.report.verdict : phase.is;
    };
    return { ...scene, play, verdict };
  }
  const silenced = async () => {
    const alerts = (await (await fetch(`${part.url}/api/v2/alerts`)).json()) as {
      labels: { alertname: string };
      status: { silencedBy: string[] };
    }[];
    return alerts.filter(({ status }) => status.silencedBy.length > 0).map(({ labels }) => labels.alertname);
  };

  it('looks, proposes, is quiet about one alert once approved, and sees that it is', async () => {
    const scene = await sceneOf(['alertname="ReplicaLag"', 'service="orders"']);
    await scene.play();
    expect([scene.verdict('alerts'), scene.verdict('silence')]).toEqual(['warn', 'proposed']);
    expect(await silenced()).toEqual([]);

    scene.approve('silence');
    await scene.play();
    expect([scene.verdict('silence'), scene.verdict('silence-check')]).toEqual(['pass', 'pass']);
    expect(await silenced()).toEqual(['ReplicaLag']);
  });

  it('is quiet about nothing when the matchers fit everything', async () => {
    const scene = await sceneOf(['severity!="info"']);
    await scene.play();
    scene.approve('silence');
    await scene.play();
    expect([scene.verdict('silence'), scene.verdict('silence-check')]).toEqual(['fail', 'warn']);
    expect(await silenced()).toEqual(['ReplicaLag']);
  });
});
