import type { RequestHandler } from 'express';
import type { Handle } from '../incident/room.ts';
import { type Incident, incidentName } from '../incident/state.ts';
import type { PersonId } from '../incident/words.ts';
import type { Log } from '../kit/log.ts';
import { type AcknowledgeDoorOptions, createAcknowledgeDoor } from '../paging/acknowledge-door.ts';
import type { AcknowledgeView } from '../paging/acknowledge-page.ts';
import { createPagerDutyDoor, type PagerDutyNews } from '../paging/pagerduty-door.ts';
import type { Finder } from '../redis/find.ts';
import type { People } from './people.ts';

/** What the ways to answer a page need. */
export type PageDoors = {
  handle: Handle;
  find: Finder;
  people: People;
  linkSecret: string;
  pagerDutySecrets: string[];
  language: AcknowledgeDoorOptions['language'];
  now: () => number;
  report: Log;
};

/** The door behind acknowledge links. */
export function acknowledgeDoor(deps: PageDoors): RequestHandler {
  const { find, handle, people, now } = deps;
  const subject = async (token: {
    subject: { incident: number } | { group: string };
  }): Promise<Incident | null> => {
    const id = 'incident' in token.subject ? token.subject.incident : await find.byKey(token.subject.group);
    return id === null ? null : find.byId(id);
  };
  const show = (incident: Incident | null, person: PersonId): AcknowledgeView => {
    if (incident === null) return { is: 'unknown' };
    const { state, id } = incident;
    const name = incidentName(id);
    if (state.status.is === 'resolved') return { is: 'resolved', name };
    if (state.acknowledged) return { is: 'acknowledged', name, by: people.nameOf(state.acknowledged.person) };
    const { severity, title, service, openedAt: since } = state;
    return { is: 'open', name, severity, title, service, since, person: people.nameOf(person) };
  };
  return createAcknowledgeDoor({
    secret: deps.linkSecret,
    look: async (token) => show(await subject(token), token.person),
    acknowledge: async (token) => {
      const incident = await subject(token);
      if (incident === null) return { is: 'unknown' };
      const by = { kind: 'person', person: token.person, via: 'webhook' } as const;
      const outcome = await handle(incident.id, { type: 'Acknowledge', at: now(), by });
      return show('incident' in outcome ? outcome.incident : incident, token.person);
    },
    who: people.byId,
    language: deps.language,
    log: deps.report,
    now,
  });
}

/** The door for PagerDuty's webhooks: what is acknowledged or resolved there is acknowledged or resolved here. */
export function pagerDutyDoor(deps: PageDoors): RequestHandler {
  const { find, handle, people, now, report } = deps;
  const handleNews = async ({ dedupKey, kind, user }: PagerDutyNews): Promise<void> => {
    const id = await pagedIncident(find, dedupKey);
    if (id === null) {
      report.warn({ dedupKey, kind }, 'PagerDuty speaks of a page that no incident knows');
      return;
    }
    const person = people.byPagerDuty(user)?.id ?? `pagerduty:${user.id}`;
    const by = { kind: 'person', person, via: 'pagerduty' } as const;
    const at = now();
    await handle(
      id,
      kind === 'acknowledged'
        ? { type: 'Acknowledge', at, by }
        : { type: 'Resolve', at, by, rule: 'resolved-at-pagerduty', reason: null },
    );
  };
  return createPagerDutyDoor({
    secrets: deps.pagerDutySecrets,
    handle: handleNews,
    seen: (id) => find.seen(`pagerduty:${id}`),
    remember: (id) => find.remember(`pagerduty:${id}`),
    log: report,
  });
}

/** The incident a page belongs to: named by its key, or recorded in an incident that took a direct page over. */
async function pagedIncident(find: Finder, key: string): Promise<number | null> {
  const named = /^inc-(\d+)\./.exec(key);
  if (named) return Number(named[1]);
  const open = await find.open();
  return open.find(({ state }) => state.paging.sent.some((page) => page.key === key))?.id ?? null;
}
