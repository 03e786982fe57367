import { z } from 'zod';
import { incidentName } from '../../../incident/state.ts';
import { change } from '../change.ts';
import type { IncidentVerb } from '../verb.ts';

/** Answers the page: nobody else is paged for this incident. */
export const ack: IncidentVerb<object> = {
  of: 'incident',
  name: 'ack',
  aliases: ['acknowledge', '확인'],
  about: {
    en: 'Say that you are on it; the paging stops.',
    ko: '대응을 시작했다고 알립니다. 이후 호출이 멈춥니다.',
  },
  usage: 'ack',
  example: 'ack',
  effect: 'change',
  input: z.object({}),
  inline: () => ({}),
  run: (_input, ask, incident) =>
    change(
      ask,
      incident,
      'ack',
      { type: 'Acknowledge' },
      {
        done: ({ id }, events) => {
          const unpaged = events.some((event) => event.type === 'Acknowledged' && !event.wasPaged);
          const said = ask.texts.done.acknowledged(incidentName(id));
          return unpaged && incident.state.paging.sent.length > 0
            ? `${said} ${ask.texts.done.notPagedNote}`
            : said;
        },
        same: ({ id, state }) =>
          ask.texts.done.alreadyAcknowledged(incidentName(id), ask.name(state.acknowledged?.person ?? '')),
      },
    ),
};
