import { elementsOf } from './blocks/check.ts';
import type { Core } from './core.ts';
import { type Entered, fill, optionsOf } from './fill.ts';
import type { At } from './outcome.ts';
import type { Json } from './world.ts';

/** The element with this id, or an error that lists what there is. */
export function find(
  blocks: Json[],
  actionId: string,
  at: At,
  type?: string,
): { block: Json; element: Json } {
  const all = blocks.flatMap((block) => elementsOf(block).map((element) => ({ block, element })));
  const found = all.find(
    ({ block, element }) =>
      element.action_id === actionId &&
      (at.block === undefined || block.block_id === at.block) &&
      (at.value === undefined || element.value === at.value) &&
      (type === undefined || element.type === type),
  );
  if (found) return found;
  const there = all.map(({ element }) => `${element.type} ${element.action_id}`).join(', ') || 'nothing';
  throw new Error(
    `There is no ${type ?? 'element'} ${actionId}${at.value ? ` with value ${at.value}` : ''}; there is ${there}`,
  );
}

/** The state an element takes, with the overflow menu, which keeps none, included; throws when it can't be entered. */
export function chosen(core: Core, element: Json, entered: Entered): Json {
  if (element.type === 'overflow') {
    const option = optionsOf(element).find((candidate) => candidate.value === entered);
    if (!option) throw new Error(`No option "${entered}" is offered`);
    return { type: 'overflow', selected_option: option };
  }
  const filled = fill(element, entered, core.world);
  if ('problem' in filled) throw new Error(filled.problem);
  return filled.state;
}

/** One entry of `actions` in a `block_actions` payload. */
export function actionOf(core: Core, block: Json, element: Json, state: Json = {}): Json {
  const { text, value, style, url } = element;
  return {
    type: element.type,
    action_id: element.action_id,
    block_id: block.block_id,
    ...(element.type === 'button' && {
      text,
      ...(value !== undefined && { value }),
      ...(style !== undefined && { style }),
    }),
    ...(url !== undefined && { url }),
    ...state,
    action_ts: String(core.now() / 1000),
  };
}
