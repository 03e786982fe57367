import type { IncidentEvent, LevelReached, PageFailed, PageSent, Treatment } from './events.ts';
import type { RunState } from './steps.ts';
import type { Alert, Exhibit, Language, PersonId, Role, Severity } from './words.ts';

/** An alert as the incident knows it; `resolvedAt` is set once it stopped, `resolveSeenAt` is when we heard of it. */
export type KnownAlert = Alert & { resolvedAt: number | null; resolveSeenAt: number | null };

/** Who holds a role, and whether they said so themselves. `offer` is a pending hand-over. */
export type RoleState = {
  person: PersonId | null;
  accepted: boolean;
  since: number;
  rule: string;
  offer: { to: PersonId; at: number } | null;
};

/** Where the paging of an incident stands. A new round starts at opening, raise, reopening and repeat. */
export type PagingState = {
  round: number;
  roundStartedAt: number;
  levels: (Omit<LevelReached, 'type'> & { at: number })[];
  sent: (Omit<PageSent, 'type'> & { at: number })[];
  failed: (Omit<PageFailed, 'type'> & { at: number })[];
  /** Levels that reached nobody. */
  empty: { round: number; level: number; at: number }[];
};

/** The postmortem's pull request. `number` is null when it went to the local repository. */
export type PullRequestState = {
  number: number | null;
  url: string;
  branch: string;
  sha: string;
  state: 'open' | 'approved' | 'changes-requested' | 'merged' | 'closed';
};

/** Where the incident is in its life. */
export type Status =
  | { is: 'open' }
  | { is: 'recovering'; since: number }
  | { is: 'resolved'; at: number; by: PersonId | null; reason: string | null };

/** An incident that exists. */
export type Live = {
  key: string;
  title: string;
  severity: Severity;
  rule: string;
  grouping: string;
  source: 'alertmanager' | 'person';
  service: string | null;
  language: Language;
  treatment: Treatment;
  openedAt: number;
  status: Status;
  alerts: KnownAlert[];
  /** Alerts that the sender left out of its last delivery; people see "and N more". */
  truncated: number;
  roles: Record<Role, RoleState>;
  paging: PagingState;
  acknowledged: { person: PersonId; at: number } | null;
  channel: { id: string; name: string } | null;
  card: { channel: string; ts: string } | null;
  runs: RunState[];
  /** What people handed in. */
  exhibits: (Exhibit & { at: number })[];
  /** Identities of the notes taken, so that the same message is noted once. */
  notes: string[];
  lastUpdate: { text: string; at: number; by: PersonId | null } | null;
  postmortem: { requestedAt: number; pullRequest: PullRequestState | null } | null;
};

/** What the log amounts to: nothing yet, or a live incident. */
export type IncidentState = Live | null;

/** The state before the first event. */
export const initial: IncidentState = null;

/** An incident as it is loaded: its number, its log and what the log amounts to. `version` is the log's length. */
export type Incident = { id: number; version: number; events: IncidentEvent[]; state: Live };

/** The incident's name, as people and branches use it. */
export const incidentName = (id: number): string => `inc-${id}`;

/** The alerts that still fire. */
export const firing = (state: Live): KnownAlert[] =>
  state.alerts.filter((alert) => alert.resolvedAt === null);
