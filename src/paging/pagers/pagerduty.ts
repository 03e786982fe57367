import { z } from 'zod';
import type { Severity } from '../../incident/words.ts';
import { Failure } from '../../kit/failure.ts';
import { oneLine } from '../../kit/text.ts';
import type { Page } from '../page.ts';
import { definePager, type PagerCall } from '../pager.ts';

/** PagerDuty's words for severity (https://developer.pagerduty.com/docs/events-api-v2-overview). */
const severities = {
  P1: 'critical',
  P2: 'error',
  P3: 'warning',
  P4: 'info',
} satisfies Record<Severity, string>;

/** PagerDuty Events v2: trigger, acknowledge and resolve. The page key is the `dedup_key`, so repeats fold into one. */
export const pagerduty = definePager({
  name: 'pagerduty',
  about:
    'Triggers a PagerDuty event with PAGERDUTY_ROUTING_KEY or a key of the person, and acknowledges and resolves it there.',
  vendor: 'pagerduty',
  missing: ({ routingKey }) => (routingKey ? null : 'PAGERDUTY_ROUTING_KEY'),
  input: z.strictObject({}),
  example: {},
  async send(page, _input, call) {
    await enqueue('trigger', page, call, {
      client: 'Muster',
      payload: {
        summary: oneLine(`${page.severity} ${page.title}`, 1024) || page.key,
        source: oneLine(page.service ?? page.name ?? 'Muster', 255),
        severity: severities[page.severity],
        timestamp: new Date(page.since).toISOString(),
        ...(page.service && { component: oneLine(page.service, 255) }),
        ...(page.name && { group: page.name }),
        custom_details: {
          incident: page.name,
          person: page.person.name,
          level: page.level,
          round: page.round,
        },
      },
    });
    return { ref: { dedup_key: page.key } };
  },
  async mirror(page, ref, ending, _input, call) {
    const action = ending.kind === 'resolved' ? 'resolve' : 'acknowledge';
    await enqueue(action, { ...page, key: ref?.dedup_key ?? page.key }, call, {});
  },
});

async function enqueue(action: string, page: Page, call: PagerCall, more: object): Promise<void> {
  await call.outbound(`${call.pagerdutyUrl.replace(/\/$/, '')}/v2/enqueue`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      routing_key: routingKeyOf(page, call),
      event_action: action,
      dedup_key: page.key,
      ...more,
    }),
    signal: call.signal,
  });
}

/** A key in muster.yaml that is not an integration key (32 characters) is the person's user id, known from webhooks. */
function routingKeyOf({ person }: Page, { routingKey }: PagerCall): string {
  if (person.pagerduty && /^[0-9a-z]{32}$/i.test(person.pagerduty)) return person.pagerduty;
  if (routingKey) return routingKey;
  throw new Failure({
    code: 'no-routing-key',
    retry: 'never',
    what: 'There is no PagerDuty routing key for this person',
    value: person.id,
    remedy: 'Set PAGERDUTY_ROUTING_KEY to the integration key of an Events API v2 integration.',
  });
}
