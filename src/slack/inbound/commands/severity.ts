import { z } from 'zod';
import { incidentName } from '../../../incident/state.ts';
import { type Severity, severities } from '../../../incident/words.ts';
import { change } from '../change.ts';
import { splitWord } from '../command-line.ts';
import { selectInput, textInput } from '../form-inputs.ts';
import { plainWords } from '../plain-message.ts';
import type { IncidentVerb } from '../verb.ts';

const input = z.object({
  to: z.enum(severities as [Severity, ...Severity[]], 'needed'),
  reason: z.string().trim().max(1000, 'too-long').nullish(),
});

/** Raises freely, lowers with a reason. */
export const severity: IncidentVerb<z.infer<typeof input>> = {
  of: 'incident',
  name: 'severity',
  aliases: ['sev', '심각도'],
  about: {
    en: 'Change the severity; lowering it needs a reason.',
    ko: '심각도를 바꿉니다. 낮출 때는 이유가 필요합니다.',
  },
  usage: 'severity P1|P2|P3|P4 [reason]',
  example: 'severity P3 only one customer is affected',
  effect: 'change',
  input,
  inline: (words) => {
    const [to, reason] = splitWord(words);
    return { to: to.toUpperCase(), reason: plainWords(reason) || null };
  },
  form: {
    title: (texts) => texts.modal.severityTitle,
    submit: (texts) => texts.modal.change,
    blocks: ({ texts }, raw, incident) => [
      selectInput({
        name: 'to',
        label: texts.modal.severity,
        choices: severities.map((one) => ({ value: one, label: one, about: texts.severity[one] })),
        value: incident?.state.severity,
      }),
      textInput({
        name: 'reason',
        label: texts.modal.reason,
        hint: texts.modal.reasonHint,
        value: raw.reason,
        optional: true,
        max: 1000,
      }),
    ],
  },
  run({ to, reason }, ask, incident) {
    const { treatments } = ask.deps;
    const command = {
      type: 'ChangeSeverity' as const,
      to,
      reason: reason || null,
      rule: 'changed-by-person',
      treatments,
    };
    return change(ask, incident, 'severity', command, {
      done: ({ id }) => ask.texts.done.severity(incidentName(id), to),
      same: ({ id }) => ask.texts.done.severitySame(incidentName(id), to),
    });
  },
};
