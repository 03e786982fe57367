import type { Command } from '../../incident/commands.ts';
import type { StepJob } from './plan.ts';
import { runChange } from './run-change.ts';
import { runLook } from './run-look.ts';
import type { StepJobCommand, StepJobDeps } from './step-work.ts';

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
  const work = { job, step, entry, state, deps: { ...deps, log } };
  if (job.recheck > 0) {
    if (step.effect === 'read' && step.phase.is === 'over') await runLook(work, stop);
  } else if (step.effect === 'change') await runChange(work, stop);
  else if (step.effect === 'read' && (step.phase.is === 'waiting' || step.phase.is === 'running')) {
    await runLook(work, stop);
  }
}

/** A job's command with its author and time, as the incident takes it. */
export const signed = (command: StepJobCommand, at: number): Command =>
  ({ ...command, at, by: { kind: 'muster', rule: 'runbook' } }) as Command;
