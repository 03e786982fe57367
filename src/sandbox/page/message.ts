import type { Channel, Json, Message } from '../slack/world.ts';
import { blocks } from './blocks.ts';
import { type Html, html } from './html.ts';
import { dayOf, nameOf, type Scene, timeOf } from './scene.ts';
import { emoji, mrkdwn } from './text.ts';

/** A rendered message; `key` stays the same while the message lives, so that the page replaces only what changed. */
export type Row = { key: string; html: string };

/** Messages of one author within this time stand under one name. */
const groupedMs = 5 * 60_000;

/** The conversation as the viewer sees it: day lines, messages with their threads, ephemeral ones in their place. */
export function conversation(scene: Scene, channel: Channel): Row[] {
  const mine = channel.ephemerals.filter((message) => message.onlyFor === scene.viewer.id);
  const all = [...channel.messages, ...mine].sort((a, b) => Number(a.ts) - Number(b.ts));
  const isReply = (message: Message) => message.threadTs !== undefined && message.threadTs !== message.ts;
  const rows: Row[] = [];
  let before: Message | undefined;
  let lastDay: string | undefined;
  for (const shown of all.filter((message) => !isReply(message))) {
    const day = dayOf(scene, shown.ts);
    if (day !== lastDay) {
      rows.push({ key: `day-${shown.ts}`, html: html`<div class="day"><span>${day}</span></div>`.html });
      before = undefined;
      lastDay = day;
    }
    const follows =
      before !== undefined &&
      before.user === shown.user &&
      !before.subtype &&
      !shown.subtype &&
      before.onlyFor === shown.onlyFor &&
      (Number(shown.ts) - Number(before.ts)) * 1000 < groupedMs &&
      !channel.pins.includes(shown.ts);
    const replies = all.filter((message) => isReply(message) && message.threadTs === shown.ts);
    rows.push({ key: shown.ts, html: message(scene, channel, shown, follows, replies).html });
    before = replies.length > 0 ? undefined : shown;
  }
  return rows;
}

/** A round avatar: initials on a colour of one's own, an emblem for apps. */
export function avatar(scene: Scene, userId: string): Html {
  if (userId === scene.app.botUser) return html`<span class="avatar app" aria-hidden="true">M</span>`;
  const position = [...scene.world.users.keys()].indexOf(userId);
  return html`<span class="avatar c${Math.max(0, position) % 6}" aria-hidden="true">${initials(nameOf(scene, userId))}</span>`;
}

function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  if (/[\u3131-\u{1F9FF}]/u.test(name)) return [...name].slice(-2).join('');
  return words
    .map((word) => word[0])
    .slice(0, 2)
    .join('')
    .toUpperCase();
}

function message(scene: Scene, channel: Channel, shown: Message, follows: boolean, replies: Message[]): Html {
  const { words } = scene;
  if (shown.subtype)
    return html`<div class="notice">${avatar(scene, shown.user)}<span>${mrkdwn(scene, greyLine(scene, shown))}</span><time>${timeOf(scene, shown.ts)}</time></div>`;
  const pinned = channel.pins.includes(shown.ts);
  const classes = ['message', follows && 'follows', pinned && 'pinned', shown.onlyFor && 'ephemeral'].filter(
    Boolean,
  );
  const time = html`<time>${timeOf(scene, shown.ts)}</time>`;
  return html`<article class="${classes.join(' ')}" data-ts="${shown.ts}">
${shown.onlyFor && html`<p class="flag">👁 ${words.onlyYou}</p>`}${pinned && html`<p class="flag">📌 ${words.pinned}</p>`}
<div class="gutter">${follows ? time : avatar(scene, shown.user)}</div>
<div class="body">${!follows && html`<div class="by"><strong>${nameOf(scene, shown.user)}</strong>${shown.byApp && html`<span class="badge">${words.app}</span>`}${time}</div>`}${content(scene, shown)}${reactions(scene, shown)}${
    replies.length > 0 &&
    html`<details class="thread" open><summary>${words.replies(replies.length)}</summary>${replies.map((reply) => message(scene, channel, reply, false, []))}</details>`
  }</div>${tools(scene, channel, shown)}</article>`;
}

/** Slack writes its own grey lines in the reader's language. */
function greyLine({ words }: Scene, { subtype, text, user }: Message): string {
  if (subtype === 'channel_join') return words.joined(`<@${user}>`);
  const value = text.slice(text.indexOf(': ') + 2);
  if (subtype === 'channel_topic') return words.setTopic(`<@${user}>`, value);
  if (subtype === 'channel_purpose') return words.setPurpose(`<@${user}>`, value);
  return text;
}

function content(scene: Scene, shown: Message): Html {
  const picked = shown.picked[scene.viewer.id] ?? {};
  const edited = shown.edits > 0 && html` <span class="edited">${scene.words.edited}</span>`;
  const said =
    shown.blocks.length > 0
      ? html`${blocks(scene, shown.blocks, picked)}${edited}`
      : html`<div class="text">${mrkdwn(scene, shown.text)}${edited}</div>`;
  return html`${said}${shown.attachments.map((attachment) => attached(scene, attachment))}`;
}

function attached(scene: Scene, attachment: Json): Html {
  const inner = attachment.blocks as Json[] | undefined;
  const text = String(attachment.text ?? attachment.fallback ?? '');
  return html`<div class="attachment">${inner ? blocks(scene, inner, {}) : mrkdwn(scene, text)}</div>`;
}

function reactions(scene: Scene, shown: Message): Html | undefined {
  if (shown.reactions.length === 0) return undefined;
  return html`<div class="reactions">${shown.reactions.map(({ name, users }) => {
    const mine = users.includes(scene.viewer.id);
    const who = users.map((user) => nameOf(scene, user)).join(', ');
    return html`<button type="button" class="${mine ? 'mine' : ''}" data-do="${mine ? 'unreact' : 'react'}" data-value="${name}" title="${who}">${emoji(name)} ${users.length}</button>`;
  })}</div>`;
}

function tools(scene: Scene, channel: Channel, shown: Message): Html | undefined {
  const canWrite = !channel.archived && channel.members.includes(scene.viewer.id);
  if (shown.onlyFor || !canWrite) return undefined;
  const shortcuts = scene.app.shortcuts.filter((shortcut) => shortcut.type === 'message');
  const isReply = shown.threadTs !== undefined && shown.threadTs !== shown.ts;
  return html`<div class="tools"><button type="button" data-do="react" data-value="pushpin" title="${scene.words.addReaction}">📌</button>${
    !isReply &&
    html`<button type="button" data-do="reply" data-value="${nameOf(scene, shown.user)}" title="${scene.words.reply}">💬</button>`
  }${shortcuts.map(({ name }) => html`<button type="button" data-do="shortcut" data-value="${name}">${name}</button>`)}</div>`;
}
