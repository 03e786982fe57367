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

/** PagerDuty takes keys of up to 255 characters; the rest of the key needs room too. */
const longestGroup = 150;

/** A page's stable key: what it is about, round, level, person and pager (`inc-42.r1.l1.minji.slack`). */
export function pageKey(subject: PageSubject, spot: Omit<PageSpot, 'key'>): string {
  return `${subjectKey(subject)}.r${spot.round}.l${spot.level}.${spot.person}.${spot.pager}`;
}

function subjectKey(subject: PageSubject): string {
  if ('incident' in subject) return incidentName(subject.incident);
  const text = Buffer.from(subject.group).toString('base64url');
  if (text.length <= longestGroup) return `group-${text}`;
  return `long-group-${createHash('sha256').update(subject.group).digest('hex').slice(0, 32)}`;
}

/** What a page's key says about it; null for a key that is not ours, or of a group whose key was too long to be kept in it. */
export function readPageKey(key: string): { subject: PageSubject; person: PersonId } | null {
  const parts = /^(?:inc-(\d{1,15})|group-([\w-]+))\.r\d+\.l\d+\.(.+)\.[^.]+$/.exec(key);
  if (!parts) return null;
  const [, incident, group = '', person = ''] = parts;
  if (incident !== undefined) return { subject: { incident: Number(incident) }, person };
  return { subject: { group: Buffer.from(group, 'base64url').toString('utf8') }, person };
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
