import { z } from 'zod';
import { slackCode } from '../../kit/text.ts';
import { section } from '../blocks.ts';
import { approveStep } from './approve-step.ts';
import { textInput } from './form-inputs.ts';
import type { IncidentVerb } from './verb.ts';

const input = z.object({
  run: z.string(),
  step: z.string(),
  hash: z.string(),
  reason: z.string('reason-needed').trim().min(1, 'reason-needed').max(1000, 'too-long'),
});

/**
 * The form behind "break the glass": somebody who may not approve a step runs it all the same, with a reason that is
 * announced and recorded. It is a form only; nobody types it.
 */
export const glassForm: IncidentVerb<z.infer<typeof input>> & Required<Pick<IncidentVerb<unknown>, 'form'>> =
  {
    of: 'incident',
    name: 'break-glass',
    aliases: [],
    about: { en: 'Run a step in an emergency.', ko: '비상시에 단계를 실행합니다.' },
    usage: '',
    example: '',
    effect: 'change',
    input,
    inline: () => ({}),
    form: {
      title: (texts) => texts.modal.glassTitle,
      submit: (texts) => texts.modal.approve,
      blocks: ({ texts: { modal } }, raw) => [
        section(slackCode(String(raw.step))),
        textInput({
          name: 'reason',
          label: modal.glassReason,
          hint: modal.glassHint,
          lines: true,
          max: 1000,
        }),
      ],
    },
    run: ({ reason, ...step }, ask, incident) => approveStep(ask, incident, step, reason),
  };
