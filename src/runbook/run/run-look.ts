import type { Live } from '../../incident/state.ts';
import { type StepReport, verifiedBy } from '../../incident/steps.ts';
import { Failure } from '../../kit/failure.ts';
import type { StepJob } from './plan.ts';
import { lookName } from './render.ts';
import { marginMs, perform, type StepJobDeps, type StepWork } from './step-work.ts';

/**
 * Looks, and records what was found. A look that somebody else is at, or made a moment ago, is not made again, unless a person asked or
 * it verifies a change.
 */
export async function runLook(work: StepWork, stop?: AbortSignal): Promise<void> {
  const { job, step, state, deps } = work;
  const { incident, run, attempt } = job;
  if (job.recheck === 0 && step.phase.is === 'waiting')
    await deps.send(incident, { type: 'RecordStepStarted', run, step: job.step, attempt });
  const pinned = state.runs.find((one) => one.run === run)!;
  // A person who asks wants a look of now, and one that verifies a change must come after it.
  if (step.requestedBy !== null || verifiedBy(pinned, step).length > 0) {
    return tell(job, await look(work, stop), deps);
  }
  const name = lookName(step, state.language);
  const shared = await deps.looks.share(name, job, step.timeoutMs + marginMs);
  // Whoever is at it reports for us; should they die, our job comes again.
  if (shared === 'waits') return;
  if (shared !== 'leads') return tell(job, shared.found, deps);
  let report: StepReport | null = null;
  try {
    report = await look(work, stop);
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
async function look(work: StepWork, stop?: AbortSignal): Promise<StepReport> {
  const { job, step, deps } = work;
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
    const report = await perform(work, AbortSignal.any(signals));
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
