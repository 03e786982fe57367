import type { Scene } from './scene.ts';
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
  /** Looks that found something are repeated this often while the incident is open, milliseconds; null: never. */
  recheckMs: number | null;
  /** The time all its looks together may take, milliseconds; later ones are left out. */
  budgetMs: number;
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
  /** Who may approve a change, and how many of them it takes. */
  approvers: { roles: Role[]; people: PersonId[]; count: 1 | 2 };
  /** Milliseconds after the start of the runbook before which it does not run by itself. */
  afterMs?: number;
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
 * and stop at `unknown` when nobody can tell whether they ran. `approvals` are those given while one is still missing;
 * `holder` is the incident that acts on the same target right now.
 */
export type StepPhase =
  | { is: 'waiting' }
  | { is: 'running'; since: number }
  | {
      is: 'proposed';
      hash: string;
      since: number;
      scene: Scene;
      approvals: { person: PersonId; at: number }[];
    }
  | {
      is: 'approved';
      hash: string;
      scene: Scene;
      until: number;
      by: PersonId[];
      glass: string | null;
      holder: string | null;
    }
  | { is: 'intended'; hash: string; since: number }
  | { is: 'unknown'; why: string; since: number }
  | { is: 'skipped'; why: string }
  | { is: 'declined'; by: PersonId; reason: string | null }
  | { is: 'cancelled'; by: PersonId | null }
  | { is: 'over'; report: StepReport };

/**
 * A step of a running runbook. `attempt` counts from 1 and grows with every re-run; `requestedBy` is the person who asked
 * for this attempt, null when the runbook itself came to it.
 */
export type StepState = PinnedStep & {
  attempt: number;
  requestedBy: PersonId | null;
  /** When this attempt was asked for, epoch milliseconds; 0 for the first. */
  requestedAt: number;
  phase: StepPhase;
  /** The input as the runbook has it, where a proposal put facts of earlier looks into it. */
  template: unknown;
  /** What a look found first, where one that came later found something else: the evidence of then is not lost. */
  found: StepReport | null;
};

/** Steps with facts of earlier looks put into their inputs: the proposed change, and the one that will verify it. */
export type FilledSteps = { step: string; input: unknown; target: string; preview: string | null }[];

/** A started runbook. */
export type RunState = Omit<PinnedRunbook, 'steps'> & { startedAt: number; steps: StepState[] };

/** True when nothing more will happen to the step by itself. */
export const isOver = (step: StepState): boolean =>
  ['over', 'skipped', 'declined', 'cancelled'].includes(step.phase.is);

/** The step id as the runbook's author wrote it: without the part (`listeners/inside`). */
export const writtenId = (id: string): string => id.split('/')[0]!;

/** The changes that a step, or the step it is a part of, verifies. */
export const verifiedBy = (run: { steps: readonly StepState[] }, step: Pick<StepState, 'id'>): StepState[] =>
  run.steps.filter(({ check }) => check === writtenId(step.id));

type Over = StepState & { phase: Extract<StepPhase, { is: 'over' }> };

/**
 * True for a look that is repeated while the incident is open: it found something, or could not look. A step that verifies a
 * change looked at what the change did; looking later would say something else.
 */
export const isRepeated = (
  run: Omit<RunState, 'steps'> & { steps: readonly StepState[] },
  step: StepState,
): step is Over =>
  run.recheckMs !== null &&
  step.effect === 'read' &&
  step.phase.is === 'over' &&
  step.phase.report.verdict !== 'pass' &&
  verifiedBy(run, step).length === 0;

/** True for what a cancelled runbook leaves undone; a change that runs or ran, and the step that verifies it, end by themselves. */
export function isCancellable(run: { steps: readonly StepState[] }, step: StepState): boolean {
  if (!['waiting', 'running', 'proposed', 'approved'].includes(step.phase.is)) return false;
  return !verifiedBy(run, step).some(({ phase }) => ['intended', 'unknown', 'over'].includes(phase.is));
}

/** True for a runbook that still does something by itself: a step is to come, runs, or is looked at again. */
export const isUnderWay = (run: RunState): boolean =>
  run.steps.some((step) => isCancellable(run, step) || isRepeated(run, step));

/** True for the catalogue entry that people answer with yes or no; other manual steps are done or not. */
export const isQuestion = ({ uses }: Pick<PinnedStep, 'uses'>): boolean => uses === 'question';
