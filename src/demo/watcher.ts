import type { Measuring, MeasuringOptions } from './prometheus.ts';

const everyMs = 1000;
/** The rule's `[5s]` and `for: 2s`. */
const windowSamples = 5;
const pendingMs = 2000;

type Sample = { written: number; failed: number };

/**
 * Stands in for Prometheus and Alertmanager where they are not installed: scrapes the same metrics every second, evaluates
 * the same condition as the shipped rule, and posts the same format. It posts nothing that it did not measure.
 */
export function startWatcher({ target, webhookUrl, token }: MeasuringOptions): Measuring {
  const samples: Sample[] = [];
  let failingSince: number | null = null;
  let firingSince: number | null = null;
  let delivered: 'firing' | 'resolved' = 'resolved';

  const look = async (): Promise<void> => {
    const text = await (await fetch(`http://${target}/metrics`)).text();
    samples.push({
      written: read(text, 'orders_written_total'),
      failed: read(text, 'orders_write_failures_total'),
    });
    if (samples.length > windowSamples + 1) samples.shift();
    const ratio = failureRatio(samples);
    const now = Date.now();
    failingSince = ratio > 0.5 ? (failingSince ?? now) : null;
    if (failingSince === null && delivered === 'firing' && firingSince !== null) {
      if (await post('resolved', firingSince, now, ratio)) delivered = 'resolved';
    } else if (failingSince !== null && delivered === 'resolved' && now - failingSince >= pendingMs) {
      firingSince = now;
      if (await post('firing', firingSince, null, ratio)) delivered = 'firing';
    }
  };

  const post = async (
    status: string,
    startsAt: number,
    endsAt: number | null,
    ratio: number,
  ): Promise<boolean> => {
    const answer = await fetch(webhookUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify(notification(status, startsAt, endsAt, ratio, target)),
    });
    return answer.ok;
  };

  const timer = setInterval(() => void look().catch(() => {}), everyMs);
  return {
    source: 'watcher',
    quiet: async () => failingSince === null && delivered === 'resolved',
    stop: async () => clearInterval(timer),
  };
}

const read = (text: string, name: string): number =>
  Number(new RegExp(`^${name} (\\S+)`, 'm').exec(text)?.[1] ?? 0);

/** Failed share of the writes in the window; 0 while there is nothing to divide. */
export function failureRatio(samples: Sample[]): number {
  const [first, last] = [samples[0], samples.at(-1)];
  if (!first || !last) return 0;
  const failed = last.failed - first.failed;
  const all = failed + last.written - first.written;
  return all === 0 ? 0 : failed / all;
}

function notification(
  status: string,
  startsAt: number,
  endsAt: number | null,
  ratio: number,
  target: string,
): object {
  const labels = {
    alertname: 'OrdersWriteFailing',
    instance: target,
    job: 'orders',
    service: 'orders',
    severity: 'critical',
  };
  const percent = (ratio * 100).toFixed(1);
  const annotations = {
    summary: 'Orders cannot be written.',
    description: `${percent}% of the writes failed in the last five seconds.`,
  };
  const groupLabels = { alertname: labels.alertname, service: labels.service };
  const alert = {
    status,
    labels,
    annotations,
    startsAt: new Date(startsAt).toISOString(),
    endsAt: endsAt === null ? '0001-01-01T00:00:00Z' : new Date(endsAt).toISOString(),
    generatorURL: `http://${target}/metrics`,
    fingerprint: 'demo0rders0watch',
  };
  return {
    receiver: 'muster',
    status,
    alerts: [alert],
    groupLabels,
    commonLabels: labels,
    commonAnnotations: annotations,
    externalURL: `http://${target}`,
    version: '4',
    groupKey: '{}:{alertname="OrdersWriteFailing", service="orders"}',
    truncatedAlerts: 0,
  };
}
