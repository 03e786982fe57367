import type { KnownBlock } from '@slack/types';
import { type Command, isRefusal, type Refusal } from '../../incident/commands.ts';
import type { Outcome } from '../../incident/room.ts';
import type { Incident } from '../../incident/state.ts';
import { roles } from '../../incident/words.ts';
import { oneLine, slackText } from '../../kit/text.ts';
import { section } from '../blocks.ts';
import { type Answer, say } from './answer.ts';
import { isPermitted, type Permission } from './permissions.ts';
import type { Ask } from './verb.ts';

type Asked<C> = C extends Command ? Omit<C, 'at' | 'by'> : never;

/** What a change says: `done` when something happened, `same` when it was so already; both get the incident as it is now. */
export type Said = {
  done: (now: Incident, happened: Extract<Outcome, { events: unknown }>['events']) => string;
  same: (now: Incident) => string;
  /** What somebody who was refused can do instead; it stands below the reason. */
  instead?: (refused: Refusal['refused']) => KnownBlock[];
};

/**
 * The one way in which a person changes an incident: members only, then `permissions`, then the core decides. Every refusal
 * is worded, and a repeat is answered with how things are. `permission` null: the core alone says who may.
 */
export async function change(
  ask: Ask,
  incident: Incident,
  permission: Permission | null,
  command: Asked<Command>,
  said: Said,
): Promise<Answer> {
  const refused = mayNot(ask, incident, permission);
  if (refused) return refused;
  const { by } = ask.asker;
  const outcome = await ask.deps.handle(incident.id, { ...command, at: ask.deps.now(), by } as Command);
  if (isRefusal(outcome)) {
    const text = refusalText(ask, outcome);
    return { text, blocks: [section(text), ...(said.instead?.(outcome.refused) ?? [])] };
  }
  return say(
    outcome.events.length > 0 ? said.done(outcome.incident, outcome.events) : said.same(outcome.incident),
  );
}

/** Why somebody may not do a thing, worded; null when they may. */
export function mayNot(ask: Ask, incident: Incident | null, permission: Permission | null): Answer | null {
  const { asker, deps, texts } = ask;
  if (asker.standing !== 'member') return say(texts.notMember[asker.standing]);
  if (permission === null) return null;
  const { permissions } = deps.muster;
  if (isPermitted(permission, asker.person, incident?.state ?? null, permissions)) return null;
  return say(refusalText(ask, { refused: 'not-permitted', detail: allowedNames(ask, permission) }));
}

/** A refusal in the asker's language, with what to do about it. */
export const refusalText = ({ texts }: Ask, { refused, detail }: Refusal): string =>
  texts.refusals[refused](slackText(oneLine(detail ?? '', 200)));

function allowedNames({ deps, who, texts }: Ask, permission: Permission): string {
  const allowed = deps.muster.permissions[permission];
  if (allowed === 'anyone') return '';
  return allowed
    .map((one) => {
      const role = roles.find((known) => known === one);
      return role ? texts.roleShort[role] : who.nameOf(one);
    })
    .join(', ');
}
