import type { Json, StateValues } from '../slack/world.ts';
import { control } from './controls.ts';
import { type Html, html } from './html.ts';
import { richText } from './rich-text.ts';
import type { Scene } from './scene.ts';
import { link, markdown, plainText, textObject } from './text.ts';

/** Renders blocks as Slack shows them; `state` is what the viewer has picked, `errors` stand beside inputs. */
export function blocks(
  scene: Scene,
  list: Json[],
  state: StateValues,
  errors: Record<string, string> = {},
): Html {
  return html`${list.map((block) => {
    const picked = (element: Json) => state[String(block.block_id)]?.[String(element.action_id)];
    const shown = one(scene, block, picked, errors[String(block.block_id)]);
    return html`<div class="block ${String(block.type)}">${shown}</div>`;
  })}`;
}

function one(
  scene: Scene,
  block: Json,
  picked: (element: Json) => Json | undefined,
  error: string | undefined,
): Html {
  switch (block.type) {
    case 'header':
      return html`<h3>${plainText(String((block.text as Json).text))}</h3>`;
    case 'section':
      return section(scene, block, picked);
    case 'context':
      return html`${(block.elements as Json[]).map((element) =>
        element.type === 'image' ? picture(scene, element) : html`<span>${textObject(scene, element)}</span>`,
      )}`;
    case 'actions':
      return html`${(block.elements as Json[]).map((element) => control(scene, block, element, picked(element)))}`;
    case 'divider':
      return html`<hr>`;
    case 'image':
      return picture(scene, block);
    case 'markdown':
      return markdown(String(block.text));
    case 'rich_text':
      return richText(scene, block);
    case 'table':
      return table(scene, block);
    case 'alert':
      return html`<p class="${String(block.level ?? 'default')}">${textObject(scene, block.text as Json)}</p>`;
    case 'input':
      return input(scene, block, picked, error);
    default:
      return html`<p class="muted">[${String(block.type)}]</p>`;
  }
}

function section(scene: Scene, block: Json, picked: (element: Json) => Json | undefined): Html {
  const fields = (block.fields ?? []) as Json[];
  const accessory = block.accessory as Json | undefined;
  const beside =
    accessory &&
    (accessory.type === 'image'
      ? picture(scene, accessory)
      : control(scene, block, accessory, picked(accessory)));
  return html`<div class="words">${block.text !== undefined && html`<div class="text">${textObject(scene, block.text as Json)}</div>`}${
    fields.length > 0 &&
    html`<div class="fields">${fields.map((field) => html`<div>${textObject(scene, field)}</div>`)}</div>`
  }</div>${beside && html`<div class="accessory">${beside}</div>`}`;
}

/** A file of the workspace is shown. A picture of another site is not loaded: the page fetches nothing from outside. */
function picture(scene: Scene, image: Json): Html {
  const alt = String(image.alt_text);
  const file = scene.world.files.get(String((image.slack_file as Json | undefined)?.id));
  if (file) return html`<img class="file" src="/page/files/${file.id}" alt="${alt}">`;
  return html`<span class="picture" role="img" aria-label="${alt}">🖼 ${link(String(image.image_url ?? ''), alt)}<small>${scene.words.imageWithheld}</small></span>`;
}

function table(scene: Scene, block: Json): Html {
  const settings = (block.column_settings ?? []) as (Json | null)[];
  const cell = (content: Json, column: number, tag: 'th' | 'td') => {
    const shown = content.type === 'raw_text' ? html`${String(content.text)}` : richText(scene, content);
    const align = `align-${String(settings[column]?.align ?? 'left')}`;
    return tag === 'th' ? html`<th class="${align}">${shown}</th>` : html`<td class="${align}">${shown}</td>`;
  };
  const [head = [], ...rows] = block.rows as Json[][];
  return html`<div class="scroll"><table><thead><tr>${head.map((content, column) => cell(content, column, 'th'))}</tr></thead><tbody>${rows.map(
    (row) => html`<tr>${row.map((content, column) => cell(content, column, 'td'))}</tr>`,
  )}</tbody></table></div>`;
}

function input(
  scene: Scene,
  block: Json,
  picked: (element: Json) => Json | undefined,
  error: string | undefined,
): Html {
  const element = block.element as Json;
  const hint = block.hint as Json | undefined;
  return html`<div class="label">${plainText(String((block.label as Json).text))}${
    block.optional === true && html` <small>(${scene.words.optional})</small>`
  }</div>${control(scene, block, element, picked(element))}${error && html`<p class="error" role="alert">${error}</p>`}${
    hint && html`<p class="hint">${plainText(String(hint.text))}</p>`
  }`;
}
