import type { DeliveryFault } from './faults.ts';
import type { Delivery } from './journal.ts';
import type { App } from './manifest.ts';
import { type Channel, type Json, newId, type World } from './world.ts';

/** Tells the app what happened in the workspace. */
export type EventSender = {
  /** Sends an event if the app subscribed to it and may see the channel. */
  send: (event: Json, channel?: Channel) => void;
  /** Sends everything that waits for a retry now, instead of in a minute or five. */
  retryNow: () => Promise<void>;
  /** Settles when no delivery is under way (waiting retries don't count). */
  idle: () => Promise<void>;
  close: () => void;
};

type Envelope = { type: string; payload: Json; attempt: number; reason: string | undefined };

/** Slack tries an event again about at once, after a minute, and after five (platform-facts §3.5). */
const retryDelaysMs = [100, 60_000, 300_000];

const channelPrefix = { public: 'channel', private: 'group', im: 'im', mpim: 'mpim' } as const;
const messageEvent = { public: 'channels', private: 'groups', im: 'im', mpim: 'mpim' } as const;

/** The subscription an event needs, e.g. `message.groups` for a message in a private channel. */
export function subscriptionOf(event: Json, channel: Channel | undefined): string {
  const type = String(event.type);
  if (type === 'message' && channel) return `message.${messageEvent[channel.kind]}`;
  if (type.startsWith('channel_') && channel?.kind === 'private') return type.replace('channel_', 'group_');
  return type;
}

/** Creates the sender. `deliver` makes one attempt; an attempt that failed is repeated as Slack repeats it. */
export function createEventSender(parts: {
  world: World;
  app: App;
  now: () => number;
  faultFor: (type: string) => DeliveryFault | undefined;
  deliver: (envelope: Envelope) => Promise<Delivery>;
}): EventSender {
  const { world, app, now } = parts;
  const waiting = new Map<NodeJS.Timeout, Envelope>();
  const underWay = new Set<Promise<void>>();

  const attempt = (envelope: Envelope) => {
    const work = parts.deliver(envelope).then((delivery) => {
      const delay = retryDelaysMs[envelope.attempt];
      if (delivery.problem === undefined || delivery.noRetry || delay === undefined) return;
      const again = { ...envelope, attempt: envelope.attempt + 1, reason: delivery.problem };
      const timer = setTimeout(() => {
        waiting.delete(timer);
        attempt(again);
      }, delay);
      timer.unref();
      waiting.set(timer, again);
    });
    underWay.add(work);
    void work.finally(() => underWay.delete(work));
  };
  const idle = async () => {
    while (underWay.size > 0) await Promise.all(underWay);
  };

  return {
    send(event, channel) {
      const type = subscriptionOf(event, channel);
      if (!app.events.includes(type)) return;
      if (channel && !channel.members.includes(app.botUser) && type !== 'channel_created') return;
      const named = type.startsWith('group_') ? { ...event, type } : event;
      const payload = {
        token: 'sandbox-verification-token',
        team_id: world.team.id,
        api_app_id: app.id,
        event:
          channel && type.startsWith('message.')
            ? { ...named, channel_type: channelPrefix[channel.kind] }
            : named,
        type: 'event_callback',
        event_id: newId(world, 'Ev'),
        event_time: Math.floor(now() / 1000),
        authorizations: [{ enterprise_id: null, team_id: world.team.id, user_id: app.botUser, is_bot: true }],
        is_ext_shared_channel: false,
      };
      const fault = parts.faultFor(type);
      if (fault === 'drop') return;
      attempt({ type, payload, attempt: 0, reason: undefined });
      if (fault === 'duplicate') attempt({ type, payload, attempt: 0, reason: undefined });
    },
    async retryNow() {
      for (const [timer, envelope] of waiting) {
        clearTimeout(timer);
        waiting.delete(timer);
        attempt(envelope);
      }
      await idle();
    },
    idle,
    close() {
      for (const timer of waiting.keys()) clearTimeout(timer);
      waiting.clear();
    },
  };
}
