import { createHmac } from 'node:crypto';
import type { Delivery } from './journal.ts';
import type { Json } from './world.ts';

/** What is sent to the app: the wire format differs by kind, the payload does not. */
export type Outgoing = {
  kind: Delivery['kind'];
  type: string;
  payload: Json;
  attempt?: number;
  retryReason?: string | undefined;
};

/** Slack's v0 request signature over the raw body (platform-facts §3.6). `timestamp` is in seconds. */
export function signature(secret: string, timestamp: number, body: string): string {
  return `v0=${createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex')}`;
}

/**
 * Makes one signed HTTP request to the app's request URL and waits 3 seconds for its answer. Slash commands travel as
 * form fields, interactions as a form field `payload`, events as JSON.
 */
export async function deliverHttp(
  outgoing: Outgoing,
  to: { requestUrl: string; signingSecret: string; now: () => number; deadlineMs: number },
): Promise<Delivery> {
  const { kind, payload } = outgoing;
  const at = to.now();
  const started = performance.now();
  const { body, contentType } = encode(kind, payload);
  const timestamp = Math.floor(at / 1000);
  const headers: Record<string, string> = {
    'content-type': contentType,
    'user-agent': 'Slackbot 1.0 (+https://api.slack.com/robots)',
    'x-slack-request-timestamp': String(timestamp),
    'x-slack-signature': signature(to.signingSecret, timestamp, body),
  };
  if (outgoing.attempt) {
    headers['x-slack-retry-num'] = String(outgoing.attempt);
    headers['x-slack-retry-reason'] = outgoing.retryReason ?? 'unknown_error';
  }
  const delivery: Delivery = {
    at,
    kind,
    type: outgoing.type,
    via: 'http',
    attempt: outgoing.attempt ?? 0,
    payload,
    status: undefined,
    body: undefined,
    ms: 0,
    problem: undefined,
    noRetry: false,
  };
  try {
    const signal = AbortSignal.timeout(to.deadlineMs);
    const response = await fetch(to.requestUrl, {
      method: 'POST',
      headers,
      body,
      signal,
      redirect: 'manual',
    });
    delivery.status = response.status;
    delivery.body = parse(await response.text(), response.headers.get('content-type') ?? '');
    if (!response.ok) delivery.problem = 'http_error';
    delivery.noRetry = response.headers.get('x-slack-no-retry') === '1';
  } catch (error) {
    delivery.problem = (error as Error).name === 'TimeoutError' ? 'http_timeout' : 'connection_failed';
  }
  delivery.ms = performance.now() - started;
  return delivery;
}

function encode(kind: Delivery['kind'], payload: Json): { body: string; contentType: string } {
  const form = 'application/x-www-form-urlencoded';
  if (kind === 'command')
    return { body: new URLSearchParams(payload as Record<string, string>).toString(), contentType: form };
  if (kind === 'interactive')
    return { body: new URLSearchParams({ payload: JSON.stringify(payload) }).toString(), contentType: form };
  return { body: JSON.stringify(payload), contentType: 'application/json' };
}

function parse(text: string, contentType: string): unknown {
  if (text === '') return undefined;
  if (!contentType.includes('json')) return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
