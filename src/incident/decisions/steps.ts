import { type CommandOf, type Decision, personOf, type Refusal } from '../commands.ts';
import type { Live } from '../state.ts';
import { isOver, isUnderWay, type StepState, verifiedBy } from '../steps.ts';

type Named = { run: string; step: string };

/** The step a command names, or why there is none. */
export function find(state: Live, { run, step }: Named): StepState | Refusal {
  const found = state.runs.find((one) => one.run === run)?.steps.find((one) => one.id === step);
  return found ?? { refused: 'no-such-step', detail: step };
}

/** True when {@link find} found none. */
export const missing = (step: StepState | Refusal): step is Refusal => 'refused' in step;

/** Starts a runbook once; the same version again changes nothing. */
export function startRunbook(command: CommandOf<'StartRunbook'>, state: Live): Decision {
  if (state.runs.some((run) => run.run === command.runbook.run)) return [];
  return [{ type: 'RunbookStarted', runbook: command.runbook, rule: command.rule }];
}

/** A read begins. */
export function recordStepStarted(command: CommandOf<'RecordStepStarted'>, state: Live): Decision {
  const step = find(state, command);
  if (missing(step)) return step;
  if (step.phase.is !== 'waiting' || step.attempt !== command.attempt) return [];
  return [{ type: 'StepStarted', run: command.run, step: command.step, attempt: command.attempt }];
}

/** A step reports. Only the attempt in hand may report, and only once: a frozen worker that wakes up late is not heard. */
export function recordStep(command: CommandOf<'RecordStep'>, state: Live): Decision {
  const step = find(state, command);
  if (missing(step)) return step;
  const { run, attempt, report } = command;
  if (step.attempt !== attempt) return [];
  const expected = step.effect === 'change' ? ['intended'] : ['waiting', 'running'];
  if (!expected.includes(step.phase.is)) return [];
  return [{ type: 'StepFinished', run, step: command.step, attempt, report }];
}

/** A look was repeated: it is news only when it found something else than before. */
export function recheckStep(command: CommandOf<'RecheckStep'>, state: Live): Decision {
  const step = find(state, command);
  if (missing(step)) return step;
  const { run, attempt, report } = command;
  if (step.effect !== 'read' || step.attempt !== attempt || step.phase.is !== 'over') return [];
  const before = step.phase.report;
  if (before.verdict === report.verdict && before.cause === report.cause) return [];
  return [{ type: 'StepRechecked', run, step: command.step, attempt, before: before.verdict, report }];
}

/** Ends a runbook early, and the repeating of its looks. What runs already ends by itself, and its check still follows. */
export function cancelRunbook(command: CommandOf<'CancelRunbook'>, state: Live): Decision {
  const run = state.runs.find((one) => one.run === command.run);
  if (!run) return { refused: 'no-such-run', detail: command.run };
  return isUnderWay(run) ? [{ type: 'RunbookCancelled', run: run.run }] : [];
}

/** A step that will not run, or a proposal that nobody needs any more, and why. */
export function skipStep(command: CommandOf<'SkipStep'>, state: Live): Decision {
  const step = find(state, command);
  if (missing(step)) return step;
  return step.phase.is === 'waiting' || step.phase.is === 'proposed'
    ? [{ type: 'StepSkipped', run: command.run, step: command.step, why: command.why }]
    : [];
}

/** A step is wanted (again): reads start over, a change goes back to waiting for its proposal. Once all is over only checks follow. */
export function requestStep(command: CommandOf<'RequestStep'>, state: Live): Decision {
  const step = find(state, command);
  if (missing(step)) return step;
  if (!isOver(step)) return [];
  const { run, by } = command;
  const verifies = state.runs.some((one) => one.run === run && verifiedBy(one, step).length > 0);
  if (state.status.is === 'resolved' && !verifies) return { refused: 'already-resolved' };
  const attempt = step.attempt + 1;
  return [{ type: 'StepRequested', run, step: command.step, attempt, asker: personOf(by) }];
}

/** Nobody knows whether a change ran: it is never tried again by itself. */
export function recordStepUnknown(command: CommandOf<'RecordStepUnknown'>, state: Live): Decision {
  const step = find(state, command);
  if (missing(step)) return step;
  if (step.phase.is !== 'intended' || step.attempt !== command.attempt) return [];
  const { run, attempt, why } = command;
  return [{ type: 'StepOutcomeUnknown', run, step: command.step, attempt, why }];
}

/** The check, or a person, says what became of a change whose outcome was unknown. */
export function settleStep(command: CommandOf<'SettleStep'>, state: Live): Decision {
  const step = find(state, command);
  if (missing(step)) return step;
  if (step.phase.is !== 'unknown') return [];
  const { run, happened, note } = command;
  if (!happened) {
    // Who asked for it is asked whether it ran as well, and approves it as little as before.
    const asker = step.requestedBy;
    return [{ type: 'StepRequested', run, step: command.step, attempt: step.attempt + 1, asker }];
  }
  const sentence = note ?? 'Confirmed to have run.';
  const report = {
    verdict: 'pass' as const,
    sentence,
    evidence: { columns: [], rows: [] },
    facts: {},
    startedAt: step.phase.since,
    ms: 0,
  };
  return [{ type: 'StepFinished', run, step: command.step, attempt: step.attempt, report }];
}

/** A person did, or did not do, what a manual step asks for. */
export function answerManual(command: CommandOf<'AnswerManual'>, state: Live): Decision {
  const step = find(state, command);
  if (missing(step)) return step;
  if (step.effect !== 'manual' || (step.phase.is !== 'waiting' && step.phase.is !== 'running')) return [];
  return [{ type: 'ManualAnswered', run: command.run, step: command.step, answer: command.answer }];
}
