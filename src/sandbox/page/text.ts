import MarkdownIt from 'markdown-it';
import { type Node, parseMrkdwn } from '../slack/mrkdwn.ts';
import type { Json } from '../slack/world.ts';
import { emojiOf } from './emoji.ts';
import { type Html, html, raw } from './html.ts';
import { format, nameOf, type Scene } from './scene.ts';

const markdownIt = new MarkdownIt({ html: false, linkify: false, breaks: true }).disable('image');
const defaultLink = markdownIt.renderer.rules.link_open;
markdownIt.renderer.rules.link_open = (tokens, index, options, env, self) => {
  tokens[index]?.attrSet('target', '_blank');
  tokens[index]?.attrSet('rel', 'noopener noreferrer');
  return defaultLink
    ? defaultLink(tokens, index, options, env, self)
    : self.renderToken(tokens, index, options);
};

/** Renders mrkdwn as Slack shows it. */
export function mrkdwn(scene: Scene, text: string): Html {
  return nodes(scene, parseMrkdwn(text));
}

/** Renders a text object: mrkdwn formatted, plain text with emoji only. */
export function textObject(scene: Scene, object: Json): Html {
  const text = String(object.text ?? '');
  return object.type === 'mrkdwn' ? mrkdwn(scene, text) : plainText(text, object.emoji !== false);
}

/** Renders plain text; `:name:` becomes an emoji unless that is off. */
export function plainText(text: string, emoji = true): Html {
  if (!emoji) return html`${text}`;
  return html`${text.split(/(:[a-z0-9_+'-]+:)/).map((part) => emojiOf(part.slice(1, -1)) ?? part)}`;
}

/** Renders standard Markdown, as Slack's `markdown` block does, without raw HTML and without images. */
export function markdown(text: string): Html {
  return html`<div class="markdown">${raw(markdownIt.render(text))}</div>`;
}

/** An emoji by its short name. */
export function emoji(name: string): Html {
  const character = emojiOf(name);
  return character ? html`<span class="emoji" title=":${name}:">${character}</span>` : html`:${name}:`;
}

/** A link that leaves the page; anything but http, https and mailto is shown as text. */
export function link(url: string, text: Html | string): Html {
  if (!/^(https?:\/\/|mailto:)/i.test(url)) return html`${text}`;
  return html`<a href="${url}" target="_blank" rel="noopener noreferrer">${text}</a>`;
}

/** A mention of a person, lit up when it is the viewer. */
export function userMention(scene: Scene, id: string): Html {
  return html`<span class="mention${id === scene.viewer.id && ' me'}">@${nameOf(scene, id)}</span>`;
}

/** A mention of everybody in reach. */
export function broadcast(range: string): Html {
  return html`<span class="mention me">@${range}</span>`;
}

/** A link to another channel of the workspace. */
export function channelMention(scene: Scene, id: string): Html {
  const name = scene.world.channels.get(id)?.name ?? id;
  return html`<a class="mention" href="?channel=${id}" data-channel="${id}">#${name}</a>`;
}

/** A mention of a user group. */
export function groupMention(scene: Scene, id: string): Html {
  const group = scene.world.usergroups.find((known) => known.id === id);
  return html`<span class="mention">@${group?.handle ?? id}</span>`;
}

/** A time written by Slack in the reader's own zone. */
export function dateToken(scene: Scene, timestamp: number, pattern: string): Html {
  const shown = (options: Intl.DateTimeFormatOptions) => format(scene, String(timestamp), options);
  const date = (month: 'long' | 'short' | '2-digit') => shown({ year: 'numeric', month, day: 'numeric' });
  return html`${pattern
    .replace(/\{date_num\}/g, shown({ year: 'numeric', month: '2-digit', day: '2-digit' }))
    .replace(/\{date_short(_pretty)?\}/g, date('short'))
    .replace(
      /\{date_long(_pretty)?\}/g,
      shown({ weekday: 'long', year: 'numeric', month: 'long', day: 'numeric' }),
    )
    .replace(/\{date(_pretty)?\}/g, date('long'))
    .replace(/\{time_secs\}/g, shown({ hour: 'numeric', minute: '2-digit', second: '2-digit' }))
    .replace(/\{time\}/g, shown({ hour: 'numeric', minute: '2-digit' }))
    .replace(/\{ago\}/g, date('short'))}`;
}

function nodes(scene: Scene, parsed: Node[]): Html {
  return html`${parsed.map((node) => one(scene, node))}`;
}

function one(scene: Scene, node: Node): Html {
  switch (node.type) {
    case 'text':
      return html`${node.text}`;
    case 'bold':
      return html`<strong>${nodes(scene, node.children)}</strong>`;
    case 'italic':
      return html`<em>${nodes(scene, node.children)}</em>`;
    case 'strike':
      return html`<s>${nodes(scene, node.children)}</s>`;
    case 'code':
      return html`<code>${nodes(scene, node.children)}</code>`;
    case 'pre':
      return html`<pre>${nodes(scene, node.children)}</pre>`;
    case 'quote':
      return html`<blockquote>${nodes(scene, node.children)}</blockquote>`;
    case 'emoji':
      return emoji(node.name);
    case 'link':
      return link(node.url, node.text);
    case 'date':
      return dateToken(scene, node.timestamp, node.format);
    case 'user':
      return userMention(scene, node.id);
    case 'channel':
      return channelMention(scene, node.id);
    case 'usergroup':
      return groupMention(scene, node.id);
    case 'broadcast':
      return broadcast(node.range);
  }
}
