import type { Command, Decision } from '../incident/commands.ts';
import { isRefusal } from '../incident/commands.ts';
import type { Live } from '../incident/state.ts';
import type { StepState } from '../incident/steps.ts';
import { Failure } from '../kit/failure.ts';
import { messagesIn } from './messages.ts';
import type { RunbookCommand, StepJob } from './plan.ts';
import type { Catalogue } from './registry.ts';
import { actionHash } from './render.ts';
import { type RunnerDeps, runStep } from './run-step.ts';
import type { Json, Step } from './step.ts';

type Intend = { type: 'IntendStep'; run: string; step: string; attempt: number; hash: string };

/** What a step's job needs from the house. */
export type StepJobDeps = RunnerDeps & {
  catalogue: Catalogue;
  /** The incident as it is now, or null when there is none. */
  load: (incident: number) => Promise<Live | null>;
  /** Hands a command to the incident (the caller adds `at` and `by`) and gives back what was decided. */
  send: (incident: number, command: RunbookCommand | Intend) => Promise<Decision>;
  /** Takes the target for at most `ms`, or says which incident holds it. Both kinds of changes on one target exclude each other. */
  lock: (
    target: string,
    holder: string,
    ms: number,
  ) => Promise<{ release: () => Promise<void> } | { heldBy: string }>;
};

/**
 * Performs one attempt of one step. Reads may be repeated after a crash. A change runs only in the job whose record of intent was
 * written, so it runs once; a job that finds the intent already there reports an unknown outcome instead of running.
 */
export async function runStepJob(job: StepJob, deps: StepJobDeps, stop?: AbortSignal): Promise<void> {
  const state = await deps.load(job.incident);
  const step = state?.runs.find(({ run }) => run === job.run)?.steps.find(({ id }) => id === job.step);
  if (!state || !step || step.attempt !== job.attempt) return;
  const entry = deps.catalogue.get(step.uses);
  const log = deps.log.child({ incident: job.incident, run: job.run, step: job.step, attempt: job.attempt });
  const scene = { job, step, entry, state, deps: { ...deps, log } };
  if (step.effect === 'change') await performChange(scene, stop);
  else if (step.effect === 'read' && (step.phase.is === 'waiting' || step.phase.is === 'running')) {
    await performRead(scene, stop);
  }
}

type Scene = { job: StepJob; step: StepState; entry: Step | undefined; state: Live; deps: StepJobDeps };

async function performRead({ job, step, entry, state, deps }: Scene, stop?: AbortSignal): Promise<void> {
  const { incident, run, attempt } = job;
  const named = { run, step: job.step, attempt };
  if (step.phase.is === 'waiting') await deps.send(incident, { type: 'RecordStepStarted', ...named });
  const report = await perform(entry, step, state, deps, stop);
  // An orderly stop is no finding: the job goes back to the queue.
  if (stop?.aborted)
    throw new Failure({
      code: 'stopped',
      what: 'The worker is stopping',
      remedy: 'It runs again elsewhere.',
    });
  await deps.send(incident, { type: 'RecordStep', ...named, report });
}

async function performChange({ job, step, entry, state, deps }: Scene, stop?: AbortSignal): Promise<void> {
  const { incident, run, attempt } = job;
  const named = { run, step: job.step, attempt };
  const say = messagesIn(state.language);
  if (step.phase.is === 'intended') {
    await deps.send(incident, { type: 'RecordStepUnknown', ...named, why: say.workerDied });
    return;
  }
  if (step.phase.is !== 'approved') return;
  const hash = actionHash(incident, run, step);
  const lock = await deps.lock(step.target, `inc-${incident}`, step.timeoutMs + 5000);
  if ('heldBy' in lock) {
    throw new Failure({
      code: 'target-locked',
      what: 'Another change is running on the same target',
      value: `${step.target}, held by ${lock.heldBy}`,
      remedy: 'It is tried again when the other one is over.',
      retryAfterMs: 2000,
    });
  }
  try {
    const intended = await deps.send(incident, { type: 'IntendStep', ...named, hash });
    if (isRefusal(intended) || intended.length === 0) {
      deps.log.warn(
        { refused: isRefusal(intended) ? intended.refused : 'already-intended' },
        'Change not run',
      );
      return;
    }
    const report = await perform(entry, step, state, deps, stop);
    await deps.send(
      incident,
      report.verdict === 'unknown'
        ? { type: 'RecordStepUnknown', ...named, why: report.sentence }
        : { type: 'RecordStep', ...named, report },
    );
  } finally {
    await lock.release();
  }
}

async function perform(
  entry: Step | undefined,
  step: StepState,
  state: Live,
  deps: StepJobDeps,
  stop: AbortSignal | undefined,
) {
  if (entry) return runStep(entry, step.input as Json, state.language, deps, stop);
  const sentence = messagesIn(state.language).unknownStep(step.uses);
  const evidence = { columns: [], rows: [] };
  return { verdict: 'unknown' as const, sentence, evidence, facts: {}, startedAt: deps.now(), ms: 0 };
}

/** The commands a job may send, for the caller's wiring. */
export type StepJobCommand = RunbookCommand | Intend;

/** A job's command with its author and time, as the incident takes it. */
export const signed = (command: StepJobCommand, at: number): Command =>
  ({ ...command, at, by: { kind: 'muster', rule: 'runbook' } }) as Command;
