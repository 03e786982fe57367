import { isRefusal } from '../../incident/commands.ts';
import { Failure } from '../../kit/failure.ts';
import { messagesIn } from '../messages.ts';
import { actionHash } from './render.ts';
import { marginMs, perform, type StepWork } from './step-work.ts';

/** Makes an approved change, once: only the job whose record of intent was written runs it. */
export async function runChange(work: StepWork, stop?: AbortSignal): Promise<void> {
  const { job, step, state, deps } = work;
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
    const report = await perform(work, stop);
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
