import type { Decision } from '../../incident/commands.ts';
import type { Live } from '../../incident/state.ts';
import type { StepReport, StepState } from '../../incident/steps.ts';
import { messagesIn } from '../messages.ts';
import type { Catalogue } from '../registry.ts';
import type { Json, Step } from '../step.ts';
import type { RunbookCommand, StepJob } from './plan.ts';
import { type RunnerDeps, runStep } from './run-step.ts';

type Intend = { type: 'IntendStep'; run: string; step: string; attempt: number; hash: string };

/** The commands a job may send, for the caller's wiring. */
export type StepJobCommand = RunbookCommand | Intend;

/** What keeps equal looks of many incidents from becoming many probes. */
export type SharedLooks = {
  /** What to do about a look: take a fresh finding, leave it to whoever is at it (for at most `ms`), or make it. */
  share: (look: string, job: StepJob, ms: number) => Promise<{ found: StepReport } | 'waits' | 'leads'>;
  /** Ends a look that was made, and says which jobs wait for what it found (null: nothing to share). */
  finish: (look: string, report: StepReport | null) => Promise<StepJob[]>;
  /** Leave to probe `target` for at most `ms`, or how long to wait (milliseconds) because enough others are at it. */
  admit: (target: string, ms: number) => Promise<{ done: () => Promise<void> } | { waitMs: number }>;
};

/** What a step's job needs from the house. */
export type StepJobDeps = RunnerDeps & {
  catalogue: Catalogue;
  /** The incident as it is now, or null when there is none. */
  load: (incident: number) => Promise<Live | null>;
  /** Hands a command to the incident (the caller adds `at` and `by`) and gives back what was decided. */
  send: (incident: number, command: StepJobCommand) => Promise<Decision>;
  looks: SharedLooks;
  /** Queues a job; one that waits under its name already is not doubled. `state` is that of any incident that wants it. */
  queue: (job: StepJob, state: Live) => Promise<void>;
  /** Takes the target for at most `ms`, or says which incident holds it. Both kinds of changes on one target exclude each other. */
  lock: (
    target: string,
    holder: string,
    ms: number,
  ) => Promise<{ release: () => Promise<void> } | { heldBy: string }>;
};

/** One attempt of one step, with everything it is done with. */
export type StepWork = {
  job: StepJob;
  step: StepState;
  entry: Step | undefined;
  state: Live;
  deps: StepJobDeps;
};

/** Locks and places outlive a step's own budget by this much; after that a worker counts as dead. */
export const marginMs = 10_000;

/** Runs the step itself; one that this version does not have is the verdict `unknown`. */
export async function perform(
  { step, entry, state, deps }: StepWork,
  stop: AbortSignal | undefined,
): Promise<StepReport> {
  if (entry) return runStep(entry, step.input as Json, state.language, deps, stop);
  const sentence = messagesIn(state.language).unknownStep(step.uses);
  const evidence = { columns: [], rows: [] };
  return { verdict: 'unknown', sentence, evidence, facts: {}, startedAt: deps.now(), ms: 0 };
}
