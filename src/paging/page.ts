import { createHash } from 'node:crypto';
import type { Incident } from '../incident/state.ts';
import { incidentName } from '../incident/state.ts';
import type { Language, PersonId, Severity } from '../incident/words.ts';

/** A person as pagers need them. What is missing, a pager that needs it reports as a failure. */
export type Recipient = {
  id: PersonId;
  name: string;
  language: Language;
  slack?: string | undefined;
  email?: string | undefined;
  pagerduty?: string | undefined;
};

/** Looks a person up; undefined when nobody of that id is known. */
export type Who = (person: PersonId) => Recipient | undefined;

/** What a page is about: an incident, or, while it could not be opened, a group of alerts under its incident key. */
export type PageSubject = { incident: number } | { group: string };

/** One page as a pager sends it. Its key stays the same over retries, so that folding by key shows it once. */
export type Page = {
  key: string;
  subject: PageSubject;
  /** `inc-42`, or null while there is no incident. */
  name: string | null;
  round: number;
  level: number;
  severity: Severity;
  title: string;
  service: string | null;
  /** Since when the trouble lasts, epoch milliseconds. */
  since: number;
  person: Recipient;
};

/** The part of a page that does not depend on what it is about. */
export type PageSpot = { key: string; round: number; level: number; person: PersonId; pager: string };

/**
 * A page's stable key: what it is about, round, level, person and pager (`inc-42.r1.l1.minji.slack`). The key of a group can
 * be longer than PagerDuty's 255 characters, so its hash stands for it.
 */
export function pageKey(subject: PageSubject, spot: Omit<PageSpot, 'key'>): string {
  const about =
    'incident' in subject
      ? incidentName(subject.incident)
      : `group-${createHash('sha256').update(subject.group).digest('hex').slice(0, 24)}`;
  return `${about}.r${spot.round}.l${spot.level}.${spot.person}.${spot.pager}`;
}

/** The page for one person of an incident. It lasts since its oldest firing alert, or since it was opened. */
export function pageOf({ id, state }: Incident, spot: PageSpot, person: Recipient): Page {
  const began = state.alerts.filter((alert) => alert.resolvedAt === null).map((alert) => alert.startsAt);
  return {
    key: spot.key,
    subject: { incident: id },
    name: incidentName(id),
    round: spot.round,
    level: spot.level,
    severity: state.severity,
    title: state.title,
    service: state.service,
    since: Math.min(state.openedAt, ...began),
    person,
  };
}
