import { newId, type World } from './world.ts';

/** What came of using a `trigger_id`: the person it stands for, or the documented error. */
export type Redeemed =
  | { user: string }
  | { error: 'invalid_trigger_id' | 'expired_trigger_id' | 'exchanged_trigger_id' };

/** Where an answer through a `response_url` goes: to a person in a channel, about a message if one was clicked. */
export type ResponseTarget = { user: string; channel: string; ts: string | undefined };

/** The short-lived rights Slack hands out with every interaction. */
export type Capabilities = {
  trigger: (user: string) => string;
  redeem: (triggerId: string) => Redeemed;
  /** The path of a new response URL; it can be used 5 times within 30 minutes. */
  respond: (target: ResponseTarget) => string;
  use: (id: string) => ResponseTarget | { error: 'not_found' | 'used_url' | 'expired_url' };
};

const triggerLifeMs = 3_000;
const responseLifeMs = 30 * 60_000;
const responseUses = 5;

/** Keeps trigger ids (3 seconds, once) and response URLs (5 uses, 30 minutes): platform-facts §3.5. */
export function createCapabilities(world: World, now: () => number): Capabilities {
  const triggers = new Map<string, { user: string; at: number; used: boolean }>();
  const urls = new Map<string, { target: ResponseTarget; at: number; uses: number }>();
  return {
    trigger(user) {
      const id = `${now()}.${newId(world, 'TR')}`;
      triggers.set(id, { user, at: now(), used: false });
      return id;
    },
    redeem(id) {
      const trigger = triggers.get(id);
      if (!trigger) return { error: 'invalid_trigger_id' };
      if (trigger.used) return { error: 'exchanged_trigger_id' };
      if (now() - trigger.at > triggerLifeMs) return { error: 'expired_trigger_id' };
      trigger.used = true;
      return { user: trigger.user };
    },
    respond(target) {
      const id = newId(world, 'RU');
      urls.set(id, { target, at: now(), uses: 0 });
      return `/response/${id}`;
    },
    use(id) {
      const url = urls.get(id);
      if (!url) return { error: 'not_found' };
      if (now() - url.at > responseLifeMs) return { error: 'expired_url' };
      if (url.uses >= responseUses) return { error: 'used_url' };
      url.uses += 1;
      return url.target;
    },
  };
}
