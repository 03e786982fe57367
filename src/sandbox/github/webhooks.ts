import { createHash, createHmac } from 'node:crypto';

/** A subscribed webhook: where it is posted and the secret it is signed with. */
export type Hook = { url: string; secret: string };

/** One delivery and how it went; `status` is null while under way and when nothing answered or it was lost. */
export type Delivery = {
  id: string;
  event: string;
  action: string;
  url: string;
  body: string;
  status: number | null;
  lost: boolean;
};

/** The webhook sender of the look-alike: GitHub never delivers again by itself. */
export type Webhooks = {
  subscribe(hook: Hook): void;
  emit(event: string, payload: { action: string }): void;
  /** Sends a recorded delivery again with the same id, as the button "Redeliver" does. */
  redeliver(id: string): Promise<void>;
  /** Loses the next `count` deliveries on the way. */
  lose(count: number): void;
  /** Resolves when nothing is under way. */
  settled(): Promise<void>;
  deliveries: Delivery[];
};

/** The value of `X-Hub-Signature-256` for a body. */
export const signatureOf = (secret: string, body: string): string =>
  `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;

const deliveryTimeout = 10_000;

function uuidOf(seed: string): string {
  const hex = createHash('sha256').update(seed).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join(
    '-',
  );
}

/** Creates a webhook sender without subscribers. */
export function createWebhooks(now: () => number): Webhooks {
  const hooks: Hook[] = [];
  const deliveries: Delivery[] = [];
  const underway = new Set<Promise<void>>();
  let toLose = 0;

  async function send(delivery: Delivery, secret: string): Promise<void> {
    delivery.lost = toLose > 0;
    if (toLose > 0) {
      toLose -= 1;
      return;
    }
    const answer = await fetch(delivery.url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'user-agent': 'GitHub-Hookshot/sandbox',
        'x-github-delivery': delivery.id,
        'x-github-event': delivery.event,
        'x-hub-signature-256': signatureOf(secret, delivery.body),
      },
      body: delivery.body,
      redirect: 'manual',
      signal: AbortSignal.timeout(deliveryTimeout),
    }).catch(() => undefined);
    await answer?.body?.cancel();
    delivery.status = answer?.status ?? null;
  }

  // Deliveries leave one after the other, so that a test sees them in the order they happened.
  let last: Promise<void> = Promise.resolve();
  function track(delivery: Delivery, secret: string): Promise<void> {
    last = last.then(() => send(delivery, secret));
    const sending = last;
    underway.add(sending);
    void sending.finally(() => underway.delete(sending));
    return sending;
  }

  return {
    deliveries,
    subscribe: (hook) => void hooks.push(hook),
    emit(event, payload) {
      for (const hook of hooks) {
        const delivery: Delivery = {
          id: uuidOf(`${hook.url} ${deliveries.length} ${now()}`),
          event,
          action: payload.action,
          url: hook.url,
          body: JSON.stringify(payload),
          status: null,
          lost: false,
        };
        deliveries.push(delivery);
        void track(delivery, hook.secret);
      }
    },
    async redeliver(id) {
      const delivery = deliveries.find((one) => one.id === id);
      const hook = hooks.find((one) => one.url === delivery?.url);
      if (delivery && hook) await track(delivery, hook.secret);
    },
    lose: (count) => {
      toLose = count;
    },
    async settled() {
      while (underway.size > 0) await Promise.all(underway);
    },
  };
}
