import { reasonOf } from '../kit/failure.ts';
import type { Said, Story as Shown } from '../sandbox/page/stories.ts';
import type { Visitor } from './scene.ts';
import type { Story } from './story.ts';

/** How a story is played, and where its lines go beside the page. */
export type Player = { play: (story: Story) => Promise<unknown>; print: (line: string) => void };

/** The stories as the page shows them: one plays at a time. */
export type Panels = {
  shown: Shown[];
  say: (line: Said) => void;
  visitor: Visitor;
  /** Calls back whenever the page has to be drawn again. */
  onChange: (listener: () => void) => void;
};

/** Creates a panel for every story. */
export function createPanels(stories: readonly Story[], { play, print }: Player): Panels {
  let telling: Shown | null = null;
  let answer: 'take' | 'leave' | null = null;
  let changed = (): void => {};

  const say = (line: Said): void => {
    print(line.en);
    telling?.told.push(line);
    changed();
  };
  const start = async (story: Story, panel: Shown): Promise<void> => {
    if (telling !== null) return;
    telling = panel;
    Object.assign(panel, { state: 'running', told: [], offer: null, channel: null });
    try {
      await play(story);
      panel.state = 'done';
    } catch (error) {
      panel.state = 'failed';
      const reason = reasonOf(error);
      say({ en: reason, ko: reason });
    }
    telling = null;
    changed();
  };
  const shown = stories.map((story): Shown => {
    const panel: Shown = {
      id: story.id,
      name: story.title,
      about: story.about,
      state: 'ready',
      told: [],
      offer: null,
      channel: null,
      start: () => start(story, panel),
      answer: (how) => {
        if (panel.offer === null) return;
        answer = how;
      },
    };
    return panel;
  });
  return {
    shown,
    say,
    visitor: {
      offer: (offer) => {
        answer = null;
        if (telling) telling.offer = offer;
        changed();
      },
      answer: () => answer,
      watch: (channel) => {
        if (telling) telling.channel = channel;
        changed();
      },
    },
    onChange: (listener) => {
      changed = listener;
    },
  };
}
