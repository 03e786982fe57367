import { createHash } from 'node:crypto';
import express, { type NextFunction, type Request, type Response, type Router } from 'express';
import { createFaults, type Faults } from '../faults.ts';
import { type Listening, listenLocally } from '../listen.ts';
import { type EnqueueBody, enqueueBody, errorsOf } from './enqueue-body.ts';
import { createIncidents, type Effect, type PagerDutyIncident } from './incidents.ts';
import {
  type PagerDutyDelivery,
  type PagerDutyHook,
  type PagerDutyUser,
  pagerDutySignature,
  webhookBody,
} from './webhook.ts';

/** One event that reached the look-alike and what became of it. */
export type EnqueueAttempt = {
  at: number;
  dedupKey: string;
  action: string;
  status: number;
  effect?: Effect;
};

/** How a look-alike is set up. Without `routingKeys` every key of 32 characters is taken. */
export type SandboxPagerDutyOptions = {
  routingKeys?: string[];
  users: PagerDutyUser[];
  /** Events a minute and key; PagerDuty's documented order of magnitude is 120. */
  perMinute?: number;
  now: () => number;
};

/** A PagerDuty look-alike: Events v2 in, v3 webhooks out. Visible pages are counted, not attempts. */
export type SandboxPagerDuty = {
  router: Router;
  attempts: EnqueueAttempt[];
  deliveries: PagerDutyDelivery[];
  faults: Faults;
  /** Every page that became visible, resolved ones too. */
  incidents(): PagerDutyIncident[];
  subscribe(hook: PagerDutyHook): void;
  /** A person acknowledges or resolves on their phone; resolves when the webhooks were answered. False where nothing is open. */
  acknowledge(dedupKey: string, user: PagerDutyUser): Promise<boolean>;
  resolve(dedupKey: string, user: PagerDutyUser): Promise<boolean>;
  /** Sends a recorded webhook again, unchanged. */
  redeliver(id: string): Promise<void>;
  onChange(listener: () => void): () => void;
};

/** Creates the look-alike; its `router` serves `/v2/enqueue`. */
export function createSandboxPagerDuty(options: SandboxPagerDutyOptions): SandboxPagerDuty {
  const { now, perMinute = 120 } = options;
  const incidents = createIncidents();
  const faults = createFaults();
  const attempts: EnqueueAttempt[] = [];
  const deliveries: PagerDutyDelivery[] = [];
  const hooks: PagerDutyHook[] = [];
  const listeners = new Set<() => void>();
  const changed = () => {
    for (const listener of listeners) listener();
  };
  const sentAt = new Map<string, number[]>();

  function overLimit(routingKey: string): boolean {
    const recent = (sentAt.get(routingKey) ?? []).filter((at) => at > now() - 60_000);
    sentAt.set(routingKey, [...recent, now()]);
    return recent.length >= perMinute;
  }

  function enqueue(body: unknown): { status: number; answer: object; event?: EnqueueBody; effect?: Effect } {
    const read = enqueueBody.safeParse(body);
    const invalid = (errors: string[]) => ({
      status: 400,
      answer: { status: 'invalid event', message: 'Event object is invalid', errors },
    });
    if (!read.success) return invalid(errorsOf(read.error));
    const event = read.data;
    if (options.routingKeys && !options.routingKeys.includes(event.routing_key))
      return invalid(['Invalid routing key']);
    if (overLimit(event.routing_key))
      return { status: 429, answer: { status: 'throttle exceeded', message: 'Event throttle exceeded' } };
    const dedupKey =
      event.dedup_key ??
      createHash('sha256').update(`${attempts.length} ${now()}`).digest('hex').slice(0, 32);
    const effect = incidents.apply({ ...event, dedup_key: dedupKey }, dedupKey, now());
    changed();
    return {
      status: 202,
      answer: { status: 'success', message: 'Event processed', dedup_key: dedupKey },
      event: { ...event, dedup_key: dedupKey },
      effect,
    };
  }

  async function post(hook: PagerDutyHook, delivery: PagerDutyDelivery): Promise<void> {
    const answer = await fetch(hook.url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'user-agent': 'PagerDuty-Webhook/V3.0',
        'x-pagerduty-signature': pagerDutySignature(hook.secrets, delivery.body),
        'x-webhook-id': delivery.id,
      },
      body: delivery.body,
      redirect: 'manual',
      signal: AbortSignal.timeout(10_000),
    }).catch(() => undefined);
    await answer?.body?.cancel();
    delivery.status = answer?.status ?? null;
  }

  async function act(
    dedupKey: string,
    user: PagerDutyUser,
    action: 'acknowledged' | 'resolved',
  ): Promise<boolean> {
    const incident = incidents.openWith(dedupKey);
    if (!incident) return false;
    incident.status = action;
    if (action === 'acknowledged') incident.acknowledgedBy = user.id;
    changed();
    const body = webhookBody(
      `incident.${action}`,
      incident,
      user,
      now(),
      incidents.all.indexOf(incident) + 1,
    );
    for (const hook of hooks) {
      const delivery = { id: JSON.parse(body).event.id, type: `incident.${action}`, body, status: null };
      deliveries.push(delivery);
      await post(hook, delivery);
    }
    return true;
  }

  const router = express.Router();
  router.use((request, response, next) => faults.middleware(request, response, next));
  router.use(express.json({ limit: 512 * 1024, type: () => true }));
  router.post('/v2/enqueue', (request, response) => {
    const { status, answer, event, effect } = enqueue(request.body);
    attempts.push({
      at: now(),
      dedupKey: event?.dedup_key ?? '',
      action: event?.event_action ?? '',
      status,
      ...(effect && { effect }),
    });
    response.status(status).json(answer);
  });
  router.use((error: { status?: number }, _request: Request, response: Response, _next: NextFunction) => {
    const status = error.status === 413 ? 413 : 400;
    attempts.push({ at: now(), dedupKey: '', action: '', status });
    response.status(status).json({ status: 'invalid event', message: 'Event object is invalid', errors: [] });
  });

  return {
    router,
    attempts,
    deliveries,
    faults,
    incidents: () => incidents.all,
    subscribe: (hook) => void hooks.push(hook),
    acknowledge: (dedupKey, user) => act(dedupKey, user, 'acknowledged'),
    resolve: (dedupKey, user) => act(dedupKey, user, 'resolved'),
    async redeliver(id) {
      const delivery = deliveries.find((one) => one.id === id);
      for (const hook of delivery ? hooks : []) await post(hook, delivery as PagerDutyDelivery);
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** Starts the look-alike on its own port of 127.0.0.1; `eventsUrl` is the address that events are posted to. */
export async function startSandboxPagerDuty(
  options: SandboxPagerDutyOptions & { port?: number },
): Promise<SandboxPagerDuty & Listening & { eventsUrl: string }> {
  const pagerDuty = createSandboxPagerDuty(options);
  const listening = await listenLocally('/pagerduty', pagerDuty.router, options.port);
  return { ...pagerDuty, ...listening, eventsUrl: `${listening.url}/v2/enqueue` };
}
