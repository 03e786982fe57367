import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** How many alerts a body may have; each is modelled on a body that an Alertmanager really sent. */
export const sizes = [1, 10, 100] as const;
export type Size = (typeof sizes)[number];

type Alert = { labels: Record<string, string>; fingerprint: string };
type Payload = { alerts: Alert[]; groupLabels: Record<string, string>; commonLabels: Record<string, string> };

const fixtures = join(import.meta.dirname, '../test/fixtures/alertmanager');
const models = Object.fromEntries(
  sizes.map((size) => [size, readFileSync(join(fixtures, `bench-${size}-alerts-firing.json`), 'utf8')]),
) as Record<Size, string>;

/** What makes a body differ from the model: its group, the batch its fingerprints belong to, and labels of its own. */
export type Variation = { group: string; batch?: number; labels?: Record<string, string> };

/**
 * A webhook body with `size` alerts. One `group` is one incident; the same `batch` in it has the same fingerprints, another
 * batch has new ones.
 */
export function bodyOf(size: Size, { group, batch = 0, labels = {} }: Variation): Buffer {
  const payload = JSON.parse(models[size]) as Payload;
  const own = { ...labels, cluster: group };
  payload.groupLabels.cluster = group;
  Object.assign(payload.commonLabels, own);
  for (const [index, alert] of payload.alerts.entries()) {
    Object.assign(alert.labels, own, { pod: `${alert.labels.service}-${batch}-${index}` });
    alert.fingerprint = fingerprintOf(`${group} ${batch} ${index}`);
  }
  return Buffer.from(JSON.stringify(payload));
}

/** Sixteen hex digits, as Prometheus prints them. */
const fingerprintOf = (text: string): string => hash('md5', text).slice(0, 16);
