import { type Html, html } from './html.ts';
import type { Words } from './words.ts';

/** A story that the demo offers: a button that starts it, and how it is going. */
export type Story = {
  id: string;
  name: string;
  about: string;
  state: 'ready' | 'running' | 'done' | 'failed';
  /** One line on what is happening now, or how it ended. */
  detail?: string;
  start: () => Promise<void>;
};

/** The panel of stories. */
export function storiesPanel(words: Words, stories: Story[]): Html {
  const busy = stories.some(({ state }) => state === 'running');
  const label = {
    ready: words.start,
    running: words.running,
    done: words.again,
    failed: words.again,
  } as const;
  return html`<header><h2>${words.stories}</h2><p>${words.storiesAbout}</p></header>${stories.map(
    (story) =>
      html`<section class="story ${story.state}"><h3>${story.name}${story.state === 'done' && html` <span class="state">✓ ${words.done}</span>`}${story.state === 'failed' && html` <span class="state">✕ ${words.failed}</span>`}</h3><p>${story.about}</p>${
        story.detail && html`<p class="detail" role="status">${story.detail}</p>`
      }<button type="button" class="button primary" data-story="${story.id}"${busy && html` disabled`}>${label[story.state]}</button></section>`,
  )}`;
}
