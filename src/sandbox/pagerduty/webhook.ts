import { createHash, createHmac } from 'node:crypto';
import type { PagerDutyIncident } from './incidents.ts';

/** A person of the account, who acts and who receives. */
export type PagerDutyUser = { id: string; name: string; email: string };

/** Where v3 webhooks are posted, and the secrets they are signed with: several while a secret is rotated. */
export type PagerDutyHook = { url: string; secrets: string[] };

/** One webhook delivery and how it ended; `status` is null when nothing answered. */
export type PagerDutyDelivery = { id: string; type: string; body: string; status: number | null };

/** The value of `X-PagerDuty-Signature`: one `v1=` per secret (https://developer.pagerduty.com/docs/verifying-webhook-signatures). */
export const pagerDutySignature = (secrets: string[], body: string): string =>
  secrets.map((secret) => `v1=${createHmac('sha256', secret).update(body).digest('hex')}`).join(',');

/** The v3 payload of an incident event (https://developer.pagerduty.com/docs/webhooks-overview). */
export function webhookBody(
  type: 'incident.acknowledged' | 'incident.resolved',
  incident: PagerDutyIncident,
  user: PagerDutyUser,
  at: number,
  number: number,
): string {
  const id = createHash('sha256').update(`${incident.id} ${type} ${number} ${at}`).digest('hex').slice(0, 26);
  const reference = (who: { id: string; name: string }, kind: string) => ({
    id: who.id,
    type: `${kind}_reference`,
    summary: who.name,
    html_url: `https://example.pagerduty.com/${kind}s/${who.id}`,
    self: `https://api.pagerduty.com/${kind}s/${who.id}`,
  });
  return JSON.stringify({
    event: {
      id: id.toUpperCase(),
      event_type: type,
      resource_type: 'incident',
      occurred_at: new Date(at).toISOString(),
      agent: reference(user, 'user'),
      client: null,
      data: {
        id: incident.id,
        type: 'incident',
        number,
        status: incident.status,
        incident_key: incident.dedupKey,
        title: incident.summary,
        created_at: new Date(incident.at).toISOString(),
        urgency: 'high',
        html_url: `https://example.pagerduty.com/incidents/${incident.id}`,
        self: `https://api.pagerduty.com/incidents/${incident.id}`,
        assignees: [reference(user, 'user')],
        service: reference({ id: 'PSANDBX', name: 'Sandbox' }, 'service'),
      },
    },
  });
}
