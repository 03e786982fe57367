import { stateField } from './views.ts';
import type { Json, World } from './world.ts';

/** What a person enters into an element: text, the value of an option, an id; a list where several may be picked. */
export type Entered = string | string[];

/**
 * The state an element takes when a person enters something, or the reason why Slack's client would not let them:
 * an option that is not offered, a person who does not exist, text that is too long.
 */
export function fill(element: Json, entered: Entered, world: World): { state: Json } | { problem: string } {
  const field = stateField(element);
  if (!field) return { problem: `a ${element.type} holds no value` };
  const type = String(element.type);
  const many = type === 'checkboxes' || type.startsWith('multi_');
  const values = Array.isArray(entered) ? entered : entered === '' && many ? [] : [entered];
  if (!many && values.length !== 1) return { problem: `a ${type} takes one value` };
  const max = Number(element.max_selected_items ?? Number.POSITIVE_INFINITY);
  if (values.length > max) return { problem: `at most ${max} can be selected` };
  const checked = values.map((value) => one(element, field, value, world));
  const problem = checked.find((result) => 'problem' in result);
  if (problem) return problem as { problem: string };
  const made = checked.map((result) => (result as { value: unknown }).value);
  return { state: { type, [field]: many ? made : (made[0] ?? null) } };
}

function one(
  element: Json,
  field: string,
  value: string,
  world: World,
): { value: unknown } | { problem: string } {
  if (field.startsWith('selected_option')) {
    if (value === '') return { value: null };
    const option = optionsOf(element).find((candidate) => candidate.value === value);
    return option
      ? { value: option }
      : { problem: `no option "${value}" is offered; there are ${valuesOf(element)}` };
  }
  if (value === '') return { value: null };
  if (field.startsWith('selected_user'))
    return world.users.has(value) ? { value } : { problem: `there is no person ${value}` };
  if (/selected_(conversation|channel)/.test(field))
    return world.channels.has(value) ? { value } : { problem: `there is no conversation ${value}` };
  if (field === 'value') return typed(element, value);
  return { value: field === 'selected_date_time' ? Number(value) : value };
}

function typed(element: Json, value: string): { value: string } | { problem: string } {
  const max = Number(element.max_length ?? 3000);
  const min = Number(element.min_length ?? 0);
  if (value.length > max) return { problem: `Must be less than ${max + 1} characters.` };
  if (value.length < min) return { problem: `Must be at least ${min} characters.` };
  if (element.type === 'number_input' && !/^-?\d+(\.\d+)?$/.test(value))
    return { problem: 'Must be a number.' };
  if (element.type === 'email_text_input' && !/^\S+@\S+\.\S+$/.test(value))
    return { problem: 'Must be an email address.' };
  if (element.type === 'url_text_input' && !URL.canParse(value)) return { problem: 'Must be a valid URL.' };
  return { value };
}

/** The options of a menu, those in groups included. */
export function optionsOf(element: Json): Json[] {
  const groups = (element.option_groups ?? []) as { options: Json[] }[];
  return [...((element.options ?? []) as Json[]), ...groups.flatMap((group) => group.options)];
}

function valuesOf(element: Json): string {
  return optionsOf(element)
    .map((option) => `"${option.value}"`)
    .join(', ');
}
