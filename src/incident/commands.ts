import type { Happened, LevelReached, PageFailed, PageSent, Treatment } from './events.ts';
import type { FilledSteps, ManualAnswer, PinnedRunbook, StepReport } from './steps.ts';
import type { Actor, Alert, Exhibit, Language, PersonId, Role, Severity } from './words.ts';

/** How severities are treated: taken from muster.yaml, carried by the commands that may change the severity. */
export type Treatments = Record<Severity, Treatment>;

/** Who should hold which role, by the on-call schedule; `null` when nobody is scheduled. */
export type RoleProposals = { role: Role; person: PersonId | null; rule: string }[];

/** What opening an incident needs beside the alerts; names and people arrive from outside, the core looks nothing up. */
export type Opening = {
  key: string;
  title: string;
  severity: Severity;
  rule: string;
  grouping: string;
  service: string | null;
  language: Language;
  treatments: Treatments;
  roles: RoleProposals;
};

/** Imperatives. `at` is epoch milliseconds, `by` is who asks. */
export type Command = { at: number; by: Actor } & (
  | {
      type: 'ReceiveAlerts';
      opening: Opening;
      firing: Alert[];
      resolved: { fingerprint: string; at: number }[];
      /** How many alerts the sender left out. */
      truncated: number;
      reopenWithinMs: number;
    }
  | { type: 'Declare'; opening: Opening }
  | { type: 'ChangeSeverity'; to: Severity; reason: string | null; rule: string; treatments: Treatments }
  | { type: 'Acknowledge' }
  | { type: 'AssignRole'; role: Role; person: PersonId }
  | { type: 'AcceptRole'; role: Role }
  | { type: 'DeclineHandoff'; role: Role }
  | { type: 'StartLevel'; level: Omit<LevelReached, 'type'> }
  | { type: 'ReportNobodyOnCall'; round: number; level: number; rule: string }
  | { type: 'RecordPage'; page: PageSent | PageFailed }
  | { type: 'RecordChannel'; channel: string; name: string }
  | { type: 'RecordCard'; channel: string; ts: string }
  | { type: 'AddNote'; text: string; writtenAt: number; author: string; permalink: string | null }
  | { type: 'AddEvidence'; exhibit: Exhibit }
  | { type: 'PostUpdate'; text: string; audience: 'channel' | 'users' }
  | { type: 'Resolve'; rule: string; reason: string | null }
  | { type: 'Reopen'; rule: string; reason: string | null }
  | { type: 'StartRunbook'; runbook: PinnedRunbook; rule: string }
  | { type: 'RecordStepStarted'; run: string; step: string; attempt: number }
  | { type: 'RecordStep'; run: string; step: string; attempt: number; report: StepReport }
  | { type: 'RecheckStep'; run: string; step: string; attempt: number; report: StepReport }
  | { type: 'SkipStep'; run: string; step: string; why: string }
  | { type: 'RequestStep'; run: string; step: string }
  | {
      type: 'ProposeStep';
      run: string;
      step: string;
      hash: string;
      preview: string;
      filled?: FilledSteps;
    }
  | { type: 'ApproveStep'; run: string; step: string; hash: string; glass: string | null }
  | { type: 'DeclineStep'; run: string; step: string; reason: string | null }
  | { type: 'HoldUpStep'; run: string; step: string; attempt: number; holder: string }
  | { type: 'CancelRunbook'; run: string }
  | { type: 'IntendStep'; run: string; step: string; attempt: number; hash: string }
  | { type: 'RecordStepUnknown'; run: string; step: string; attempt: number; why: string }
  | { type: 'SettleStep'; run: string; step: string; happened: boolean; note: string | null }
  | { type: 'AnswerManual'; run: string; step: string; answer: ManualAnswer }
  | { type: 'RequestPostmortem'; rule: string }
  | { type: 'RecordPullRequest'; number: number | null; url: string; branch: string; sha: string }
  | { type: 'RecordReview'; kind: 'approved' | 'changes-requested' | 'commented'; reviewer: string }
  | { type: 'RecordPullRequestClosed'; merged: boolean; closer: string | null }
  | { type: 'Tick'; rules: TickRules }
);

/** The automatic changes an operator may configure; `null` switches one off. */
export type TickRules = { resolveAfterMs: number | null; takeIcAfterMs: number };

/** One kind of command. */
export type CommandOf<T extends Command['type']> = Extract<Command, { type: T }>;

/** Why a command was not allowed. The room that speaks to the person words it in their language. */
export type Refusal = {
  refused:
    | 'no-incident'
    | 'already-resolved'
    | 'not-resolved'
    | 'reason-needed'
    | 'no-such-step'
    | 'step-not-open'
    | 'not-permitted'
    | 'asker-cannot-approve'
    | 'approval-stale'
    | 'incident-changed'
    | 'second-person-needed'
    | 'glass-is-not-enough'
    | 'no-such-run'
    | 'no-offer-for-you'
    | 'no-pull-request'
    | 'another-is-open';
  detail?: string;
};

/** What decide answers: what happens now (an empty list: nothing changes), or why nothing may. */
export type Decision = Happened[] | Refusal;

/** True when a decision is a refusal. */
export const isRefusal = (decision: object): decision is Refusal => 'refused' in decision;

/** The person behind a command, or null when no person gave it. */
export const personOf = (by: Actor): PersonId | null => (by.kind === 'person' ? by.person : null);
