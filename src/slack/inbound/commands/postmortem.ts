import { z } from 'zod';
import { slackLink } from '../../../kit/text.ts';
import { change } from '../change.ts';
import type { IncidentVerb } from '../verb.ts';

/** Asks for the postmortem draft, or links the one there is. */
export const postmortem: IncidentVerb<object> = {
  of: 'incident',
  name: 'postmortem',
  aliases: ['pm', '포스트모템'],
  about: {
    en: 'Ask for the postmortem draft, or get its link.',
    ko: '포스트모템 초안을 요청하거나 링크를 확인합니다.',
  },
  usage: 'postmortem',
  example: 'postmortem inc-42',
  effect: 'change',
  input: z.object({}),
  inline: () => ({}),
  run: (_input, ask, incident) =>
    change(
      ask,
      incident,
      'postmortem',
      { type: 'RequestPostmortem', rule: 'by-person' },
      {
        done: () => ask.texts.done.postmortem,
        same: ({ state }) => {
          const pull = state.postmortem?.pullRequest;
          if (!pull) return ask.texts.done.postmortemAlready;
          const label = pull.number === null ? pull.branch : `#${pull.number}`;
          return `${ask.texts.done.postmortemAt(slackLink(pull.url, label))} (${ask.texts.state.pullRequestState[pull.state]})`;
        },
      },
    ),
};
