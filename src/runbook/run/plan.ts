import type { Command, CommandOf } from '../../incident/commands.ts';
import { hasLapsed } from '../../incident/decisions/approvals.ts';
import type { Live } from '../../incident/state.ts';
import {
  isOver,
  type RunState,
  type StepPhase,
  type StepState,
  verifiedBy,
  writtenId,
} from '../../incident/steps.ts';
import { messagesIn } from '../messages.ts';
import type { Catalogue } from '../registry.ts';
import { isNeeded } from './is-needed.ts';
import { type Change, proposalOf } from './proposal.ts';

type Names =
  | 'RecordStepStarted'
  | 'RecordStep'
  | 'SkipStep'
  | 'RequestStep'
  | 'ProposeStep'
  | 'RecordStepUnknown'
  | 'RecheckStep'
  | 'HoldUpStep'
  | 'SettleStep';

type Unsigned<T extends Command['type']> = T extends unknown ? Omit<CommandOf<T>, 'at' | 'by'> : never;

/** What the plan asks the incident to record; the caller adds when and by whom (`muster`, rule `runbook-plan`). */
export type RunbookCommand = Unsigned<Names>;

/**
 * A job for one attempt of one step. It carries names only; the worker reads the input from the incident. `recheck` counts the
 * quiet repetitions of a look whose attempt is over; 0 is the attempt itself.
 */
export type StepJob = {
  incident: number;
  run: string;
  step: string;
  attempt: number;
  recheck: number;
  location: string | null;
};

/** What is to be done now. `wakeAt` is when to plan again although nothing was recorded (epoch milliseconds). */
export type RunbookPlan = { commands: RunbookCommand[]; jobs: StepJob[]; wakeAt: number | null };

/** Added to a step's own time-out before its worker is given up: queueing, start-up and the record itself. */
export const graceMs = 30_000;

/** A job for a location that nobody picked up in this time is answered with `unknown` and the command to type. */
export const pickUpMs = 60_000;

/**
 * Says what the runbooks of an incident need now: jobs to queue (ids are stable, so naming one twice is harmless), changes to
 * propose, steps to skip, outcomes that nobody will report any more. Pure; an empty plan means that nothing is to be done
 * before `wakeAt`. `locations` are those with a live worker.
 */
export function planRunbook(
  incident: { id: number; state: Live },
  now: number,
  locations: ReadonlySet<string>,
  catalogue: Catalogue,
): RunbookPlan {
  const plan: RunbookPlan = { commands: [], jobs: [], wakeAt: null };
  for (const run of incident.state.runs) {
    for (const step of run.steps) planStep({ ...incident, now, locations, catalogue, run, step, plan });
  }
  return plan;
}

type Scene = Change & { now: number; locations: ReadonlySet<string>; plan: RunbookPlan };

function planStep(scene: Scene): void {
  const { step, run, now, plan, state } = scene;
  const named = { run: run.run, step: step.id };
  const say = messagesIn(state.language);
  const { phase } = step;
  if (phase.is === 'waiting') planWaiting(scene);
  else if (phase.is === 'running' && step.effect === 'read') {
    // The queue repeats a job whose worker died; naming it again also heals a job that was lost altogether.
    if (!wait(plan, now, phase.since + step.timeoutMs + graceMs)) queue(scene);
  } else if (phase.is === 'proposed' || phase.is === 'approved') planOpen(scene, phase);
  else if (phase.is === 'intended') {
    if (!wait(plan, now, phase.since + step.timeoutMs + graceMs)) {
      plan.commands.push({ type: 'RecordStepUnknown', ...named, attempt: step.attempt, why: say.workerDied });
    }
  } else if (phase.is === 'unknown') {
    const checks = run.steps.filter(({ id }) => writtenId(id) === step.check);
    const reports = checks.flatMap((check) => (check.phase.is === 'over' ? [check.phase.report] : []));
    // A warning may be what the change was to end: only a check that finds all well can say that it ran.
    const well = reports.filter(({ verdict, startedAt }) => verdict === 'pass' && startedAt >= phase.since);
    if (well[0] && well.length === checks.length) {
      plan.commands.push({
        type: 'SettleStep',
        ...named,
        happened: true,
        note: say.checkSays(well[0].sentence),
      });
    }
  } else if ((phase.is === 'over' || phase.is === 'skipped') && (isStale(scene) || isMissed(scene))) {
    plan.commands.push({ type: 'RequestStep', ...named });
  }
}

function planWaiting(scene: Scene): void {
  const { step, run, state, plan, now } = scene;
  const say = messagesIn(state.language);
  const named = { run: run.run, step: step.id };
  const verified = verifiedBy(run, step);
  const blocked = run.steps.some(
    (other) =>
      step.needs.includes(other.id) &&
      !isOver(other) &&
      !(verified.includes(other) && other.phase.is === 'unknown'),
  );
  if (blocked) return;
  const { afterMs = 0, requestedBy } = step;
  if (afterMs > 0 && requestedBy === null && wait(plan, now, run.startedAt + afterMs)) return;
  if (verified.length > 0 && !verified.some((change) => hasRun(change))) {
    plan.commands.push({ type: 'SkipStep', ...named, why: say.changeDidNotRun });
    return;
  }
  if (state.status.is === 'resolved' && verified.length === 0) return;

  // A person who asks for a step has decided already.
  const needed = step.condition === null || step.requestedBy !== null || isNeeded(run, state, step.condition);
  if (needed !== true) {
    const why = needed === false ? say.conditionFalse : needed.error;
    plan.commands.push({ type: 'SkipStep', ...named, why });
  } else if (step.effect === 'manual') {
    plan.commands.push({ type: 'RecordStepStarted', ...named, attempt: step.attempt });
  } else if (step.effect === 'change') {
    const proposal = proposalOf(scene);
    const shown = typeof proposal !== 'string';
    plan.commands.push(shown ? proposal : { type: 'SkipStep', ...named, why: proposal });
  } else if (step.requestedBy === null && isOutOfTime(run, step)) {
    plan.commands.push({ type: 'SkipStep', ...named, why: say.budgetSpent(String(run.budgetMs / 1000)) });
  } else if (step.location !== null && !isServed(scene, step.location)) {
    const report = {
      verdict: 'unknown' as const,
      sentence: say.noWorker(step.location),
      evidence: { columns: [], rows: [] },
      facts: {},
      startedAt: now,
      ms: 0,
    };
    plan.commands.push({ type: 'RecordStep', ...named, attempt: step.attempt, report });
  } else queue(scene);
}

/** A proposal stands while what it rests on does; where that changed it is made again or, when nobody needs it now, withdrawn. */
function planOpen(scene: Scene, phase: Extract<StepPhase, { is: 'proposed' | 'approved' }>): void {
  const { step, run, state, plan, now } = scene;
  if (state.status.is === 'resolved') return;
  // What is being looked at again is no finding yet.
  if (run.steps.some((other) => step.needs.includes(other.id) && !isOver(other))) return;
  const unneeded =
    step.condition !== null && step.requestedBy === null && isNeeded(run, state, step.condition) === false;
  const proposal = unneeded ? messagesIn(state.language).conditionFalse : proposalOf(scene);
  if (typeof proposal === 'string') {
    if (phase.is === 'proposed')
      plan.commands.push({ type: 'SkipStep', run: run.run, step: step.id, why: proposal });
  } else if (proposal.hash !== phase.hash || hasLapsed(step, state)) plan.commands.push(proposal);
  else if (phase.is === 'approved') {
    if (now < phase.until) queue(scene);
    wait(plan, now, phase.until);
  }
}

/** True for a look for which the run has no time left; one that verifies a change is made whatever it takes. */
function isOutOfTime(run: RunState, step: StepState): boolean {
  if (step.effect !== 'read' || verifiedBy(run, step).length > 0) return false;
  const spent = run.steps.map(({ effect, phase }) =>
    effect === 'read' && phase.is === 'over' ? phase.report.ms : 0,
  );
  return spent.reduce((sum, ms) => sum + ms, 0) >= run.budgetMs;
}

function queue({ id, run, step, plan }: Scene): void {
  const { attempt, location } = step;
  plan.jobs.push({ incident: id, run: run.run, step: step.id, attempt, recheck: 0, location });
}

/** Asks to be woken at `at`; false when that moment has passed. */
function wait(plan: RunbookPlan, now: number, at: number): boolean {
  if (now >= at) return false;
  plan.wakeAt = Math.min(plan.wakeAt ?? at, at);
  return true;
}

/** Somebody works at the location, and did pick the job up in time. */
function isServed({ locations, run, step, plan, now }: Scene, location: string): boolean {
  if (!locations.has(location)) return false;
  const needed = run.steps.filter(({ id }) => step.needs.includes(id));
  const ready = Math.max(run.startedAt, step.requestedAt, ...needed.map(endOf));
  return wait(plan, now, ready + pickUpMs);
}

const hasRun = ({ phase }: StepState) => phase.is === 'over' || phase.is === 'unknown';

function endOf({ phase }: StepState): number {
  if (phase.is === 'over') return phase.report.startedAt + phase.report.ms;
  return phase.is === 'unknown' ? phase.since : 0;
}

/** A check that looked before its change ran (again) has to look again; attempts bound it when two clocks disagree. */
function isStale({ run, step }: Scene): boolean {
  const changes = verifiedBy(run, step).filter(hasRun);
  if (changes.length === 0) return false;
  if (step.phase.is === 'skipped') return true;
  if (step.phase.is !== 'over') return false;
  const { startedAt } = step.phase.report;
  return changes.some((change) => endOf(change) > startedAt && step.attempt <= change.attempt);
}

/** A step that was skipped is due after all once its condition holds: a look that it depends on was run again and saw more. */
function isMissed(scene: Scene): boolean {
  const { run, step, state } = scene;
  if (step.phase.is !== 'skipped' || step.condition === null || state.status.is === 'resolved') return false;
  if (run.steps.some((other) => step.needs.includes(other.id) && !isOver(other))) return false;
  if (step.effect === 'change' && typeof proposalOf(scene) === 'string') return false;
  // It would be skipped again for the same reason, and so on for ever.
  if (isOutOfTime(run, step)) return false;
  return isNeeded(run, state, step.condition) === true;
}
