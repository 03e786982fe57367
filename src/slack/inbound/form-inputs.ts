import type { InputBlock, KnownBlock, PlainTextOption } from '@slack/types';
import type { Incident } from '../../incident/state.ts';
import { incidentName } from '../../incident/state.ts';
import { plain } from '../blocks.ts';

/** A choice: what stands for it in the answer (at most 75 characters), what people read, and a second line. */
export type Choice = { value: string; label: string; about?: string | undefined };

type Common = { name: string; label: string; hint?: string; optional?: boolean };

const input = ({ name, label, hint, optional }: Common, element: InputBlock['element']): InputBlock => ({
  type: 'input',
  block_id: name,
  label: plain(label, 2000),
  element,
  optional: optional ?? false,
  ...(hint && { hint: plain(hint, 2000) }),
});

const option = ({ value, label, about }: Choice): PlainTextOption => ({
  value,
  text: plain(label, 75),
  ...(about && { description: plain(about, 75) }),
});

const initial = (choices: Choice[], value: unknown) => {
  const chosen = choices.find((choice) => choice.value === value);
  return chosen ? { initial_option: option(chosen) } : {};
};

/** Text to type, at most `max` characters (Slack allows 3,000). */
export const textInput = (about: Common & { value?: unknown; lines?: boolean; max?: number }): InputBlock =>
  input(about, {
    type: 'plain_text_input',
    action_id: about.name,
    multiline: about.lines ?? false,
    max_length: about.max ?? 3000,
    ...(typeof about.value === 'string' &&
      about.value !== '' && {
        initial_value: about.value.slice(0, about.max ?? 3000),
      }),
  });

/** A menu; more than Slack's 100 choices are left out. */
export const selectInput = (about: Common & { choices: Choice[]; value?: unknown }): InputBlock =>
  input(about, {
    type: 'static_select',
    action_id: about.name,
    options: about.choices.slice(0, 100).map(option),
    ...initial(about.choices.slice(0, 100), about.value),
  });

/** Up to ten choices, all visible. */
export const radioInput = (about: Common & { choices: Choice[]; value?: unknown }): InputBlock =>
  input(about, {
    type: 'radio_buttons',
    action_id: about.name,
    options: about.choices.map(option),
    ...initial(about.choices, about.value),
  });

/** A person of the workspace. */
export const personInput = (about: Common & { value?: unknown }): InputBlock =>
  input(about, {
    type: 'users_select',
    action_id: about.name,
    ...(typeof about.value === 'string' &&
      /^[UW][A-Z0-9]+$/.test(about.value) && { initial_user: about.value }),
  });

/** The menu of incidents, for a form that was opened outside an incident's channel. */
export const incidentInput = (label: string, incidents: Incident[]): KnownBlock =>
  selectInput({
    name: 'incident',
    label,
    choices: incidents.map(({ id, state }) => ({
      value: String(id),
      label: `${state.severity} ${incidentName(id)}: ${state.title}`,
    })),
  });

const Element = (state: unknown): unknown => {
  const { value, selected_option, selected_user } = (state ?? {}) as Record<string, unknown>;
  const option = selected_option as { value?: unknown } | null | undefined;
  return value ?? option?.value ?? selected_user ?? null;
};

/** What was filled in, by the name of the input; null for what was left empty. */
export function readInputs(values: unknown): Record<string, unknown> {
  const blocks = Object.entries((values ?? {}) as Record<string, Record<string, unknown>>);
  return Object.fromEntries(blocks.map(([name, elements]) => [name, Element(elements?.[name])]));
}
