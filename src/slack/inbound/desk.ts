import type { Incident } from '../../incident/state.ts';
import { reasonOf } from '../../kit/failure.ts';
import { oneLine, slackText } from '../../kit/text.ts';
import type { SlackCall } from '../client.ts';
import { type Answer, createTell, type ReplyTo, say, type Tell } from './answer.ts';
import type { InboundDeps } from './inbound-deps.ts';
import type { Messages } from './text/en.ts';
import { texts } from './texts.ts';
import type { Ask } from './verb.ts';
import { createWho, type Who } from './who.ts';

/** What every door works with. */
export type Desk = {
  deps: InboundDeps;
  who: Who;
  tell: Tell;
  askOf: (user: string) => Promise<Ask>;
  /** Texts for somebody of whom Slack need not be asked first. */
  textsOf: (user: string) => Messages;
  /** Does the work of one request once. Whatever goes wrong is logged and told to the person; nothing is ever thrown. */
  once: (id: string, to: ReplyTo, work: () => Promise<void>) => Promise<void>;
  /** Settles when all work under way is done. */
  idle: () => Promise<unknown>;
};

/** Lays out the desk. */
export function createDesk(given: InboundDeps): Desk {
  // Somebody looks at the screen: these calls go before those of the rooms.
  const call: SlackCall = (method, args, options) =>
    given.call(method, args, { priority: 'person', ...options });
  const deps = { ...given, call };
  const { outbound, redact, now, log, muster } = deps;
  const tell = createTell({ call, outbound, redact, log });
  const who = createWho({ call, now, log, muster, teamId: deps.app.teamId });
  const working = new Set<Promise<void>>();
  const textsOf = (user: string) => texts[who.languageOf(user)];
  return {
    deps,
    who,
    tell,
    textsOf,
    async askOf(user) {
      const asker = await who.identify(user);
      const name = (person: string) => slackText(oneLine(who.nameOf(person), 80));
      return { asker, texts: texts[asker.language], who, deps, name };
    },
    idle: () => Promise.all(working),
    once(id, to, work) {
      const doing = carryOut(id, to, work).finally(() => working.delete(doing));
      working.add(doing);
      return doing;
    },
  };

  async function carryOut(id: string, to: ReplyTo, work: () => Promise<void>): Promise<void> {
    const failed = async (error: unknown, answer: Answer) => {
      log.error(
        { request: id, user: to.user, reason: reasonOf(error) },
        'A request from Slack was not carried out',
      );
      await tell(to, answer);
    };
    let seen: boolean;
    try {
      seen = await deps.seen(id);
    } catch (error) {
      return failed(error, say(textsOf(to.user).storeDown));
    }
    if (seen) return log.info({ request: id, user: to.user }, 'Slack delivered a request again');
    try {
      await work();
    } catch (error) {
      await failed(error, say(textsOf(to.user).broken));
    }
  }
}

/** The incident a request is about: the one that was named, else the one whose channel this is; `missing` was named in vain. */
export async function incidentFor(
  { deps }: Pick<Desk, 'deps'>,
  named: number | null,
  channel: string | null,
): Promise<{ incident: Incident | null; missing: number | null }> {
  const id = named ?? (channel === null ? null : await deps.findByChannel(channel));
  if (id === null) return { incident: null, missing: null };
  const incident = await deps.load(id);
  return { incident, missing: incident === null ? id : null };
}
