// The page's state: who is looking, at which conversation, and what was drawn last.
import { wire } from './acting.js';

const byId = (id) => document.getElementById(id);
const query = new URLSearchParams(location.search);
const now = {
  as: sessionStorage.getItem('as') ?? '',
  channel: query.get('channel') ?? sessionStorage.getItem('channel') ?? '',
  thread: undefined,
  followUntil: 0,
  words: {},
  commands: [],
};
const drawn = { rows: new Map(), modal: undefined, parts: new Map() };

/** Draws a part of the page if its HTML differs from what was drawn last. */
function draw(id, html) {
  if (drawn.parts.get(id) === html) return;
  drawn.parts.set(id, html);
  byId(id).innerHTML = html;
}

/** Replaces, adds and removes message rows by key, so that open menus and half-read text stay as they are. */
function drawRows(rows, empty, channelChanged) {
  const list = byId('messages');
  const atEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 80;
  if (channelChanged) {
    list.replaceChildren();
    drawn.rows.clear();
  }
  if (rows.length > 0) list.querySelector(':scope > :not(.row)')?.remove();
  const keys = new Set(rows.map(({ key }) => key));
  for (const [key, { node }] of drawn.rows)
    if (!keys.has(key)) {
      node.remove();
      drawn.rows.delete(key);
    }
  let after = null;
  for (const { key, html } of rows) {
    const known = drawn.rows.get(key);
    let node = known?.node;
    if (known?.html !== html) {
      const made = document.createElement('div');
      made.className = 'row';
      made.innerHTML = html;
      if (known && !channelChanged) made.classList.add('changed');
      if (node) node.replaceWith(made);
      node = made;
      drawn.rows.set(key, { html, node });
    }
    const place = after ? after.nextSibling : list.firstChild;
    if (place !== node) list.insertBefore(node, place);
    after = node;
  }
  list.classList.toggle('empty', rows.length === 0);
  if (rows.length > 0) drawn.empty = undefined;
  else if (drawn.empty !== empty || channelChanged) {
    list.innerHTML = empty;
    drawn.empty = empty;
  }
  if (channelChanged || atEnd || now.followUntil > Date.now()) list.scrollTop = list.scrollHeight;
}

function drawModal(modal) {
  if (drawn.modal === (modal?.key ?? '')) return;
  drawn.modal = modal?.key ?? '';
  const veil = byId('veil');
  const typed = new Map(
    [...veil.querySelectorAll('input[type=text], textarea')].map((it) => [it.name, it.value]),
  );
  veil.innerHTML = modal?.html ?? '';
  veil.hidden = !modal;
  // What was typed survives an error beside another input.
  for (const field of veil.querySelectorAll('input[type=text], textarea'))
    if (typed.get(field.name)) field.value = typed.get(field.name);
  veil.querySelector('input, textarea, select')?.focus();
}

function drawComposer(composer) {
  now.commands = composer.commands;
  const form = byId('composer');
  const field = form.querySelector('textarea');
  field.placeholder = composer.hint;
  field.setAttribute('aria-label', composer.hint);
  form.querySelector('[type=submit]').title = now.words.send;
  form.querySelector('.write').hidden = composer.closed !== null;
  const closed = form.querySelector('.closed');
  closed.hidden = composer.closed === null;
  closed.querySelector('span').textContent = composer.closed ?? '';
  closed.querySelector('button').hidden = !composer.canJoin;
  closed.querySelector('button').textContent = now.words.join;
}

let asking;
let askAgain = false;

/** Asks for the state and draws it; calls that come meanwhile are answered by one more round. */
export async function refresh() {
  if (asking) {
    askAgain = true;
    return asking;
  }
  asking = (async () => {
    const seen = document.visibilityState === 'visible' ? '1' : '0';
    const { as, channel } = now;
    const response = await fetch(`/page/state?${new URLSearchParams({ as, channel, seen })}`);
    const state = await response.json();
    // Somebody has moved on since: what was asked for is no longer wanted, and the next round is due already.
    if (now.as !== as || now.channel !== channel) return;
    const channelChanged = drawn.channel !== `${state.as} ${state.channel}`;
    drawn.channel = `${state.as} ${state.channel}`;
    Object.assign(now, { as: state.as, channel: state.channel, words: state.words });
    sessionStorage.setItem('as', state.as);
    sessionStorage.setItem('channel', state.channel);
    draw('rail', state.rail);
    draw('sidebar', state.sidebar);
    draw('head', state.head);
    drawRows(state.rows, state.empty, channelChanged);
    drawModal(state.modal);
    drawComposer(state.composer);
    document.documentElement.lang = now.words.language;
    byId('stories').hidden = state.stories === null;
    document.body.classList.toggle('with-stories', state.stories !== null);
    draw('stories', state.stories ?? '');
  })();
  try {
    await asking;
  } finally {
    asking = undefined;
  }
  if (askAgain) {
    askAgain = false;
    await refresh();
  }
}

/** Shows a line at the bottom for a while. */
export function say(text) {
  const notice = byId('notice');
  notice.textContent = text;
  notice.hidden = false;
  clearTimeout(say.timer);
  say.timer = setTimeout(() => {
    notice.hidden = true;
  }, 5000);
}

/** Looks at another conversation, or as another person. */
export function show(change) {
  Object.assign(now, change, { thread: undefined });
  byId('replying').hidden = true;
  document.body.classList.remove('menu-open');
  return refresh();
}

wire({ now, refresh, say, show });
const changes = new EventSource('/page/changes');
changes.onmessage = () => refresh().catch(() => say(now.words.offline));
changes.onerror = () => say(now.words.offline ?? '…');
document.addEventListener('visibilitychange', () => refresh());
