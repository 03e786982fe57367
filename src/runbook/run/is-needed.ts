import type { Live } from '../../incident/state.ts';
import type { RunState } from '../../incident/steps.ts';
import { parseCondition } from '../file/cel.ts';
import { sharedLabels } from '../file/shared-labels.ts';
import { messagesIn } from '../messages.ts';
import { joinParts } from './join-parts.ts';

/** Whether a step's condition (CEL) calls for it now, after what the run found so far; an error says why nobody can tell. */
export function isNeeded(
  run: Pick<RunState, 'steps'>,
  state: Live,
  source: string,
): boolean | { error: string } {
  const say = messagesIn(state.language);
  const condition = parseCondition(source);
  if ('error' in condition) return { error: say.conditionBroken(condition.error) };
  const steps = joinParts(run.steps);
  const answer = condition.evaluate({ steps, labels: sharedLabels(state) });
  if (typeof answer === 'boolean') return answer;
  const blind = condition.steps.filter(
    (id) => steps[id]?.verdict === 'unknown' || steps[id]?.verdict === 'skipped',
  );
  return {
    error: blind.length > 0 ? say.dependsOnUnknown(blind.join(', ')) : say.conditionBroken(answer.error),
  };
}
