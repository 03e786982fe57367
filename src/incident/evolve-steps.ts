import { personOf } from './commands.ts';
import type { EventOf, EventType } from './events.ts';
import {
  isCancellable,
  isOver,
  isQuestion,
  type RunState,
  type StepPhase,
  type StepReport,
  type StepState,
  verifiedBy,
} from './steps.ts';

type StepEvent = EventOf<
  Extract<EventType, `Step${string}` | `Runbook${string}` | 'ApprovalExpired' | 'ManualAnswered'>
>;

/** Folds the runbook part of the log. */
export function evolveSteps(runs: RunState[], event: StepEvent): RunState[] {
  if (event.type === 'RunbookStarted') {
    const { steps, ...runbook } = event.runbook;
    const waiting = steps.map(
      (step): StepState => ({
        ...step,
        attempt: 1,
        requestedBy: null,
        requestedAt: 0,
        phase: { is: 'waiting' },
        template: null,
        found: null,
      }),
    );
    return [...runs, { ...runbook, startedAt: event.at, steps: waiting }];
  }
  if (event.type === 'RunbookCancelled') {
    const phase: StepPhase = { is: 'cancelled', by: personOf(event.by) };
    return runs.map((run) =>
      run.run === event.run
        ? {
            ...run,
            recheckMs: null,
            steps: run.steps.map((step) => (isCancellable(run, step) ? { ...step, phase } : step)),
          }
        : run,
    );
  }
  return runs.map((run) =>
    run.run === event.run
      ? {
          ...run,
          steps: filled(run.steps, event).map((step) =>
            step.id === event.step ? next(step, event) : beside(run, step, event),
          ),
        }
      : run,
  );
}

function next(step: StepState, event: Exclude<StepEvent, { type: `Runbook${string}` }>): StepState {
  if (event.type === 'StepRequested') {
    const { attempt, asker } = event;
    const phase: StepPhase = { is: 'waiting' };
    return { ...step, attempt, requestedBy: asker, requestedAt: event.at, phase, found: firstFound(step) };
  }
  const found = event.type === 'StepRechecked' ? firstFound(step) : step.found;
  return { ...step, phase: phaseAfter(event, step), found };
}

/** A change that is asked for again is verified again, whatever its check said of the attempt before. */
function beside(run: RunState, step: StepState, event: StepEvent): StepState {
  if (event.type !== 'StepRequested' || !isOver(step)) return step;
  if (!verifiedBy(run, step).some(({ id }) => id === event.step)) return step;
  const attempt = step.attempt + 1;
  return {
    ...step,
    attempt,
    requestedBy: null,
    requestedAt: event.at,
    phase: { is: 'waiting' },
    found: null,
  };
}

/** What becomes of approvals when the incident ends: opened again, it needs new ones. */
export const withoutApprovals = (runs: readonly RunState[], at: number): RunState[] =>
  runs.map((run) => ({
    ...run,
    steps: run.steps.map((step) => {
      const { phase } = step;
      if (phase.is !== 'approved' && phase.is !== 'proposed') return step;
      const { hash, scene } = phase;
      return { ...step, phase: { is: 'proposed', hash, since: at, scene, approvals: [] } };
    }),
  }));

/** A proposal says with which inputs it and its check will run. */
function filled(steps: StepState[], event: StepEvent): StepState[] {
  if (event.type !== 'StepProposed' || !event.filled) return steps;
  const given = event.filled;
  return steps.map((step) => {
    const own = given.find((one) => one.step === step.id);
    if (!own) return step;
    const { input, target, preview } = own;
    return { ...step, template: step.template ?? step.input, input, target, preview };
  });
}

/** The first report of a look that was no good news. */
function firstFound({ effect, phase, found }: StepState): StepReport | null {
  if (found !== null || effect !== 'read' || phase.is !== 'over') return found;
  return phase.report.verdict === 'pass' ? null : phase.report;
}

function phaseAfter(
  event: Exclude<StepEvent, { type: `Runbook${string}` | 'StepRequested' }>,
  step: StepState,
): StepPhase {
  const person = personOf(event.by) ?? '';
  switch (event.type) {
    case 'StepStarted':
      return { is: 'running', since: event.at };
    case 'StepFinished':
    case 'StepRechecked':
      return { is: 'over', report: event.report };
    case 'StepSkipped':
      return { is: 'skipped', why: event.why };
    case 'StepProposed':
      return { is: 'proposed', hash: event.hash, since: event.at, scene: event.scene, approvals: [] };
    case 'StepSeconded':
      return step.phase.is === 'proposed'
        ? { ...step.phase, approvals: [...step.phase.approvals, { person, at: event.at }] }
        : step.phase;
    case 'StepApproved': {
      if (step.phase.is !== 'proposed') return step.phase;
      const { hash, scene, approvals } = step.phase;
      const by = [...approvals.map((one) => one.person), person].slice(-step.approvers.count);
      return { is: 'approved', hash, scene, until: event.until, by, glass: event.glass, holder: null };
    }
    case 'StepHeldUp':
      return step.phase.is === 'approved' ? { ...step.phase, holder: event.holder } : step.phase;
    case 'ApprovalExpired':
      return step.phase.is === 'approved'
        ? { is: 'proposed', hash: step.phase.hash, since: event.at, scene: step.phase.scene, approvals: [] }
        : step.phase;
    case 'StepDeclined':
      return { is: 'declined', by: person, reason: event.reason };
    case 'StepIntended':
      return { is: 'intended', hash: event.hash, since: event.at };
    case 'StepOutcomeUnknown':
      return { is: 'unknown', why: event.why, since: event.at };
    case 'ManualAnswered': {
      const { done, note } = event.answer;
      const evidence = { columns: [], rows: [] };
      // A no is as good an answer as a yes; what was not done is worth a look.
      const verdict = done || isQuestion(step) ? 'pass' : 'warn';
      return {
        is: 'over',
        report: { verdict, sentence: note ?? '', evidence, facts: { done }, startedAt: event.at, ms: 0 },
      };
    }
  }
}
