import type { StepResult } from '../../step.ts';
import type { Answer } from './ask-postgres.ts';
import type { ChangeMessages } from './change-messages.ts';

/** A change that was not made, and why. */
export const notDone = (sentence: string): StepResult => ({
  verdict: 'fail',
  sentence,
  evidence: { columns: [], rows: [] },
});

/**
 * What a change says when its node gave no answer: an error of the server itself means that nothing was done; once the statement
 * was `sent`, a broken or silent connection means that only the check can tell. `right` is what the change needs.
 */
export function changeUnanswered(
  answer: Exclude<Answer<unknown>, { state: 'answered' }>,
  sent: boolean,
  right: string,
  say: ChangeMessages,
): StepResult {
  const { address, state, reason } = answer;
  if (state === 'denied') return notDone(say.refused(address, reason, right));
  if (state === 'rejected') return notDone(say.rejected(address, reason));
  if (!sent) return notDone(say.notReached(address, reason));
  return { ...notDone(say.unclear(address, reason)), verdict: 'unknown' };
}
