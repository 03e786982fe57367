import type { Channel, View } from '../slack/world.ts';
import { blocks } from './blocks.ts';
import { type Html, html } from './html.ts';
import { avatar } from './message.ts';
import { nameOf, type Scene, titleOf } from './scene.ts';
import { emoji, link, plainText } from './text.ts';
import type { Unread } from './unread.ts';

/** The narrow rail of people one can act as, each with the number of messages that call them. */
export function rail(scene: Scene, unread: Unread): Html {
  const people = [...scene.world.users.values()].filter(({ kind }) => kind === 'member' || kind === 'guest');
  return html`${people.map(({ id, realName }) => {
    const calls = unread.callsFor(id);
    const current = id === scene.viewer.id;
    return html`<button type="button" data-as="${id}" title="${scene.words.actAs(realName)}" aria-pressed="${String(current)}">${avatar(scene, id)}<span class="who">${realName.split(' ')[0]}</span>${calls > 0 && html`<span class="count">${calls}</span>`}</button>`;
  })}`;
}

/** The list of conversations the viewer may see. */
export function sidebar(scene: Scene, current: Channel, unread: Unread): Html {
  const { words, viewer } = scene;
  const all = [...scene.world.channels.values()];
  const listed = all.filter(
    ({ kind, members }) => kind === 'public' || (kind === 'private' && members.includes(viewer.id)),
  );
  const direct = all.filter(
    ({ kind, members }) => (kind === 'im' || kind === 'mpim') && members.includes(viewer.id),
  );
  const byName = (a: Channel, b: Channel) =>
    Number(b.general) - Number(a.general) || b.createdAt - a.createdAt;
  const row = (channel: Channel) => entry(scene, channel, current, unread);
  const archived = listed.filter((channel) => channel.archived);
  return html`<header><strong>${scene.world.team.name}</strong><span>${words.youAre}: ${viewer.realName}${viewer.title && html` · ${viewer.title}`}</span></header>
<h2>${words.channels}</h2>${listed
    .filter((channel) => !channel.archived)
    .sort(byName)
    .map(row)}
<h2>${words.direct}</h2>${direct.map(row)}${appEntry(scene, direct)}
${archived.length > 0 && html`<h2>${words.archivedChannels}</h2>${archived.map(row)}`}`;
}

function appEntry(scene: Scene, direct: Channel[]): Html | undefined {
  if (direct.some(({ kind, members }) => kind === 'im' && members.includes(scene.app.botUser)))
    return undefined;
  return html`<button type="button" class="channel" data-dm="${scene.app.botUser}">${avatar(scene, scene.app.botUser)}<span>${scene.app.name}</span></button>`;
}

function entry(scene: Scene, channel: Channel, current: Channel, unread: Unread): Html {
  const direct = channel.kind === 'im' || channel.kind === 'mpim';
  const other = channel.members.find((member) => member !== scene.viewer.id) ?? scene.viewer.id;
  const sign = direct
    ? avatar(scene, other)
    : html`<span class="sign">${channel.kind === 'private' ? '🔒' : '#'}</span>`;
  const { isUnread, calls } = unread.in(scene.viewer.id, channel);
  const outside = channel.kind === 'public' && !channel.members.includes(scene.viewer.id);
  const classes = [
    'channel',
    channel === current && 'current',
    isUnread && 'unread',
    outside && 'outside',
  ].filter(Boolean);
  return html`<a class="${classes.join(' ')}" href="?channel=${channel.id}" data-channel="${channel.id}"${channel === current && html` aria-current="page"`}>${sign}<span>${titleOf(scene, channel)}</span>${calls > 0 && html`<span class="count">${calls}</span>`}</a>`;
}

/** The head of a conversation: name, topic, pins, bookmarks. */
export function head(scene: Scene, channel: Channel): Html {
  const { words } = scene;
  const direct = channel.kind === 'im' || channel.kind === 'mpim';
  const name = html`<h1>${!direct && '#'}${titleOf(scene, channel)}</h1>`;
  const who = channel.members.map((member) => nameOf(scene, member)).join(', ');
  const about = direct
    ? undefined
    : html`<p class="topic" title="${channel.topic}">${plainText(channel.topic || words.noTopic)}</p>`;
  const bar = html`<div class="bookmarks">${
    channel.pins.length > 0 &&
    html`<button type="button" data-jump="${channel.pins[0]!}">📌 ${words.pins(channel.pins.length)}</button>`
  }${channel.bookmarks.map(
    (bookmark) =>
      html`<span class="bookmark">${bookmark.emoji ? emoji(bookmark.emoji.slice(1, -1)) : '🔗'} ${link(bookmark.link, bookmark.title)}</span>`,
  )}</div>`;
  const hasBar = channel.pins.length > 0 || channel.bookmarks.length > 0;
  return html`<div class="line">${name}${about}<span class="members" title="${who}">${words.members(channel.members.length)}</span></div>${hasBar && bar}`;
}

/** The modal on top of the workspace. */
export function modal(scene: Scene, view: View): Html {
  const { title, submit, close } = view.content as Record<string, { text: string } | undefined>;
  return html`<form class="modal" role="dialog" aria-modal="true" aria-label="${title?.text}" data-view="${view.id}" novalidate>
<header><span class="avatar app" aria-hidden="true">M</span><h2>${plainText(title?.text ?? '')}</h2><button type="button" data-do="closeView" aria-label="${scene.words.close}">✕</button></header>
<div class="content">${blocks(scene, view.blocks, view.state, view.errors)}</div>
<footer><button type="button" class="button" data-do="closeView">${close?.text ?? scene.words.cancel}</button>${submit && html`<button type="submit" class="button primary">${submit.text}</button>`}</footer></form>`;
}
