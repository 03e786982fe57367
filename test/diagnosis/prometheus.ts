import type { Json } from '../../src/runbook/step.ts';
import {
  type Alertmanager,
  hasPrometheus,
  type Part,
  prometheusMissing,
  startAlertmanager,
} from '../parts/prometheus.ts';
import { freePort } from '../parts/redis-node.ts';
import { ago, iso, startWatchedTraffic } from '../parts/web-traffic.ts';
import type { Fault, System } from './system.ts';

type Stage = { prometheus: Part; alertmanager: Alertmanager; closed: string };

const nothing = async () => {};

/** What the objectives of a service look like. */
const objectives = (
  name: string,
  made: string,
  service: string,
  found: Pick<Fault<Stage>, 'verdict' | 'cause'>,
  more: Record<string, Json> = {},
): Fault<Stage> => ({
  name,
  made,
  runbook: 'prometheus-slo',
  ...found,
  params: ({ prometheus }) => ({ prometheus: prometheus.url, service, alert_began: iso(ago(5)), ...more }),
  make: async () => nothing,
});

const alert = (alertname: string, severity: string, service: string) => ({
  labels: { alertname, severity, service },
  endsAt: new Date(Date.now() + 3_600_000).toISOString(),
});

/** Prometheus and Alertmanager, Debian's: faults of what they watch, and their own. */
export const prometheus: System<Stage> = {
  name: 'Prometheus and Alertmanager',
  missing: hasPrometheus ? null : prometheusMissing,
  start: async () => {
    const [prometheus, alertmanager] = await Promise.all([startWatchedTraffic(), startAlertmanager()]);
    return { prometheus, alertmanager, closed: `http://127.0.0.1:${await freePort()}` };
  },
  stop: async ({ prometheus, alertmanager }) => {
    await Promise.all([prometheus.stop(), alertmanager.stop()]);
  },
  secrets: () => ({}),
  faults: [
    objectives('healthy', '20 requests/s, no errors, 80 ms', 'healthy', { verdict: 'pass', cause: null }),
    objectives('too many errors', '12 % of 20 requests/s answer 500 for 6 minutes', 'failing', {
      verdict: 'fail',
      cause: 'error-rate-over-slo',
    }),
    objectives('too slow', 'every request takes 0.9 s', 'slow', {
      verdict: 'fail',
      cause: 'latency-over-slo',
    }),
    objectives('no traffic', 'the counters stand still', 'idle', { verdict: 'unknown', cause: null }),
    objectives('not measured at all', 'no series has the label', 'nobody', {
      verdict: 'unknown',
      cause: null,
    }),
    objectives(
      'fixed: better than when the alert began',
      '20 % errors until 20 minutes ago, compared with then',
      'fixed',
      { verdict: 'pass', cause: null },
      { alert_began: iso(ago(20)) },
    ),
    objectives(
      'a query that is no PromQL',
      'params: { queries: { errors: "sum(" } }',
      'failing',
      { verdict: 'unknown', cause: null },
      { queries: { errors: 'sum(' } },
    ),
    {
      ...objectives('Prometheus frozen', 'SIGSTOP', 'failing', { verdict: 'unknown', cause: null }),
      make: async ({ prometheus }) => {
        await prometheus.freeze();
        return async () => prometheus.thaw();
      },
    },
    {
      ...objectives('Prometheus down', 'nothing listens on its port', 'failing', {
        verdict: 'unknown',
        cause: null,
      }),
      params: ({ closed }) => ({ prometheus: closed, service: 'failing', alert_began: iso(ago(5)) }),
    },
    {
      name: "the alert's metric, beyond its limit",
      made: 'the condition of HighErrorRate for a service with 12 % errors',
      runbook: 'alert-metric',
      verdict: 'warn',
      cause: null,
      params: ({ prometheus }) => ({
        prometheus: prometheus.url,
        alert: 'HighErrorRate',
        began: iso(ago(5)),
        query:
          'sum by (service) (rate(http_requests_total{code=~"5.."}[5m])) / sum by (service) (rate(http_requests_total[5m])) > 0.05 and sum by (service) (rate(http_requests_total[5m])) > 0.05',
      }),
      make: async () => nothing,
    },
    {
      name: 'Alertmanager healthy, nothing else fires',
      made: 'one alert, the one that is known',
      runbook: 'alertmanager-alerts',
      verdict: 'pass',
      cause: null,
      params: ({ alertmanager }) => ({ alertmanager: alertmanager.url, alert: 'OrdersSlow' }),
      make: async ({ alertmanager }) => {
        await alertmanager.fire([alert('OrdersSlow', 'high', 'orders')]);
        return nothing;
      },
    },
    {
      name: 'another alert is silenced, a third inhibited',
      made: 'a silence of DiskFull by somebody; RedisMasterDown inhibits OrdersLate',
      runbook: 'alertmanager-alerts',
      verdict: 'warn',
      cause: null,
      params: ({ alertmanager }) => ({ alertmanager: alertmanager.url, alert: 'RedisMasterDown' }),
      make: async ({ alertmanager }) => {
        await alertmanager.fire([
          alert('RedisMasterDown', 'critical', 'orders'),
          alert('OrdersLate', 'warning', 'orders'),
          alert('DiskFull', 'critical', 'billing'),
        ]);
        await alertmanager.silence(
          { alertname: 'DiskFull' },
          { owner: 'storage', reason: 'a disk is on its way' },
        );
        return nothing;
      },
    },
    {
      name: 'Alertmanager frozen',
      made: 'SIGSTOP',
      runbook: 'alertmanager-alerts',
      verdict: 'unknown',
      cause: null,
      params: ({ alertmanager }) => ({ alertmanager: alertmanager.url, alert: 'RedisMasterDown' }),
      make: async ({ alertmanager }) => {
        await alertmanager.freeze();
        return async () => alertmanager.thaw();
      },
    },
  ],
};
