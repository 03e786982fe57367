import { z } from 'zod';
import { Failure } from '../kit/failure.ts';
import type { Outbound } from '../kit/outbound.ts';

const Texts = z.record(z.string(), z.string());

/** One alert of Alertmanager's API v2 (openapi.yaml, gettableAlert), reduced to what we use. */
const ApiAlert = z.object({
  fingerprint: z.string(),
  labels: Texts,
  annotations: Texts,
  startsAt: z.string(),
  generatorURL: z.string().default(''),
  status: z.object({ state: z.string() }),
});
export type ApiAlert = z.output<typeof ApiAlert>;

const ApiGroups = z.array(
  z.object({ labels: Texts, receiver: z.object({ name: z.string() }), alerts: z.array(ApiAlert) }),
);
const ApiAlerts = z.array(ApiAlert.extend({ receivers: z.array(z.object({ name: z.string() })) }));

/** Alerts as Alertmanager groups them for one receiver; the group's labels are the ones its webhook would carry. */
export type ApiGroup = { receiver: string; groupLabels: Record<string, string>; alerts: ApiAlert[] };

/** Reads an answer of `/api/v2/alerts/groups` or of `/api/v2/alerts` (without group labels there); undefined when it is neither. */
export function parseApiAnswer(text: string): ApiGroup[] | undefined {
  const body = jsonOf(text);
  const groups = ApiGroups.safeParse(body);
  if (groups.success) {
    return groups.data.map(({ labels, receiver, alerts }) => ({
      receiver: receiver.name,
      groupLabels: labels,
      alerts,
    }));
  }
  const alerts = ApiAlerts.safeParse(body);
  if (!alerts.success) return undefined;
  return alerts.data.flatMap(({ receivers, ...alert }) =>
    receivers.map(({ name }) => ({ receiver: name, groupLabels: {}, alerts: [alert] })),
  );
}

/**
 * Asks one Alertmanager for everything it holds, silenced and inhibited alerts included. `/api/v2/alerts/groups` is asked first, because
 * only it says by which labels the webhook groups. Throws a `Failure` when it cannot be reached or understood.
 */
export async function pullAlerts(outbound: Outbound, url: string): Promise<ApiGroup[]> {
  const base = url.replace(/\/+$/, '');
  const init = { party: 'alertmanager', headers: { accept: 'application/json' } };
  const grouped = await outbound(`${base}/api/v2/alerts/groups`, { ...init, statuses: 'any' });
  const { text } = grouped.status === 200 ? grouped : await outbound(`${base}/api/v2/alerts`, init);
  const groups = parseApiAnswer(text);
  if (groups) return groups;
  throw new Failure({
    code: 'alertmanager-answer',
    what: 'The answer is not that of Alertmanager’s API v2',
    value: base,
    remedy: 'Check that ALERTMANAGER_URL names Alertmanager, with its path prefix if it has one.',
  });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
