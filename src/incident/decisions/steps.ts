import { type CommandOf, type Decision, personOf, type Refusal } from '../commands.ts';
import type { Live } from '../state.ts';
import type { StepState } from '../steps.ts';

/** An approval is good for this long (issue: "good for 15 min"). */
export const approvalMs = 15 * 60_000;

type Named = { run: string; step: string };

function find(state: Live, { run, step }: Named): StepState | Refusal {
  const found = state.runs.find((one) => one.run === run)?.steps.find((one) => one.id === step);
  return found ?? { refused: 'no-such-step', detail: step };
}

const missing = (step: StepState | Refusal): step is Refusal => 'refused' in step;

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

/** A step that will not run, and why. */
export function skipStep(command: CommandOf<'SkipStep'>, state: Live): Decision {
  const step = find(state, command);
  if (missing(step)) return step;
  return step.phase.is === 'waiting'
    ? [{ type: 'StepSkipped', run: command.run, step: command.step, why: command.why }]
    : [];
}

/** A person wants a step (again): reads start over, a change goes back to waiting for its proposal. */
export function requestStep(command: CommandOf<'RequestStep'>, state: Live): Decision {
  const step = find(state, command);
  if (missing(step)) return step;
  if (!['over', 'skipped', 'declined'].includes(step.phase.is)) return [];
  const { run, by } = command;
  const attempt = step.attempt + 1;
  return [{ type: 'StepRequested', run, step: command.step, attempt, asker: personOf(by) }];
}

/** A change is put before people, with exactly what will run. */
export function proposeStep(command: CommandOf<'ProposeStep'>, state: Live): Decision {
  const step = find(state, command);
  if (missing(step)) return step;
  if (step.effect !== 'change' || step.phase.is !== 'waiting') return [];
  const { run, hash, preview } = command;
  return [{ type: 'StepProposed', run, step: command.step, hash, preview }];
}

/** Says whether `person` may approve by role or name; the holder of an approving role need not have accepted it yet. */
export function mayApprove(step: StepState, person: string, state: Live): boolean {
  if (step.approvers.people.includes(person)) return true;
  return step.approvers.roles.some((role) => (state.roles[role].person ?? state.roles.ic.person) === person);
}

/** Approves exactly what was shown. Breaking the glass (a reason) overrides who may, never what was shown. */
export function approveStep(command: CommandOf<'ApproveStep'>, state: Live): Decision {
  const step = find(state, command);
  if (missing(step)) return step;
  if (state.status.is === 'resolved') return { refused: 'already-resolved' };
  const person = personOf(command.by);
  if (person === null) return { refused: 'not-permitted' };
  if (step.phase.is === 'approved' && step.phase.hash === command.hash) return [];
  if (step.phase.is !== 'proposed') return { refused: 'step-not-open', detail: step.phase.is };
  if (step.phase.hash !== command.hash) return { refused: 'approval-stale' };
  const glass = command.glass?.trim() || null;
  if (glass === null && step.requestedBy === person) return { refused: 'asker-cannot-approve' };
  if (glass === null && !mayApprove(step, person, state)) return { refused: 'not-permitted' };
  const { run, hash } = command;
  return [{ type: 'StepApproved', run, step: command.step, hash, until: command.at + approvalMs, glass }];
}

/** Says no to a proposed change. */
export function declineStep(command: CommandOf<'DeclineStep'>, state: Live): Decision {
  const step = find(state, command);
  if (missing(step)) return step;
  if (step.phase.is === 'declined') return [];
  if (step.phase.is !== 'proposed' && step.phase.is !== 'approved') return { refused: 'step-not-open' };
  return [{ type: 'StepDeclined', run: command.run, step: command.step, reason: command.reason }];
}

/** The record of intent, written before a change runs. Whoever does not get this event must not run it. */
export function intendStep(command: CommandOf<'IntendStep'>, state: Live): Decision {
  const step = find(state, command);
  if (missing(step)) return step;
  if (state.status.is === 'resolved') return { refused: 'already-resolved' };
  if (step.phase.is !== 'approved' || step.attempt !== command.attempt) return { refused: 'step-not-open' };
  if (step.phase.hash !== command.hash) return { refused: 'approval-stale' };
  if (command.at >= step.phase.until) return { refused: 'approval-stale' };
  // Roles may have changed hands since the click: whoever approved must still be somebody who may.
  if (step.phase.glass === null && !mayApprove(step, step.phase.by, state))
    return { refused: 'not-permitted' };
  const { run, attempt, hash } = command;
  return [{ type: 'StepIntended', run, step: command.step, attempt, hash }];
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
    return [{ type: 'StepRequested', run, step: command.step, attempt: step.attempt + 1, asker: null }];
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
