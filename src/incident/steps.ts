import type { Chart, Evidence, PersonId, Role, Verdict } from './words.ts';

/** A runbook as it was when the incident started it; later edits of the file do not touch a running one. */
export type PinnedRunbook = {
  /** `<name>@<version>`, unique within the incident. */
  run: string;
  name: string;
  /** Short hash of the file's content. */
  version: string;
  title: string;
  url: string | null;
  steps: PinnedStep[];
};

/** A step with every parameter filled in. */
export type PinnedStep = {
  id: string;
  /** The catalogue entry. */
  uses: string;
  title: string;
  effect: 'read' | 'change' | 'manual';
  /** The rendered input, plain JSON; secrets appear as references only. */
  input: unknown;
  target: string;
  /** What exactly will run, for changes. */
  preview: string | null;
  /** CEL over earlier verdicts and facts; null means always. */
  condition: string | null;
  /** Steps that must be over before this one may start. */
  needs: string[];
  /** The step that verifies this change. */
  check: string | null;
  /** Who may approve a change. */
  approvers: { roles: Role[]; people: PersonId[] };
  /** The worker location that must run it; null is any worker. */
  location: string | null;
  timeoutMs: number;
};

/** What a step reported. */
export type StepReport = {
  verdict: Verdict;
  sentence: string;
  /** The stable name of what is wrong, when a failed step is sure of it. */
  cause?: string;
  evidence: Evidence;
  chart?: Chart;
  facts: Record<string, unknown>;
  startedAt: number;
  ms: number;
};

/** A person's answer to a manual step. */
export type ManualAnswer = { done: boolean; note: string | null };

/**
 * Where a step stands. Reads go waiting → running → over. Changes go waiting → proposed → approved → intended → over,
 * and stop at `unknown` when nobody can tell whether they ran.
 */
export type StepPhase =
  | { is: 'waiting' }
  | { is: 'running'; since: number }
  | { is: 'proposed'; hash: string; since: number }
  | { is: 'approved'; hash: string; until: number; by: PersonId; glass: string | null }
  | { is: 'intended'; hash: string; since: number }
  | { is: 'unknown'; why: string; since: number }
  | { is: 'skipped'; why: string }
  | { is: 'declined'; by: PersonId; reason: string | null }
  | { is: 'over'; report: StepReport };

/**
 * A step of a running runbook. `attempt` counts from 1 and grows with every re-run; `requestedBy` is the person who asked
 * for this attempt, null when the runbook itself came to it.
 */
export type StepState = PinnedStep & { attempt: number; requestedBy: PersonId | null; phase: StepPhase };

/** A started runbook. */
export type RunState = Omit<PinnedRunbook, 'steps'> & { startedAt: number; steps: StepState[] };

/** True when nothing more will happen to the step by itself. */
export const isOver = (step: StepState): boolean =>
  step.phase.is === 'over' || step.phase.is === 'skipped' || step.phase.is === 'declined';
