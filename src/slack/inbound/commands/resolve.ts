import { z } from 'zod';
import { firing, incidentName } from '../../../incident/state.ts';
import { section } from '../../blocks.ts';
import { change, type Said } from '../change.ts';
import { textInput } from '../form-inputs.ts';
import { plainWords } from '../plain-message.ts';
import type { Ask, IncidentVerb } from '../verb.ts';

const input = z.object({ reason: z.string('needed').trim().max(1000, 'too-long').nullable() });

/** Closes the incident. Typed with its reason it happens at once; without one the form asks, and the reason stays optional. */
export const resolve: IncidentVerb<z.infer<typeof input>> = {
  of: 'incident',
  name: 'resolve',
  aliases: ['close', '해결'],
  about: {
    en: 'Close the incident; the postmortem draft follows.',
    ko: '인시던트를 종료합니다. 이어서 포스트모템 초안이 만들어집니다.',
  },
  usage: 'resolve [what ended it]',
  example: 'resolve failed over to the second replica',
  effect: 'change',
  input,
  inline: (words) => (words === '' ? {} : { reason: plainWords(words) }),
  form: {
    title: (texts) => texts.modal.resolveTitle,
    submit: (texts) => texts.modal.resolve,
    blocks: ({ texts }, raw, incident) => {
      const left = incident ? firing(incident.state).length : 0;
      return [
        ...(left > 0 ? [section(`:warning: ${texts.modal.stillFiring(left)}`)] : []),
        textInput({
          name: 'reason',
          label: texts.modal.reason,
          hint: texts.modal.resolveHint,
          value: raw.reason,
          optional: true,
          lines: true,
          max: 1000,
        }),
      ];
    },
  },
  run({ reason }, ask, incident) {
    const command = { type: 'Resolve' as const, rule: 'by-person', reason: reason || null };
    return change(ask, incident, 'resolve', command, saidOfResolving(ask));
  },
};

/** What somebody who resolves is told; a draft is promised only where `postmortem.on` in muster.yaml brings one. */
export const saidOfResolving = ({ texts, deps }: Ask): Said => ({
  done: ({ id, state }) =>
    texts.done.resolved(incidentName(id), deps.muster.postmortem.on.includes(state.severity)),
  same: ({ id }) => texts.done.resolvedAlready(incidentName(id)),
});
