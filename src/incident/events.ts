import type { Changed, Scene } from './scene.ts';
import type { FilledSteps, ManualAnswer, PinnedRunbook, StepReport } from './steps.ts';
import type { Actor, Alert, Exhibit, Language, PersonId, Role, Severity, Verdict } from './words.ts';

/** How an incident of some severity is treated; taken from muster.yaml when the incident opens or its severity changes. */
export type Treatment = { page: boolean; channel: boolean };

/** One rung of the escalation ladder as it was climbed: who is reached, through which pagers, and by which rule. */
export type LevelReached = {
  type: 'LevelReached';
  round: number;
  level: number;
  people: PersonId[];
  via: string[];
  fallback: string[];
  rule: string;
};

/** What happened to one page. `key` is stable over retries: incident, round, level, person, pager. */
export type PageSent = {
  type: 'PageSent';
  key: string;
  round: number;
  level: number;
  person: PersonId;
  pager: string;
  /** Where the page can be found again (PagerDuty dedup key, channel and ts of a direct message). */
  ref?: Record<string, string>;
};

export type PageFailed = {
  type: 'PageFailed';
  key: string;
  round: number;
  level: number;
  person: PersonId;
  pager: string;
  code: string;
  why: string;
  /** Epoch milliseconds of the next try, or null when trying again cannot help. */
  retryAt: number | null;
};

/** Everything that can happen to an incident. Written once, never changed; every other view is a rendering of these. */
export type Happened =
  | {
      type: 'IncidentOpened';
      key: string;
      title: string;
      severity: Severity;
      rule: string;
      source: 'alertmanager' | 'person';
      service: string | null;
      /** The grouping rule that made the key, for `/incident why`. */
      grouping: string;
      alerts: Alert[];
      /** How many alerts the sender left out (`max_alerts`). */
      truncated: number;
      treatment: Treatment;
      language: Language;
    }
  | { type: 'AlertsFired'; alerts: Alert[]; truncated: number }
  | { type: 'AlertsResolved'; alerts: { fingerprint: string; at: number }[] }
  | {
      type: 'SeverityChanged';
      from: Severity;
      to: Severity;
      rule: string;
      reason: string | null;
      treatment: Treatment;
    }
  | { type: 'RoleProposed'; role: Role; person: PersonId; rule: string }
  | { type: 'RoleAccepted'; role: Role; person: PersonId; rule: string }
  | { type: 'HandoffOffered'; role: Role; from: PersonId | null; to: PersonId }
  | { type: 'HandoffDeclined'; role: Role; to: PersonId }
  | LevelReached
  | { type: 'NobodyOnCall'; round: number; level: number; rule: string }
  | PageSent
  | PageFailed
  | { type: 'Acknowledged'; person: PersonId; wasPaged: boolean }
  | { type: 'ChannelCreated'; channel: string; name: string }
  | { type: 'CardPosted'; channel: string; ts: string }
  | { type: 'NoteAdded'; text: string; writtenAt: number; author: string; permalink: string | null }
  | { type: 'EvidenceAdded'; exhibit: Exhibit }
  | { type: 'UpdatePosted'; text: string; audience: 'channel' | 'users' }
  | { type: 'RecoveryProposed'; rule: string }
  | { type: 'Resolved'; rule: string; reason: string | null }
  | { type: 'Reopened'; rule: string; reason: string | null }
  | { type: 'RunbookStarted'; runbook: PinnedRunbook; rule: string }
  | { type: 'StepStarted'; run: string; step: string; attempt: number }
  | { type: 'StepFinished'; run: string; step: string; attempt: number; report: StepReport }
  /** A look that was repeated found something else than before. */
  | {
      type: 'StepRechecked';
      run: string;
      step: string;
      attempt: number;
      before: Verdict;
      report: StepReport;
    }
  | { type: 'StepSkipped'; run: string; step: string; why: string }
  /** `asker` is who wants the step; null where it only starts over, because a change turned out not to have run. */
  | { type: 'StepRequested'; run: string; step: string; attempt: number; asker: PersonId | null }
  | {
      type: 'StepProposed';
      run: string;
      step: string;
      hash: string;
      preview: string;
      scene: Scene;
      /** Inputs that name facts, as they will run; absent where none does. */
      filled?: FilledSteps;
      /** What made a proposal be made again; empty the first time. */
      changed: Changed;
    }
  /** The first of two approvals. */
  | { type: 'StepSeconded'; run: string; step: string; hash: string }
  | { type: 'StepApproved'; run: string; step: string; hash: string; until: number; glass: string | null }
  | { type: 'StepDeclined'; run: string; step: string; reason: string | null }
  | { type: 'ApprovalExpired'; run: string; step: string }
  | { type: 'StepIntended'; run: string; step: string; attempt: number; hash: string }
  | { type: 'StepOutcomeUnknown'; run: string; step: string; attempt: number; why: string }
  /** Another incident (`holder`) acts on the same target; the step waits for it. */
  | { type: 'StepHeldUp'; run: string; step: string; attempt: number; holder: string }
  | { type: 'RunbookCancelled'; run: string }
  | { type: 'ManualAnswered'; run: string; step: string; answer: ManualAnswer }
  | { type: 'PostmortemRequested'; rule: string }
  | { type: 'PullRequestOpened'; number: number | null; url: string; branch: string; sha: string }
  | { type: 'PullRequestReviewed'; kind: 'approved' | 'changes-requested' | 'commented'; reviewer: string }
  | { type: 'PullRequestClosed'; merged: boolean; closer: string | null };

/** One entry of the log: what happened, when (epoch milliseconds) and by whom. */
export type IncidentEvent = Happened & { at: number; by: Actor };

/** The name of an event, for tables that must have a row for each. */
export type EventType = Happened['type'];

/** One kind of event. */
export type EventOf<T extends EventType> = Extract<IncidentEvent, { type: T }>;
