import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { reasonOf } from '../kit/failure.ts';
import type { Log } from '../kit/log.ts';
import { closeUnread, readBody } from '../kit/read-body.ts';
import { hmacSha256Hex, safeEqual } from '../kit/signature.ts';

/**
 * What a person did at PagerDuty with the page of a dedup key. What no person did (our own calls, PagerDuty's automatic
 * resolution after a time) is no news: it must not end an incident.
 */
export type PagerDutyNews = {
  dedupKey: string;
  kind: 'acknowledged' | 'resolved';
  user: { id: string; name: string; email: string | null };
};

/** What the door needs from outside. */
export type PagerDutyDoorOptions = {
  /** PAGERDUTY_WEBHOOK_SECRET, and while it is rotated the other one as well. */
  secrets: string[];
  /** Hands over what happened; 202 is answered once it resolves, 503 when it fails, and PagerDuty sends again. */
  handle: (news: PagerDutyNews) => Promise<void>;
  /** Whether this event id was handled before, here or in another replica. */
  seen: (id: string) => Promise<boolean>;
  /** Remembers an event id once it was handled. */
  remember: (id: string) => Promise<void>;
  log: Log;
};

/** A handler for `POST /webhooks/pagerduty`; mount it where no body parser ran before: the signature covers the raw bytes. */
export type PagerDutyDoor = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** Far above any v3 payload (https://developer.pagerduty.com/docs/webhooks-overview). */
const mostBytes = 1_048_576;

const event = z.object({ event: z.object({ id: z.string().min(1).max(200), event_type: z.string() }) });
const incidentEvent = z.object({
  event: z.object({
    event_type: z.enum(['incident.acknowledged', 'incident.resolved']),
    agent: z
      .object({
        id: z.string(),
        type: z.string(),
        summary: z.string().nullish(),
        email: z.string().nullish(),
      })
      .nullish(),
    data: z.object({ incident_key: z.string().nullish() }),
  }),
});

/**
 * Creates the door for PagerDuty's v3 webhooks. 202 for everything signed that was handled or is of no use here (pings too),
 * 401 where no signature fits, 400 for what is no v3 event, 405, 413 over 1 MB, 503 when it could not be kept. It never throws.
 */
export function createPagerDutyDoor(options: PagerDutyDoorOptions): PagerDutyDoor {
  const { log, handle, seen, remember } = options;

  /** The header carries one `v1=` for each of the webhook's secrets while they are rotated. */
  const signed = (body: Buffer, header: string): boolean => {
    const given = header.split(',').flatMap((part) => /^v1=([0-9a-f]{64})$/.exec(part.trim())?.[1] ?? []);
    const expected = options.secrets
      .filter((secret) => secret !== '')
      .map((secret) => hmacSha256Hex(secret, body));
    return expected.some((one) => given.some((other) => safeEqual(other, one)));
  };

  async function answer(request: IncomingMessage): Promise<[status: number, why: string]> {
    if (request.method !== 'POST') return [405, 'Use POST.'];
    const body = await readBody(request, mostBytes);
    if (body === 'gone') return [400, 'The sender hung up.'];
    if (body === 'too-large') return [413, `The body is over ${mostBytes} bytes.`];
    if (!signed(body, [request.headers['x-pagerduty-signature']].flat().join(',')))
      return [401, 'X-PagerDuty-Signature does not match PAGERDUTY_WEBHOOK_SECRET.'];
    const json = parseJson(body.toString('utf8'));
    const known = event.safeParse(json);
    if (!known.success) return [400, 'The body is not a v3 webhook event.'];
    const news = readNews(json);
    if (news === undefined) return [202, 'Nothing to do for this event.'];
    const { id } = known.data.event;
    if (await seen(id)) return [202, 'This event was handled before.'];
    await handle(news);
    await remember(id);
    return [202, 'Accepted.'];
  }

  return async (request, response) => {
    const [status, why] = await answer(request).catch((error): [number, string] => {
      log.error({ reason: reasonOf(error) }, 'a PagerDuty webhook could not be handled');
      return [503, 'The event could not be kept; send it again.'];
    });
    if (status >= 400 && status < 500) log.warn({ status, why }, 'refused a PagerDuty webhook');
    const headers = {
      'content-type': 'text/plain; charset=utf-8',
      ...(status === 405 && { allow: 'POST' }),
    };
    response.writeHead(status, headers).end(`${why}\n`);
    closeUnread(request);
  };
}

function readNews(json: unknown): PagerDutyNews | undefined {
  const read = incidentEvent.safeParse(json);
  const dedupKey = read.data?.event.data.incident_key;
  if (!read.success || !dedupKey) return undefined;
  const { event_type, agent } = read.data.event;
  if (!agent?.type.startsWith('user')) return undefined;
  return {
    dedupKey,
    kind: event_type === 'incident.resolved' ? 'resolved' : 'acknowledged',
    user: { id: agent.id, name: agent.summary ?? agent.id, email: agent.email ?? null },
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
