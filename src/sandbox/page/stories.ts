import { type Html, html } from './html.ts';
import type { Words } from './words.ts';

/** A line in every language of the page. */
export type Said = { en: string; ko: string };

/** What the visitor may do now instead of watching: a place to go, and a way to let the story go on by itself. */
export type Offer = {
  says: Said;
  /** The words on the button that leads there. */
  go: Said;
  /** Whom to act as there; absent: whoever the visitor is. */
  as?: string;
  /** The conversation to open, by its id, or another page of the demo. */
  at: { channel: string } | { href: string };
};

/** A story that the demo offers: a button that starts it, and how it is going. */
export type Story = {
  id: string;
  name: Said;
  about: Said;
  state: 'ready' | 'running' | 'done' | 'failed';
  /** What has happened so far, oldest first; the last line is what happens now, or how it ended. */
  told: Said[];
  offer: Offer | null;
  /** The conversation in which it plays, once there is one. */
  channel: { id: string; name: string } | null;
  start: () => Promise<void>;
  /** The visitor takes the offer, or leaves it to the people of the story. */
  answer: (how: 'take' | 'leave') => void;
};

/** The panel of stories. */
export function storiesPanel(words: Words, stories: Story[]): Html {
  const busy = stories.some(({ state }) => state === 'running');
  return html`<header><h2>${words.stories}</h2><p>${words.storiesAbout}</p></header>${stories.map((story) => panel(words, story, busy))}<p class="own">${words.ownIncident} <code>/incident declare P2 …</code></p>`;
}

function panel(words: Words, story: Story, busy: boolean): Html {
  const { language } = words;
  const running = story.state === 'running';
  const mark = {
    ready: undefined,
    running: undefined,
    done: html` <span class="state">✓ ${words.done}</span>`,
    failed: html` <span class="state">✕ ${words.failed}</span>`,
  }[story.state];
  const told =
    story.told.length > 0 &&
    html`<ol class="told" role="log">${story.told.map((line) => html`<li>${line[language]}</li>`)}</ol>`;
  const watch =
    story.channel &&
    html`<p class="watch"><a href="?channel=${story.channel.id}" data-channel="${story.channel.id}">#${story.channel.name}</a></p>`;
  const start =
    !running &&
    html`<button type="button" class="button primary" data-story="${story.id}"${busy && html` disabled`}>${story.state === 'ready' ? words.start : words.again}</button>`;
  return html`<section class="story ${story.state}"><h3>${story.name[language]}${mark}</h3><p>${story.about[language]}</p>${told}${watch}${running && offered(words, story)}${start}</section>`;
}

function offered(words: Words, { id, offer }: Story): Html | undefined {
  if (offer === null) return undefined;
  const { language } = words;
  const place =
    'href' in offer.at
      ? html`data-href="${offer.at.href}"`
      : html`data-to="${offer.at.channel}"${offer.as && html` data-act-as="${offer.as}"`}`;
  return html`<div class="offer"><p>${offer.says[language]}</p><button type="button" class="button primary" data-answer="take" data-of="${id}" ${place}>${offer.go[language]}</button><button type="button" class="button" data-answer="leave" data-of="${id}">${words.leave}</button></div>`;
}

/** What stands in an empty channel of a demo: the first thing to do, within reach. */
export function welcome(words: Words, stories: Story[]): Html {
  const first = stories.find(({ state }) => state === 'ready');
  const start =
    first &&
    !stories.some(({ state }) => state === 'running') &&
    html`<button type="button" class="button primary" data-story="${first.id}">${words.startThis(first.name[words.language])}</button>`;
  return html`<div class="welcome"><h2>${words.welcome}</h2><p>${words.welcomeAbout}</p><ol>${words.welcomeSteps.map((step) => html`<li>${step}</li>`)}</ol>${start}</div>`;
}
