import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { filesOf } from '../../src/sandbox/github/git-objects.ts';
import type { Json } from '../../src/sandbox/slack/world.ts';
import { hasPrometheus, type Part, prometheusMissing } from '../parts/prometheus.ts';
import { hasRedis, redisMissing } from '../parts/redis-node.ts';
import { ago, iso, startWatchedTraffic } from '../parts/web-traffic.ts';
import { alertBody } from './alert.ts';
import { type App, startApp } from './harness.ts';

const missing = hasPrometheus ? redisMissing : prometheusMissing;

describe.skipIf(!hasRedis || !hasPrometheus)(
  `the metric of an alert (${missing})`,
  { timeout: 120_000 },
  () => {
    let app: App;
    let prometheus: Part;
    beforeAll(async () => {
      prometheus = await startWatchedTraffic();
      app = await startApp({ env: { PROMETHEUS_URL: prometheus.url } });
    }, 60_000);
    afterAll(async () => {
      await app?.stop();
      await prometheus?.stop();
    });

    /** As Prometheus sends it; the host in it must never be asked. */
    const query =
      'sum by (service) (rate(http_requests_total{code=~"5.."}[5m])) / sum by (service) (rate(http_requests_total[5m])) > 0.05';
    const body = (status: 'firing' | 'resolved') => {
      const began = iso(ago(5));
      const made = alertBody([{ name: 'HighErrorRate', service: 'failing', status, startsAt: began }]);
      const generatorURL = `http://prometheus.invalid:9090/graph?g0.expr=${encodeURIComponent(query)}&g0.tab=1`;
      return {
        ...made,
        alerts: made.alerts.map((one) => ({
          ...one,
          generatorURL,
          ...(status === 'resolved' && { endsAt: iso(Date.now()) }),
        })),
      };
    };
    const pictures = () =>
      (app.channel()?.messages ?? [])
        .flatMap(({ blocks }) => blocks)
        .filter(({ type }) => type === 'image')
        .map((block) => ({
          file: app.outside.slack.world.files.get(String((block.slack_file as Json).id)),
          alt: String(block.alt_text),
        }));

    test('is drawn beside the runbook that fits, without any configuration, and posted once', async () => {
      expect(await app.alert(body('firing'))).toBe(200);
      const { state } = await app.untilIncident('the runbooks', ({ state }) =>
        ['alert-metric', 'prometheus-slo'].every((name) =>
          state.runs.some(
            (run) =>
              run.name === name &&
              run.steps.every(({ phase, afterMs }) => phase.is === 'over' || afterMs !== undefined),
          ),
        ),
      );
      const steps = state.runs.flatMap(({ steps }) => steps);
      const report = (id: string) => {
        const phase = steps.find((step) => step.id === id)?.phase;
        return phase?.is === 'over' ? phase.report : undefined;
      };
      expect(report('metric')).toMatchObject({ verdict: 'warn', chart: { unit: 'ratio', threshold: 0.05 } });
      expect(report('slo')).toMatchObject({ verdict: 'fail', cause: 'error-rate-over-slo' });
      await app.rest();
      expect(pictures()).toHaveLength(1);
      const [{ file, alt }] = pictures() as [ReturnType<typeof pictures>[number]];
      expect(file?.data?.subarray(1, 4).toString()).toBe('PNG');
      expect(alt).toMatch(/^Line chart of HighErrorRate, .*limit 5 %; failing ends at 12 %/);
    });

    test('is kept for the postmortem, in which it is shown', async () => {
      await app.click('minji', () => app.pagesOf('minji'), 'acknowledge');
      expect(await app.alert(body('resolved'))).toBe(200);
      await app.click('minji', app.channel, 'confirm-recovery');
      await app.untilIncident('the draft', ({ state }) => state.postmortem?.pullRequest?.number === 1);
      const { store, branches } = app.outside.github.repository;
      const files = filesOf(store, store.commit(branches.get('postmortem/inc-1')!)!.tree);
      const read = (path: string) => store.blob(files.get(path)?.sha ?? '')?.toString('utf8');
      const found = [...files.keys()].filter((path) => path.endsWith('.svg'));
      expect(found.map((path) => path.replace(/.*\//, '').replace(/-\d+-alert/, '-N-alert'))).toEqual([
        'inc-1-N-alert-metric-metric.svg',
      ]);
      expect(read(found[0]!)).toMatch(/^<svg /);
      expect(read(found[0]!.replace(/[^/]+$/, 'inc-1.md'))).toContain(`](${found[0]!.replace(/.*\//, '')})`);
    });
  },
);
