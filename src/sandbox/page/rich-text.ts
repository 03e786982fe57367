import type { Json } from '../slack/world.ts';
import { type Html, html } from './html.ts';
import type { Scene } from './scene.ts';
import { broadcast, channelMention, dateToken, emoji, groupMention, link, userMention } from './text.ts';

/** Renders a `rich_text` block; it has passed the validator, so its shape is known. */
export function richText(scene: Scene, block: Json): Html {
  return html`${(block.elements as Json[]).map((element) => group(scene, element))}`;
}

function group(scene: Scene, element: Json): Html {
  const elements = element.elements as Json[];
  const inside = () => html`${elements.map((inner) => inline(scene, inner))}`;
  switch (element.type) {
    case 'rich_text_list': {
      const items = html`${elements.map((item) => html`<li>${(item.elements as Json[]).map((inner) => inline(scene, inner))}</li>`)}`;
      const indent = `indent-${Number(element.indent ?? 0)}`;
      return element.style === 'ordered'
        ? html`<ol class="${indent}" start="${Number(element.offset ?? 0) + 1}">${items}</ol>`
        : html`<ul class="${indent}">${items}</ul>`;
    }
    case 'rich_text_quote':
      return html`<blockquote>${inside()}</blockquote>`;
    case 'rich_text_preformatted':
      return html`<pre>${inside()}</pre>`;
    default:
      return html`<div class="rich">${inside()}</div>`;
  }
}

function inline(scene: Scene, element: Json): Html {
  const style = (element.style ?? {}) as Record<string, boolean>;
  let shown = bare(scene, element);
  if (style.code) shown = html`<code>${shown}</code>`;
  if (style.strike) shown = html`<s>${shown}</s>`;
  if (style.italic) shown = html`<em>${shown}</em>`;
  if (style.bold) shown = html`<strong>${shown}</strong>`;
  return shown;
}

function bare(scene: Scene, element: Json): Html {
  switch (element.type) {
    case 'link':
      return link(String(element.url), String(element.text ?? element.url));
    case 'emoji':
      return emoji(String(element.name));
    case 'user':
      return userMention(scene, String(element.user_id));
    case 'usergroup':
      return groupMention(scene, String(element.usergroup_id));
    case 'channel':
      return channelMention(scene, String(element.channel_id));
    case 'broadcast':
      return broadcast(String(element.range));
    case 'date':
      return dateToken(scene, Number(element.timestamp), String(element.format));
    default:
      return html`${String(element.text ?? element.value ?? '')}`;
  }
}
