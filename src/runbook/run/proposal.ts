import { previewLines } from '../../incident/preview.ts';
import { sceneOf } from '../../incident/scene.ts';
import type { Live } from '../../incident/state.ts';
import type { RunState, StepState } from '../../incident/steps.ts';
import { type Filled, factsNamed, fillFacts } from '../file/fill-facts.ts';
import { placeholders } from '../file/params.ts';
import { messagesIn } from '../messages.ts';
import type { Catalogue } from '../registry.ts';
import type { Json } from '../step.ts';
import { joinParts } from './join-parts.ts';
import type { RunbookCommand } from './plan.ts';
import { actionHash } from './render.ts';

/** A change of a running runbook, and what it is rendered with. */
export type Change = { id: number; state: Live; run: RunState; step: StepState; catalogue: Catalogue };

type Proposal = Extract<RunbookCommand, { type: 'ProposeStep' }>;

/**
 * The change as it would run now, with facts of earlier looks put in; its check will look at the very same thing. A string says
 * why it cannot be shown to people: a parameter or a fact without a value, or an input that is not valid.
 */
export function proposalOf(change: Change): Proposal | string {
  const { id, run, step, state } = change;
  const say = messagesIn(state.language);
  const open = [...new Set(placeholders(templateOf(step)).map(({ name }) => name))];
  if (open.length > 0) return say.parameterMissing(open.join(', '));
  const own = filledNow(change, step);
  if ('missing' in own) return say.factMissing(own.missing.join(', '));
  if (own.preview === null) return say.invalidInput(step.uses);
  if (previewLines(own.preview) === null) return say.tooLongToShow;
  const check = run.steps.find((other) => other.id === step.check);
  const filled = [step, ...(check ? [check] : [])].flatMap((one) => {
    const now = filledNow(change, one);
    return factsNamed(templateOf(one)).length === 0 || 'missing' in now ? [] : [{ step: one.id, ...now }];
  });
  const hash = actionHash(id, run.run, { ...step, ...own }, sceneOf(state, run, step));
  return {
    type: 'ProposeStep',
    run: run.run,
    step: step.id,
    hash,
    preview: own.preview,
    ...(filled.length > 0 && { filled }),
  };
}

/** The input as the runbook has it, whatever a proposal put into it. */
const templateOf = (step: StepState): Json => (step.template ?? step.input) as Json;

/** A step with the facts of now. */
function filledNow({ run, state, catalogue }: Change, step: StepState): Filled | { missing: string[] } {
  const input = templateOf(step);
  if (factsNamed(input).length === 0) return { input, target: step.target, preview: step.preview };
  return fillFacts({ uses: step.uses, input }, joinParts(run.steps), catalogue, state.language);
}
