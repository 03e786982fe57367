import type { Command } from '../incident/commands.ts';
import type { Handle } from '../incident/room.ts';
import { type Incident, incidentName } from '../incident/state.ts';
import type { PersonId } from '../incident/words.ts';
import { Failure } from '../kit/failure.ts';
import type { AcknowledgeView } from './acknowledge-page.ts';
import type { AcknowledgeToken } from './acknowledge-token.ts';
import { type PageSubject, readPageKey, type Who } from './page.ts';
import type { PagerDutyNews } from './pagerduty-door.ts';

/** What turning an answer from outside into a command needs. */
export type AnswersOptions = {
  load: (id: number) => Promise<Incident | null>;
  handle: Handle;
  /** The incident that is open under an incident key, if any. */
  incidentOf: (key: string) => Promise<number | null>;
  /** The person with this PagerDuty user id or e-mail address. */
  personOf: (user: PagerDutyNews['user']) => PersonId | undefined;
  who: Who;
  now: () => number;
};

/** Turns what people do outside Slack (acknowledge links, PagerDuty) into commands; for the doors of this room. */
export function createAnswers(options: AnswersOptions) {
  const { load, handle, incidentOf, personOf, who, now } = options;
  const nameOf = (person: PersonId): string => who(person)?.name ?? person;

  async function idOf(subject: PageSubject): Promise<number> {
    const id = 'incident' in subject ? subject.incident : await incidentOf(subject.group);
    if (id !== null) return id;
    throw new Failure({
      code: 'not-open-yet',
      what: 'The page was sent before its incident could be opened',
      remedy: 'It opens as soon as Redis is back; acknowledge it then.',
    });
  }

  function viewOf(incident: Incident | null, { person }: AcknowledgeToken): AcknowledgeView {
    if (incident === null) return { is: 'unknown' };
    const { state, id } = incident;
    const name = incidentName(id);
    if (state.status.is === 'resolved') return { is: 'resolved', name };
    if (state.acknowledged) return { is: 'acknowledged', name, by: nameOf(state.acknowledged.person) };
    const { severity, title, service, openedAt: since } = state;
    return { is: 'open', name, severity, title, service, since, person: nameOf(person) };
  }

  return {
    /** What an acknowledge link shows. */
    look: async (token: AcknowledgeToken): Promise<AcknowledgeView> =>
      viewOf(await load(await idOf(token.subject)), token),
    /** Acknowledges in the name of the person in the link, and shows what holds then. */
    async acknowledge(token: AcknowledgeToken): Promise<AcknowledgeView> {
      const id = await idOf(token.subject);
      const by = { kind: 'person', person: token.person, via: 'webhook' } as const;
      await handle(id, { type: 'Acknowledge', at: now(), by });
      return viewOf(await load(id), token);
    },
    /** Acknowledges or resolves what was acknowledged or resolved at PagerDuty; a key that is not ours is left alone. */
    async pagerduty(news: PagerDutyNews): Promise<void> {
      const page = readPageKey(news.dedupKey);
      if (!page) return;
      const person = personOf(news.user) ?? page.person;
      const base = { at: now(), by: { kind: 'person', person, via: 'pagerduty' } as const };
      const command: Command =
        news.kind === 'resolved'
          ? { ...base, type: 'Resolve', rule: 'resolved-at-pagerduty', reason: null }
          : { ...base, type: 'Acknowledge' };
      await handle(await idOf(page.subject), command);
    },
  };
}
