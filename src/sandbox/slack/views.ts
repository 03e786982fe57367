import { elementsOf } from './blocks/check.ts';
import type { Core } from './core.ts';
import { withIds } from './posts.ts';
import { type Json, newId, type StateValues, type View } from './world.ts';

/** Opens a view for a person, on top of `previous` where one is given. */
export function newView(core: Core, user: string, content: Json, previous: View | undefined): View {
  const id = newId(core.world, 'V');
  const view: View = {
    id,
    type: content.type as View['type'],
    user,
    content: {},
    blocks: [],
    state: {},
    hash: '',
    rootId: previous?.rootId ?? id,
    previousId: previous?.id,
    externalId: undefined,
    open: true,
    updates: -1,
    errors: {},
  };
  core.world.views.set(id, view);
  replaceView(core, view, content);
  return view;
}

/** Gives a view new content and a new hash; what was typed stays where block and action ids are the same. */
export function replaceView(core: Core, view: View, content: Json): void {
  const { blocks, ...frame } = content;
  view.content = frame;
  view.blocks = withIds(core, blocks as Json[]);
  view.externalId = (content.external_id as string | undefined) || undefined;
  const kept: StateValues = {};
  for (const block of view.blocks)
    for (const element of elementsOf(block)) {
      const blockId = String(block.block_id);
      const action = String(element.action_id);
      const state = view.state[blockId]?.[action] ?? initialState(element);
      if (state) kept[blockId] = { ...kept[blockId], [action]: state };
    }
  view.state = kept;
  view.errors = {};
  view.updates += 1;
  view.hash = `${Math.floor(core.now() / 1000)}.${newId(core.world, 'h')}`;
  core.changed();
}

/** Closes views; they can't be updated any more. */
export function closeViews(core: Core, views: View[]): void {
  for (const view of views) view.open = false;
  if (views.length > 0) core.changed();
}

const initial: Record<string, [from: string, to: string]> = {
  plain_text_input: ['initial_value', 'value'],
  email_text_input: ['initial_value', 'value'],
  url_text_input: ['initial_value', 'value'],
  number_input: ['initial_value', 'value'],
  static_select: ['initial_option', 'selected_option'],
  external_select: ['initial_option', 'selected_option'],
  radio_buttons: ['initial_option', 'selected_option'],
  checkboxes: ['initial_options', 'selected_options'],
  multi_static_select: ['initial_options', 'selected_options'],
  users_select: ['initial_user', 'selected_user'],
  multi_users_select: ['initial_users', 'selected_users'],
  conversations_select: ['initial_conversation', 'selected_conversation'],
  multi_conversations_select: ['initial_conversations', 'selected_conversations'],
  channels_select: ['initial_channel', 'selected_channel'],
  datepicker: ['initial_date', 'selected_date'],
  timepicker: ['initial_time', 'selected_time'],
  datetimepicker: ['initial_date_time', 'selected_date_time'],
};

/** The field of `state.values` that an element's value stands in; undefined for buttons and overflow menus. */
export function stateField(element: Json): string | undefined {
  return initial[String(element.type)]?.[1];
}

/** The state of an element nobody has touched, as Slack sends it; undefined for one that has no state. */
export function initialState(element: Json): Json | undefined {
  const known = initial[String(element.type)];
  if (!known) return undefined;
  const [from, to] = known;
  const many = to.endsWith('s') && to !== 'value';
  return { type: element.type, [to]: element[from] ?? (many ? [] : null) };
}
