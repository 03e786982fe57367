import { checkView, elementsOf } from './blocks/check.ts';
import type { Core } from './core.ts';
import { type Entered, fill } from './fill.ts';
import type { Delivery } from './journal.ts';
import type { Deliver, Outcome } from './outcome.ts';
import { closedPayload, submissionPayload, viewActionPayload } from './payloads.ts';
import { actionOf, chosen, find } from './pressing.ts';
import { closeViews, newView, replaceView } from './views.ts';
import { type Json, openModals, type View } from './world.ts';

/** What a person can do with a modal (or with the Home tab). */
export type ModalActor = {
  /** Fills inputs by their action id (or `block.action`) and presses submit. */
  submit: (viewId: string, values?: Record<string, Entered>) => Promise<Outcome>;
  /** Presses a button in the view. */
  clickInView: (viewId: string, actionId: string, value?: string) => Promise<Outcome>;
  /** Picks from a menu in the view, which tells the app unless it stands in an input block without dispatch. */
  chooseInView: (viewId: string, actionId: string, entered: Entered) => Promise<Outcome>;
  closeView: (viewId: string) => Promise<Outcome>;
};

const trouble = 'We had some trouble connecting. Try again?';

/** The modal half of an actor; `outcome` reports what the person sees afterwards. */
export function createModalActor(
  core: Core,
  user: string,
  deliver: Deliver,
  outcome: (delivery: Delivery | undefined, more?: Partial<Outcome>) => Outcome,
): ModalActor {
  const opened = (viewId: string): View => {
    const view = core.world.views.get(viewId);
    if (!view?.open || view.user !== user) throw new Error(`${user} has no open view ${viewId}`);
    return view;
  };
  const act = async (view: View, action: Json): Promise<Outcome> => {
    const delivery = await deliver('interactive', 'block_actions', viewActionPayload(core, view, action));
    return outcome(delivery, { notice: delivery.problem && trouble });
  };
  return {
    async submit(viewId, values = {}) {
      const view = opened(viewId);
      if (view.type !== 'modal' || !view.content.submit)
        throw new Error(`The view ${viewId} has no submit button`);
      for (const [name, entered] of Object.entries(values)) enter(core, view, name, entered);
      const missing = unfilled(view);
      if (Object.keys(missing).length > 0) return showErrors(core, view, missing, outcome, undefined);
      const delivery = await deliver('interactive', 'view_submission', submissionPayload(core, view));
      if (delivery.problem) return outcome(delivery, { notice: trouble });
      const answer = (typeof delivery.body === 'object' ? delivery.body : {}) as Json | null;
      return applyAnswer(core, view, answer ?? {}, delivery, outcome);
    },
    clickInView(viewId, actionId, value) {
      const view = opened(viewId);
      const { block, element } = find(view.blocks, actionId, { value }, 'button');
      return act(view, actionOf(core, block, element));
    },
    async chooseInView(viewId, actionId, entered) {
      const view = opened(viewId);
      const { block, element } = find(view.blocks, actionId, {});
      const state = chosen(core, element, entered);
      if (element.type !== 'overflow') setState(view, block, element, state);
      if (block.type === 'input' && block.dispatch_action !== true) return outcome(undefined);
      return act(view, actionOf(core, block, element, state));
    },
    async closeView(viewId) {
      const view = opened(viewId);
      const all = view.content.clear_on_close === true ? openModals(core.world, user) : [view];
      closeViews(core, all);
      let delivery: Delivery | undefined;
      for (const closed of all)
        if (closed.content.notify_on_close === true)
          delivery = await deliver('interactive', 'view_closed', closedPayload(core, closed, all.length > 1));
      return outcome(delivery);
    },
  };
}

function setState(view: View, block: Json, element: Json, state: Json): void {
  const blockId = String(block.block_id);
  view.state[blockId] = { ...view.state[blockId], [String(element.action_id)]: state };
}

function enter(core: Core, view: View, name: string, entered: Entered): void {
  const inputs = view.blocks.flatMap((block) => elementsOf(block).map((element) => ({ block, element })));
  const found = inputs.find(
    ({ block, element }) => element.action_id === name || `${block.block_id}.${element.action_id}` === name,
  );
  if (!found) {
    const there = inputs.map(({ element }) => element.action_id).join(', ');
    throw new Error(`The view has no input ${name}; there is ${there}`);
  }
  const filled = fill(found.element, entered, core.world);
  if ('problem' in filled) throw new Error(`${name}: ${filled.problem}`);
  setState(view, found.block, found.element, filled.state);
}

function unfilled(view: View): Record<string, string> {
  const missing: Record<string, string> = {};
  for (const block of view.blocks) {
    if (block.type !== 'input' || block.optional === true) continue;
    const element = block.element as Json;
    const { type: _, ...state } = view.state[String(block.block_id)]?.[String(element.action_id)] ?? {};
    const value = Object.values(state)[0];
    const empty =
      value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);
    if (empty) missing[String(block.block_id)] = 'Please complete this required field.';
  }
  return missing;
}

function showErrors(
  core: Core,
  view: View,
  errors: Record<string, string>,
  outcome: (delivery: Delivery | undefined, more?: Partial<Outcome>) => Outcome,
  delivery: Delivery | undefined,
): Outcome {
  view.errors = errors;
  core.changed();
  return outcome(delivery);
}

function applyAnswer(
  core: Core,
  view: View,
  answer: Json,
  delivery: Delivery,
  outcome: (delivery: Delivery | undefined, more?: Partial<Outcome>) => Outcome,
): Outcome {
  const content = answer.view as Json | undefined;
  switch (answer.response_action) {
    case undefined:
      closeViews(core, [view]);
      return outcome(delivery);
    case 'clear':
      closeViews(core, openModals(core.world, view.user));
      return outcome(delivery);
    case 'errors': {
      const errors = answer.errors as Record<string, string>;
      const inputs = view.blocks.filter((block) => block.type === 'input').map((block) => block.block_id);
      if (!errors || Object.keys(errors).some((blockId) => !inputs.includes(blockId)))
        return outcome(delivery, { notice: trouble });
      return showErrors(core, view, errors, outcome, delivery);
    }
    case 'update':
    case 'push':
      if (!content || checkView(content).length > 0) return outcome(delivery, { notice: trouble });
      if (answer.response_action === 'update') replaceView(core, view, content);
      else newView(core, view.user, content, view);
      return outcome(delivery);
    default:
      return outcome(delivery, { notice: trouble });
  }
}
