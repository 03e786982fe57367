import { z } from 'zod';
import { slackText } from '../../../kit/text.ts';
import { say } from '../answer.ts';
import { change } from '../change.ts';
import { textInput } from '../form-inputs.ts';
import type { IncidentVerb } from '../verb.ts';

const input = z.object({ text: z.string('needed').trim().min(1, 'needed') });

/** Takes in evidence that was made elsewhere: a runbook's report from another place, the summary of a load run. */
export const evidence: IncidentVerb<z.infer<typeof input>> = {
  of: 'incident',
  name: 'evidence',
  aliases: ['증거'],
  about: {
    en: 'Take in a runbook report from another place, or a k6 summary.',
    ko: '다른 곳에서 실행한 런북 보고서나 k6 요약을 증거로 추가합니다.',
  },
  usage: 'evidence JSON',
  example: 'evidence {"muster_report":1,…}',
  effect: 'change',
  input,
  inline: (words) => (words === '' ? {} : { text: words }),
  form: {
    title: (texts) => texts.modal.evidenceTitle,
    submit: (texts) => texts.modal.add,
    blocks: ({ texts }, raw) => [
      textInput({
        name: 'text',
        label: texts.modal.evidence,
        hint: texts.modal.evidenceHint,
        value: raw.text,
        lines: true,
      }),
    ],
  },
  run({ text }, ask, incident) {
    const exhibit = ask.deps.takeEvidence(text, incident.state);
    if ('problem' in exhibit) return Promise.resolve(say(slackText(exhibit.problem)));
    return change(
      ask,
      incident,
      'note',
      { type: 'AddEvidence', exhibit },
      {
        done: () => ask.texts.done.evidence(slackText(exhibit.title), ask.texts.verdict[exhibit.verdict]),
        same: () => ask.texts.done.evidenceAlready,
      },
    );
  },
};
