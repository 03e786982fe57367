import type { Command, Decision } from '../../incident/commands.ts';
import { isRefusal } from '../../incident/commands.ts';
import type { Live } from '../../incident/state.ts';
import { type StepReport, type StepState, verifiedBy } from '../../incident/steps.ts';
import { Failure } from '../../kit/failure.ts';
import { messagesIn } from '../messages.ts';
import type { Catalogue } from '../registry.ts';
import type { Json, Step } from '../step.ts';
import type { RunbookCommand, StepJob } from './plan.ts';
import { actionHash, lookName } from './render.ts';
import { type RunnerDeps, runStep } from './run-step.ts';

type Intend = { type: 'IntendStep'; run: string; step: string; attempt: number; hash: string };

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
  send: (incident: number, command: RunbookCommand | Intend) => Promise<Decision>;
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
  if (job.recheck > 0) {
    if (step.effect === 'read' && step.phase.is === 'over') await performRead(scene, stop);
  } else if (step.effect === 'change') await performChange(scene, stop);
  else if (step.effect === 'read' && (step.phase.is === 'waiting' || step.phase.is === 'running')) {
    await performRead(scene, stop);
  }
}

/** Locks and places outlive a step's own budget by this much; after that a worker counts as dead. */
const marginMs = 10_000;

type Scene = { job: StepJob; step: StepState; entry: Step | undefined; state: Live; deps: StepJobDeps };

async function performRead(scene: Scene, stop?: AbortSignal): Promise<void> {
  const { job, step, state, deps } = scene;
  const { incident, run, attempt } = job;
  if (job.recheck === 0 && step.phase.is === 'waiting')
    await deps.send(incident, { type: 'RecordStepStarted', run, step: job.step, attempt });
  const pinned = state.runs.find((one) => one.run === run)!;
  // A person who asks wants a look of now, and one that verifies a change must come after it.
  if (step.requestedBy !== null || verifiedBy(pinned, step).length > 0) {
    return tell(job, await look(scene, stop), deps);
  }
  const name = lookName(step, state.language);
  const shared = await deps.looks.share(name, job, step.timeoutMs + marginMs);
  // Whoever is at it reports for us; should they die, our job comes again.
  if (shared === 'waits') return;
  if (shared !== 'leads') return tell(job, shared.found, deps);
  let report: StepReport | null = null;
  try {
    report = await look(scene, stop);
  } catch (error) {
    // Who comes back stays the one who looks; else those who wait have to find another.
    const comesBack = error instanceof Failure && error.retryAfterMs !== undefined;
    const waiting = comesBack ? [] : await deps.looks.finish(name, null);
    for (const other of waiting) await deps.queue(other, state);
    throw error;
  }
  await tell(job, report, deps);
  for (const other of await deps.looks.finish(name, report)) await tell(other, report, deps);
}

/** Records what was found; of a repeated look only when it differs. */
async function tell(
  { incident, run, step, attempt, recheck }: StepJob,
  report: StepReport,
  deps: StepJobDeps,
) {
  const type = recheck > 0 ? 'RecheckStep' : 'RecordStep';
  await deps.send(incident, { type, run, step, attempt, report });
}

/** How often a running look asks whether somebody cancelled it. */
const askEveryMs = 1000;

/** One look, within what its target can bear. */
async function look({ job, step, entry, state, deps }: Scene, stop?: AbortSignal): Promise<StepReport> {
  const leave = await deps.looks.admit(step.target, step.timeoutMs + marginMs);
  if ('waitMs' in leave) {
    throw new Failure({
      code: 'target-busy',
      what: 'Enough others look at the same target',
      value: step.target,
      remedy: 'It is tried again by itself.',
      retryAfterMs: leave.waitMs,
    });
  }
  const cancelled = new AbortController();
  const ask = async (): Promise<void> => {
    const now = await deps.load(job.incident);
    if (now && !isWanted(now, job)) cancelled.abort();
  };
  const timer = setInterval(() => void ask().catch(() => {}), askEveryMs);
  try {
    const signals = [cancelled.signal, ...(stop ? [stop] : [])];
    const report = await perform(entry, step, state, deps, AbortSignal.any(signals));
    // An orderly stop is no finding: the job goes back to the queue.
    if (cancelled.signal.aborted) throw stopped('The runbook was cancelled');
    if (stop?.aborted) throw stopped('The worker is stopping', handOverMs);
    return report;
  } finally {
    clearInterval(timer);
    await leave.done();
  }
}

/** A worker that stops leaves its looks to the next one that asks; it asks for none itself any more. */
const handOverMs = 100;

const stopped = (what: string, retryAfterMs?: number): Failure =>
  new Failure({
    code: 'stopped',
    what,
    remedy: 'Whoever still wants it runs it again.',
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  });

function isWanted(state: Live, job: StepJob): boolean {
  const step = state.runs.find(({ run }) => run === job.run)?.steps.find(({ id }) => id === job.step);
  return step !== undefined && step.attempt === job.attempt && step.phase.is !== 'cancelled';
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
  const hash = actionHash(incident, run, step, step.phase.scene);
  const lock = await deps.lock(step.target, `inc-${incident}`, step.timeoutMs + marginMs);
  if ('heldBy' in lock) {
    await deps.send(incident, { type: 'HoldUpStep', ...named, holder: lock.heldBy });
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
