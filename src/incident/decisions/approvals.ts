import { type CommandOf, type Decision, personOf } from '../commands.ts';
import { type Changed, sceneOf, whatChanged } from '../scene.ts';
import type { Live } from '../state.ts';
import type { StepState } from '../steps.ts';
import { find, missing } from './steps.ts';

/** An approval is good for this long (issue: "good for 15 min"). */
export const approvalMs = 15 * 60_000;

/** A change is put before people, with exactly what will run; again when what it rests on has changed, which ends old approvals. */
export function proposeStep(command: CommandOf<'ProposeStep'>, state: Live): Decision {
  const step = find(state, command);
  if (missing(step)) return step;
  const { phase } = step;
  const open = phase.is === 'proposed' || phase.is === 'approved' ? phase : null;
  if (step.effect !== 'change' || (phase.is !== 'waiting' && open === null)) return [];
  const scene = sceneNow(state, command.run, step);
  const { run, hash, preview, filled } = command;
  const lapsed = hasLapsed(step, state);
  if (open?.hash === hash && !lapsed) return [];
  const differs: Changed = open === null ? [] : whatChanged(open.scene, scene);
  // The same situation and another hash: the looks found other facts.
  const other = lapsed && open?.hash === hash ? 'approvers' : 'findings';
  const changed: Changed = open !== null && differs.length === 0 ? [other] : differs;
  return [
    {
      type: 'StepProposed',
      run,
      step: command.step,
      hash,
      preview,
      scene,
      changed,
      ...(filled && { filled }),
    },
  ];
}

/** Says whether `person` may approve by role or name; the holder of an approving role need not have accepted it yet. */
export function mayApprove(step: StepState, person: string, state: Live): boolean {
  if (step.approvers.people.includes(person)) return true;
  return step.approvers.roles.some((role) => (state.roles[role].person ?? state.roles.ic.person) === person);
}

/** True for an approval that counts no more: its roles changed hands, so that whoever approved may not. Broken glass stays broken. */
export function hasLapsed(step: StepState, state: Live): boolean {
  const { phase } = step;
  if (phase.is !== 'approved' || phase.glass !== null) return false;
  return !phase.by.every((person) => mayApprove(step, person, state));
}

/**
 * Approves exactly what was shown, for the situation it was shown in. Breaking the glass (a reason) overrides who may, never
 * what was shown, and never the second of two people.
 */
export function approveStep(command: CommandOf<'ApproveStep'>, state: Live): Decision {
  const step = find(state, command);
  if (missing(step)) return step;
  if (state.status.is === 'resolved') return { refused: 'already-resolved' };
  const person = personOf(command.by);
  if (person === null) return { refused: 'not-permitted' };
  const { phase } = step;
  if (phase.is === 'approved' && phase.hash === command.hash) return [];
  if (phase.is !== 'proposed') return { refused: 'step-not-open', detail: phase.is };
  if (phase.hash !== command.hash) return { refused: 'approval-stale' };
  if (whatChanged(phase.scene, sceneNow(state, command.run, step)).length > 0)
    return { refused: 'incident-changed' };
  const glass = command.glass?.trim() || null;
  if (glass !== null && step.approvers.count > 1) return { refused: 'glass-is-not-enough' };
  if (glass === null && step.requestedBy === person) return { refused: 'asker-cannot-approve' };
  if (glass === null && !mayApprove(step, person, state)) return { refused: 'not-permitted' };
  const { run, hash } = command;
  const named = { run, step: command.step, hash };
  const good = phase.approvals.filter(
    (one) => command.at < one.at + approvalMs && mayApprove(step, one.person, state),
  );
  if (good.some((one) => one.person === person)) return { refused: 'second-person-needed' };
  if (good.length + 1 < step.approvers.count) return [{ type: 'StepSeconded', ...named }];
  return [{ type: 'StepApproved', ...named, until: command.at + approvalMs, glass }];
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
  const { phase } = step;
  if (phase.is !== 'approved' || step.attempt !== command.attempt) return { refused: 'step-not-open' };
  if (phase.hash !== command.hash || command.at >= phase.until) return { refused: 'approval-stale' };
  if (whatChanged(phase.scene, sceneNow(state, command.run, step)).length > 0)
    return { refused: 'incident-changed' };
  // Roles may have changed hands since the click: whoever approved must still be somebody who may.
  if (hasLapsed(step, state)) return { refused: 'not-permitted' };
  const { run, attempt, hash } = command;
  return [{ type: 'StepIntended', run, step: command.step, attempt, hash }];
}

/** An approved change waits because another incident acts on its target; said once for each holder. */
export function holdUpStep(command: CommandOf<'HoldUpStep'>, state: Live): Decision {
  const step = find(state, command);
  if (missing(step)) return step;
  const { run, attempt, holder } = command;
  if (step.phase.is !== 'approved' || step.attempt !== attempt || step.phase.holder === holder) return [];
  return [{ type: 'StepHeldUp', run, step: command.step, attempt, holder }];
}

const sceneNow = (state: Live, run: string, step: StepState) =>
  sceneOf(state, state.runs.find((one) => one.run === run)!, step);
