import type { RequestHandler, Response } from 'express';
import { reasonOf } from '../kit/failure.ts';
import type { Log } from '../kit/log.ts';
import { closeUnread, readBody } from '../kit/read-body.ts';
import { createCredentialCheck, type WebhookCredentials } from './credential.ts';
import type { AlertGroup, ToGroups } from './group.ts';
import { createUnderstand } from './recent-bodies.ts';
import { oncePerSenderAndHour, type RefusedDelivery } from './refusal-notice.ts';

/**
 * Makes groups durable. `taken` means that they survive a crash from now on; otherwise `why` ends a sentence. Throwing means that a
 * dependency is broken. Both are answered 503, so Alertmanager sends the delivery again.
 */
export type Ingest = (
  groups: AlertGroup[],
  receivedAt: number,
) => Promise<{ taken: true } | { taken: false; why: string }>;

/** What became of a request, as a metric label. */
export type DoorOutcome =
  | 'accepted'
  | 'unavailable'
  | 'unauthorized'
  | 'not-understood'
  | 'too-large'
  | 'wrong-method'
  | 'gone';

/** What the door needs; times are epoch milliseconds. */
export type DoorOptions = {
  credentials: WebhookCredentials;
  maxBytes: number;
  toGroups: ToGroups;
  ingest: Ingest;
  /** Tells people of a delivery that is lost; called once per sender and hour. */
  tellOperators: (refused: RefusedDelivery) => void;
  count: (outcome: DoorOutcome) => void;
  log: Log;
  now: () => number;
  /** How long a delivery may take; Alertmanager gives up after 10 s, so 5 s by default. */
  patienceMs?: number;
};

/**
 * The handler for `/webhooks/alertmanager`, for every method. Answers 2xx only after `ingest` took the groups; 503 for load and broken
 * dependencies; 401, 405, 413 and 400 for what can never be understood, saying why; never 429 and never a redirect, because
 * Alertmanager would drop the delivery. The credential is checked before a byte of the body is read.
 */
export function createAlertmanagerDoor(options: DoorOptions): RequestHandler {
  const { maxBytes, ingest, count, log, now, patienceMs = 5000 } = options;
  const objection = createCredentialCheck(options.credentials);
  const understand = createUnderstand(options.toGroups);
  const tell = oncePerSenderAndHour((refused) => {
    log.warn(refused, 'Refused an alert delivery that will not be sent again');
    options.tellOperators(refused);
  });

  const lost = (status: 400 | 413, why: string, sender: string | undefined) =>
    tell({ status, why, sender: sender ?? 'unknown', at: now() });

  const handle: RequestHandler = async (request, response) => {
    if (request.method !== 'POST') {
      count('wrong-method');
      response.setHeader('allow', 'POST');
      return answer(response, 405, 'alerts are sent with POST');
    }
    const unwelcome = objection(request.headers.authorization);
    if (unwelcome !== undefined) {
      count('unauthorized');
      response.setHeader('www-authenticate', 'Bearer realm="muster", Basic realm="muster"');
      return refuse(response, 401, unwelcome);
    }
    const body = await readBody(request, maxBytes);
    if (body === 'gone') return count('gone');
    if (body === 'too-large') {
      const why = `the body is larger than ${maxBytes} bytes (WEBHOOK_MAX_BYTES)`;
      count('too-large');
      lost(413, why, request.socket.remoteAddress);
      return refuse(response, 413, why);
    }
    const receivedAt = now();
    const understood = understand(body, receivedAt);
    if ('problem' in understood) {
      count('not-understood');
      lost(400, understood.problem, request.socket.remoteAddress);
      return answer(response, 400, understood.problem);
    }
    const refusal = await within(patienceMs, () => ingest(understood.groups, receivedAt));
    count(refusal === undefined ? 'accepted' : 'unavailable');
    return refusal === undefined
      ? answer(response, 200, 'taken')
      : answer(response, 503, `${refusal}; send it again`);
  };

  return async (request, response, next) => {
    try {
      await handle(request, response, next);
    } catch (error) {
      log.error({ error: reasonOf(error) }, 'Could not take an alert delivery');
      count('unavailable');
      answer(response, 503, 'a dependency is broken; send it again');
    }
  };
}

/** Why the groups were not taken, or undefined when they were. */
async function within(ms: number, run: () => ReturnType<Ingest>): Promise<string | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<{ taken: false; why: string }>((resolve) => {
    timer = setTimeout(() => resolve({ taken: false, why: `not stored within ${ms} ms` }), ms);
  });
  try {
    const outcome = await Promise.race([run(), late]);
    return outcome.taken ? undefined : outcome.why;
  } finally {
    clearTimeout(timer);
  }
}

/** Answers while the sender may still be sending: what comes is thrown away, and after two seconds the connection is cut. */
function refuse(response: Response, status: number, why: string): void {
  answer(response, status, why);
  closeUnread(response.req);
}

function answer(response: Response, status: number, why: string): void {
  if (response.headersSent || response.destroyed) return;
  const text = `${why}\n`;
  response.writeHead(status, {
    'content-type': 'text/plain; charset=utf-8',
    'content-length': Buffer.byteLength(text),
  });
  response.end(text);
}
