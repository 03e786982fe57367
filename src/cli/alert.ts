import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { readSettings, type Settings } from '../config/settings.ts';
import { createOutbound } from '../kit/outbound.ts';
import type { Environment } from './start-up.ts';

/** What `muster alert fire` was asked for. */
export type FireOptions = { label?: string[]; summary?: string; resolve?: boolean; url?: string };

/** Sends one alert in Alertmanager's own format with the configured credential. Answers with the exit code. */
export async function fire(
  name: string,
  options: FireOptions,
  env: Environment,
  now: () => number,
): Promise<number> {
  const read = readSettings(env, (path) => readFileSync(path, 'utf8'), true);
  if ('problems' in read) {
    for (const problem of read.problems) process.stderr.write(`${problem}\n`);
    return 1;
  }
  const { settings } = read;
  const labels = labelsOf(name, options.label ?? []);
  if (typeof labels === 'string') {
    process.stderr.write(`${labels}\n`);
    return 2;
  }
  const base = options.url ?? settings.PUBLIC_URL ?? `http://localhost:${settings.PORT}`;
  const answer = await createOutbound({ allowPrivate: true })(
    `${base.replace(/\/+$/, '')}/webhooks/alertmanager`,
    {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: authorizationOf(settings) },
      body: JSON.stringify(notification(labels, options, now())),
      statuses: 'any',
    },
  );
  process.stdout.write(`HTTP ${answer.status} ${answer.text}`);
  return answer.status === 200 ? 0 : 1;
}

function labelsOf(name: string, given: string[]): Record<string, string> | string {
  const labels: Record<string, string> = { alertname: name };
  for (const text of given) {
    const [label, ...value] = text.split('=');
    if (!label || value.length === 0) return `--label takes name=value; not "${text}"`;
    labels[label] = value.join('=');
  }
  return labels;
}

function authorizationOf({ ALERTMANAGER_TOKEN, ALERTMANAGER_USER, ALERTMANAGER_PASSWORD }: Settings): string {
  if (ALERTMANAGER_TOKEN) return `Bearer ${ALERTMANAGER_TOKEN}`;
  return `Basic ${Buffer.from(`${ALERTMANAGER_USER}:${ALERTMANAGER_PASSWORD}`).toString('base64')}`;
}

function notification(
  labels: Record<string, string>,
  { summary, resolve }: FireOptions,
  now: number,
): object {
  const status = resolve ? 'resolved' : 'firing';
  const annotations = summary ? { summary } : {};
  const time = new Date(now).toISOString();
  const alert = {
    status,
    labels,
    annotations,
    startsAt: time,
    endsAt: resolve ? time : '0001-01-01T00:00:00Z',
    generatorURL: '',
    fingerprint: createHash('sha256')
      .update(JSON.stringify(Object.entries(labels).sort()))
      .digest('hex')
      .slice(0, 16),
  };
  return {
    version: '4',
    receiver: 'muster-cli',
    status,
    alerts: [alert],
    groupLabels: labels,
    commonLabels: labels,
    commonAnnotations: annotations,
    externalURL: '',
    groupKey: `{}:${JSON.stringify(labels)}`,
    truncatedAlerts: 0,
  };
}
