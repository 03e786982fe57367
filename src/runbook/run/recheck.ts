import type { Live } from '../../incident/state.ts';
import { isRepeated } from '../../incident/steps.ts';
import type { StepJob } from './plan.ts';

/** Looks that are due again, and when the next one will be (epoch milliseconds). */
export type Rechecks = { jobs: StepJob[]; wakeAt: number | null };

/**
 * A look that found something, or could not look, is repeated while the incident is open: every few minutes at first, later at
 * a twentieth of the incident's age, so that one forgotten for days costs little. Nothing is recorded unless the finding
 * changes. What nobody of `locations` would pick up is not queued: a worker that comes back should not find a day of it. `lastLook` says when a step was last queued again (epoch milliseconds), and how often.
 */
export function planRechecks(
  { id, state }: { id: number; state: Live },
  now: number,
  lastLook: (run: string, step: string) => { at: number; times: number } | null,
  locations: ReadonlySet<string>,
): Rechecks {
  const plan: Rechecks = { jobs: [], wakeAt: null };
  if (state.status.is === 'resolved') return plan;
  for (const run of state.runs) {
    for (const step of run.steps) {
      if (run.recheckMs === null || !isRepeated(run, step)) continue;
      const { startedAt, ms } = step.phase.report;
      const last = lastLook(run.run, step.id);
      const every = Math.max(run.recheckMs, (now - state.openedAt) / 20);
      const due = Math.max(startedAt + ms, last?.at ?? 0) + every;
      if (now < due) plan.wakeAt = Math.min(plan.wakeAt ?? due, due);
      else if (step.location !== null && !locations.has(step.location)) {
        plan.wakeAt = Math.min(plan.wakeAt ?? now + run.recheckMs, now + run.recheckMs);
      } else {
        const { attempt, location } = step;
        const recheck = (last?.times ?? 0) + 1;
        plan.jobs.push({ incident: id, run: run.run, step: step.id, attempt, recheck, location });
      }
    }
  }
  return plan;
}
