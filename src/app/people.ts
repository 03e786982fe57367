import type { Muster } from '../config/muster-yaml.ts';
import type { Language, PersonId } from '../incident/words.ts';

/** A person as the rooms need them. */
export type Known = {
  id: PersonId;
  name: string;
  language: Language;
  slack: string | undefined;
  email: string | undefined;
  github: string | undefined;
  pagerduty: string | undefined;
};

/** Looks people up by what the outside world calls them. Somebody who is not configured is known by their Slack id only. */
export function createPeople(muster: Pick<Muster, 'people' | 'language'>) {
  const known = new Map<PersonId, Known>(
    Object.entries(muster.people).map(([id, person]) => [
      id,
      {
        id,
        name: person.name,
        language: person.language ?? muster.language,
        slack: person.slack,
        email: person.email,
        github: person.github,
        pagerduty: person.pagerduty,
      },
    ]),
  );
  const all = [...known.values()];

  const byId = (id: PersonId): Known | undefined => {
    if (!id.startsWith('slack:')) return known.get(id);
    const slack = id.slice(6);
    return {
      id,
      name: slack,
      language: muster.language,
      slack,
      email: undefined,
      github: undefined,
      pagerduty: undefined,
    };
  };

  return {
    byId,
    nameOf: (id: PersonId): string => byId(id)?.name ?? id,
    /** The person behind an account at PagerDuty; their e-mail stands in where no id is configured. */
    byPagerDuty: (user: { id: string; email: string | null }): Known | undefined =>
      all.find((one) => one.pagerduty === user.id) ??
      all.find((one) => one.email && one.email === user.email),
    byGithub: (login: string): Known | undefined =>
      all.find((one) => one.github?.toLowerCase() === login.toLowerCase()),
    githubLogins: (ids: readonly PersonId[]): string[] => ids.flatMap((id) => byId(id)?.github ?? []),
  };
}

/** What {@link createPeople} gives. */
export type People = ReturnType<typeof createPeople>;
