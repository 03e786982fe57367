import { setTimeout } from 'node:timers/promises';
import { z } from 'zod';
import type { Muster } from '../../config/muster-yaml.ts';
import type { Actor, Language, PersonId } from '../../incident/words.ts';
import { reasonOf } from '../../kit/failure.ts';
import type { Log } from '../../kit/log.ts';
import { oneLine } from '../../kit/text.ts';
import type { SlackCall } from '../client.ts';

/** How much somebody may do: members all, everybody else only read. `unverified`: Slack did not say. */
export type Standing = 'member' | 'guest' | 'stranger' | 'bot' | 'unverified';

/** The person who asks. `name` is plain text. */
export type Asker = {
  user: string;
  person: PersonId;
  name: string;
  language: Language;
  standing: Standing;
  by: Actor;
};

/** Finds out who people are: by muster.yaml first, by `users.info` for the rest. */
export type Who = {
  identify: (user: string) => Promise<Asker>;
  /** The language of somebody as far as it is known without asking Slack. */
  languageOf: (user: string) => Language;
  /** The person somebody typed or mentioned (`<@U1>`, `U1`, `@minji`, `Kim Minji`, `me`), or null. */
  find: (typed: string, asker: Asker) => PersonId | null;
  /** The person behind a Slack account. */
  personOf: (user: string) => PersonId;
  /** A plain-text name; the Slack id of somebody never met. */
  nameOf: (person: PersonId) => string;
};

const freshMs = 10 * 60_000;

/** How long somebody of muster.yaml waits for Slack's word on them: an acknowledgement must not wait for Slack. */
const patienceMs = 1500;

const Info = z.object({
  user: z.object({
    team_id: z.string().optional(),
    name: z.string().optional(),
    locale: z.string().optional(),
    deleted: z.boolean().optional(),
    is_bot: z.boolean().optional(),
    is_restricted: z.boolean().optional(),
    is_ultra_restricted: z.boolean().optional(),
    is_stranger: z.boolean().optional(),
    profile: z.object({ display_name: z.string().optional(), real_name: z.string().optional() }).optional(),
    enterprise_user: z.object({ teams: z.array(z.string()).optional() }).optional(),
  }),
});
type Profile = { name: string; language: Language | null; standing: Standing; at: number };

/** Creates the look-up. What Slack said of somebody is kept for ten minutes. */
export function createWho(parts: {
  call: SlackCall;
  now: () => number;
  log: Log;
  teamId: string;
  muster: Pick<Muster, 'people' | 'language'>;
}): Who {
  const { muster, now, log, teamId } = parts;
  const profiles = new Map<string, Profile>();
  const bySlack = new Map(
    Object.entries(muster.people).flatMap(([person, { slack }]) => (slack ? [[slack, person] as const] : [])),
  );

  async function profileOf(user: string): Promise<Profile | null> {
    const kept = profiles.get(user);
    if (kept && now() - kept.at < freshMs) return kept;
    try {
      const { user: info } = Info.parse(await parts.call('users.info', { user, include_locale: true }));
      const name = info.profile?.display_name || info.profile?.real_name || info.name || user;
      const language = info.locale?.startsWith('ko') ? 'ko' : info.locale?.startsWith('en') ? 'en' : null;
      const profile = {
        name: oneLine(name, 80),
        language,
        standing: standingOf(info, teamId),
        at: now(),
      } as const;
      profiles.set(user, profile);
      return profile;
    } catch (error) {
      log.warn({ user, reason: reasonOf(error) }, 'Slack did not say who somebody is');
      return kept ?? null;
    }
  }

  const configuredAs = (person: PersonId) =>
    Object.hasOwn(muster.people, person) ? muster.people[person] : undefined;
  const personOf = (user: string): PersonId => bySlack.get(user) ?? `slack:${user}`;
  const languageOf = (user: string): Language =>
    configuredAs(personOf(user))?.language ?? profiles.get(user)?.language ?? muster.language;

  return {
    languageOf,
    personOf,
    async identify(user) {
      const person = personOf(user);
      const configured = configuredAs(person);
      const profile = await (configured
        ? Promise.race([profileOf(user), setTimeout(patienceMs, null, { ref: false })])
        : profileOf(user));
      return {
        user,
        person,
        name: configured?.name ?? profile?.name ?? user,
        language: languageOf(user),
        // The operators named them, so they are trusted while Slack cannot answer.
        standing: profile?.standing ?? (configured ? 'member' : 'unverified'),
        by: { kind: 'person', person, via: 'slack' },
      };
    },
    find(typed, asker) {
      const text = typed.trim();
      if (/^(me|나|저)$/i.test(text)) return asker.person;
      const user =
        /^<@([UW][A-Z0-9]+)(?:\|[^>]*)?>$/.exec(text)?.[1] ??
        /^[UW](?=[A-Z]*\d)[A-Z0-9]{2,}$/.exec(text)?.[0];
      if (user) return personOf(user);
      const wanted = text.replace(/^@/, '').toLowerCase();
      const found = Object.entries(muster.people).filter(
        ([person, { name }]) => person.toLowerCase() === wanted || name.toLowerCase() === wanted,
      );
      if (found.length > 0) return found.length === 1 ? found[0]![0] : null;
      const met = [...profiles].filter(([, { name }]) => name.toLowerCase() === wanted);
      return met.length === 1 ? personOf(met[0]![0]) : null;
    },
    nameOf: (person) => {
      const user = person.startsWith('slack:') ? person.slice('slack:'.length) : null;
      return configuredAs(person)?.name ?? (user && profiles.get(user)?.name) ?? user ?? person;
    },
  };
}

function standingOf(info: z.infer<typeof Info>['user'], teamId: string): Standing {
  if (info.is_bot) return 'bot';
  const teams = [info.team_id ?? teamId, ...(info.enterprise_user?.teams ?? [])];
  if (info.is_stranger || info.deleted || !teams.includes(teamId)) return 'stranger';
  return info.is_restricted || info.is_ultra_restricted ? 'guest' : 'member';
}
