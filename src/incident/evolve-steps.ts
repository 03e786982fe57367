import { personOf } from './commands.ts';
import type { EventOf, EventType } from './events.ts';
import type { RunState, StepPhase, StepState } from './steps.ts';

type StepEvent = EventOf<
  Extract<EventType, `Step${string}` | 'RunbookStarted' | 'ApprovalExpired' | 'ManualAnswered'>
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
        phase: { is: 'waiting' },
      }),
    );
    return [...runs, { ...runbook, startedAt: event.at, steps: waiting }];
  }
  return runs.map((run) =>
    run.run === event.run
      ? { ...run, steps: run.steps.map((step) => (step.id === event.step ? next(step, event) : step)) }
      : run,
  );
}

function next(step: StepState, event: Exclude<StepEvent, { type: 'RunbookStarted' }>): StepState {
  if (event.type === 'StepRequested') {
    return { ...step, attempt: event.attempt, requestedBy: event.asker, phase: { is: 'waiting' } };
  }
  return { ...step, phase: phaseAfter(event, step) };
}

function phaseAfter(
  event: Exclude<StepEvent, { type: 'RunbookStarted' | 'StepRequested' }>,
  step: StepState,
): StepPhase {
  const person = personOf(event.by) ?? '';
  switch (event.type) {
    case 'StepStarted':
      return { is: 'running', since: event.at };
    case 'StepFinished':
      return { is: 'over', report: event.report };
    case 'StepSkipped':
      return { is: 'skipped', why: event.why };
    case 'StepProposed':
      return { is: 'proposed', hash: event.hash, since: event.at };
    case 'StepApproved':
      return { is: 'approved', hash: event.hash, until: event.until, by: person, glass: event.glass };
    case 'ApprovalExpired':
      return step.phase.is === 'approved'
        ? { is: 'proposed', hash: step.phase.hash, since: event.at }
        : step.phase;
    case 'StepDeclined':
      return { is: 'declined', by: person, reason: event.reason };
    case 'StepIntended':
      return { is: 'intended', hash: event.hash, since: event.at };
    case 'StepOutcomeUnknown':
      return { is: 'unknown', why: event.why, since: event.at };
    case 'ManualAnswered': {
      const { done, note } = event.answer;
      const sentence = note ?? (done ? 'Done.' : 'Not done.');
      const evidence = { columns: [], rows: [] };
      const verdict = done ? 'pass' : 'warn';
      return {
        is: 'over',
        report: { verdict, sentence, evidence, facts: { done }, startedAt: event.at, ms: 0 },
      };
    }
  }
}
