import { optionsOf } from '../slack/fill.ts';
import { initialState } from '../slack/views.ts';
import type { Json } from '../slack/world.ts';
import { type Html, html } from './html.ts';
import { nameOf, type Scene } from './scene.ts';
import { plainText, textObject } from './text.ts';

/** Renders one interactive element; the page's script finds what to do in its `data-` attributes. */
export function control(scene: Scene, block: Json, element: Json, state: Json | undefined): Html {
  const type = String(element.type);
  if (type === 'button') return button(block, element);
  if (type === 'overflow') return overflow(scene, block, element);
  const value = (state ?? initialState(element) ?? {}) as Json;
  if (type === 'checkboxes' || type === 'radio_buttons') return boxes(scene, block, element, value);
  if (type.endsWith('_select')) return select(scene, block, element, value);
  return field(block, element, value);
}

/** The attributes by which the script tells the server which element it was. */
function where(block: Json, element: Json): Html {
  const confirm = element.confirm === undefined ? undefined : JSON.stringify(element.confirm);
  return html`data-action="${String(element.action_id)}" data-block="${String(block.block_id)}"${
    confirm !== undefined && html` data-confirm="${confirm}"`
  }`;
}

function button(block: Json, element: Json): Html {
  const style = element.style === undefined ? '' : ` ${element.style}`;
  const label = plainText(String((element.text as Json).text));
  const value = element.value === undefined ? '' : String(element.value);
  const aria = element.accessibility_label as string | undefined;
  const spoken = aria !== undefined && html` aria-label="${aria}"`;
  if (typeof element.url === 'string' && /^https?:/i.test(element.url))
    return html`<a class="button${style}" href="${element.url}" target="_blank" rel="noopener noreferrer" data-do="click" data-value="${value}" ${where(block, element)}${spoken}>${label}</a>`;
  return html`<button type="button" class="button${style}" data-do="click" data-value="${value}" ${where(block, element)}${spoken}>${label}</button>`;
}

function overflow(scene: Scene, block: Json, element: Json): Html {
  const items = optionsOf(element).map(
    (option) =>
      html`<button type="button" data-do="choose" data-value="${String(option.value)}" ${where(block, element)}>${textObject(scene, option.text as Json)}</button>`,
  );
  return html`<details class="overflow"><summary class="button" aria-label="${scene.words.more}">⋯</summary><div class="menu">${items}</div></details>`;
}

function boxes(scene: Scene, block: Json, element: Json, value: Json): Html {
  const many = element.type === 'checkboxes';
  const picked = new Set(
    ((many ? value.selected_options : [value.selected_option]) as (Json | null)[])?.map(
      (option) => option?.value,
    ),
  );
  const name = `${block.block_id}.${element.action_id}`;
  const items = optionsOf(element).map((option) => {
    const about = option.description as Json | undefined;
    return html`<label><input type="${many ? 'checkbox' : 'radio'}" name="${name}" value="${String(option.value)}"${picked.has(option.value) && html` checked`}><span>${textObject(scene, option.text as Json)}${about && html`<small>${textObject(scene, about)}</small>`}</span></label>`;
  });
  return html`<div class="boxes" role="${many ? 'group' : 'radiogroup'}" data-do="choose" ${where(block, element)}>${items}</div>`;
}

function select(scene: Scene, block: Json, element: Json, value: Json): Html {
  const many = String(element.type).startsWith('multi_');
  const picked = new Set(
    Object.values({ ...value, type: undefined })
      .flat()
      .map(idOf),
  );
  const one = (id: string, label: Html) =>
    html`<option value="${id}"${picked.has(id) && html` selected`}>${label}</option>`;
  const options = (list: Json[]) =>
    list.map((option) => one(String(option.value), textObject(scene, option.text as Json)));
  const groups = (element.option_groups ?? []) as { label: Json; options: Json[] }[];
  const choices = /users_select$/.test(String(element.type))
    ? people(scene).map((id) => one(id, html`${nameOf(scene, id)}`))
    : /(conversations|channels)_select$/.test(String(element.type))
      ? channels(scene).map(({ id, name }) => one(id, html`#${name}`))
      : groups.length > 0
        ? groups.map(
            (group) =>
              html`<optgroup label="${String(group.label.text)}">${options(group.options)}</optgroup>`,
          )
        : options(optionsOf(element));
  const hint = String((element.placeholder as Json | undefined)?.text ?? scene.words.choose);
  return html`<select name="${block.block_id as string}.${element.action_id as string}" data-do="choose" ${where(block, element)} aria-label="${hint}"${many && html` multiple size="4"`}>${!many && html`<option value="">${hint}</option>`}${choices}</select>`;
}

const kinds: Record<string, string> = {
  datepicker: 'date',
  timepicker: 'time',
  datetimepicker: 'datetime-local',
  email_text_input: 'email',
  url_text_input: 'url',
  number_input: 'number',
};

function field(block: Json, element: Json, value: Json): Html {
  const name = `${block.block_id}.${element.action_id}`;
  const entered = Object.values({ ...value, type: undefined }).find(
    (inner) => inner !== undefined && inner !== null,
  );
  const hint = String((element.placeholder as Json | undefined)?.text ?? '');
  const text = entered === undefined ? '' : String(entered);
  const most =
    element.max_length === undefined ? undefined : html` maxlength="${Number(element.max_length)}"`;
  const at = /picker$/.test(String(element.type))
    ? html` data-do="choose" ${where(block, element)}`
    : undefined;
  if (element.multiline === true)
    return html`<textarea name="${name}" rows="4" placeholder="${hint}"${most}>${text}</textarea>`;
  return html`<input type="${kinds[String(element.type)] ?? 'text'}" name="${name}" value="${text}" placeholder="${hint}"${most}${at}>`;
}

const people = (scene: Scene): string[] =>
  [...scene.world.users.values()]
    .filter(({ kind }) => kind === 'member' || kind === 'guest')
    .map(({ id }) => id);

const channels = (scene: Scene) =>
  [...scene.world.channels.values()].filter((channel) => channel.kind === 'public' && !channel.archived);

const idOf = (picked: unknown): string =>
  typeof picked === 'object' && picked !== null ? String((picked as Json).value) : String(picked);
