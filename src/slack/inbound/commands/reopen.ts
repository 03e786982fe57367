import { z } from 'zod';
import { incidentName } from '../../../incident/state.ts';
import { change } from '../change.ts';
import { plainWords } from '../plain-message.ts';
import type { IncidentVerb } from '../verb.ts';

const input = z.object({ reason: z.string().trim().max(1000, 'too-long').nullable() });

/** Opens a resolved incident again. */
export const reopen: IncidentVerb<z.infer<typeof input>> = {
  of: 'incident',
  needsResolved: true,
  name: 'reopen',
  aliases: ['재개'],
  about: { en: 'Open a resolved incident again.', ko: '해결된 인시던트를 다시 엽니다.' },
  usage: 'reopen [reason]',
  example: 'reopen inc-42 the errors are back',
  effect: 'change',
  input,
  inline: (words) => ({ reason: plainWords(words) || null }),
  run({ reason }, ask, incident) {
    return change(
      ask,
      incident,
      'reopen',
      { type: 'Reopen', rule: 'by-person', reason },
      {
        done: ({ id }) => ask.texts.done.reopened(incidentName(id)),
        same: ({ id }) => ask.texts.done.openAlready(incidentName(id)),
      },
    );
  },
};
