import { z } from 'zod';
import { change } from '../change.ts';
import { textInput } from '../form-inputs.ts';
import { plainWords } from '../plain-message.ts';
import { texts } from '../texts.ts';
import type { IncidentVerb } from '../verb.ts';

const more = z.string().trim().max(1000, 'too-long').nullish();
const input = z.object({
  text: z.string('needed').trim().min(1, 'needed').max(3000, 'too-long'),
  condition: more,
  actions: more,
  needs: more,
});

/** Tells the channel how things stand; the form offers condition, actions and needs (platform-facts, practice 18). */
export const update: IncidentVerb<z.infer<typeof input>> = {
  of: 'incident',
  name: 'update',
  aliases: ['공유'],
  about: {
    en: 'Tell everybody how things stand: condition, actions, needs.',
    ko: '현재 상황, 진행 중인 조치, 필요한 것을 모두에게 알립니다.',
  },
  usage: 'update how things stand',
  example: 'update failover done, checking the writers',
  effect: 'change',
  input,
  inline: (words) => (words === '' ? {} : { text: plainWords(words) }),
  form: {
    title: (texts) => texts.modal.updateTitle,
    submit: (texts) => texts.modal.post,
    blocks: ({ texts: { modal } }, raw) => [
      textInput({ name: 'text', label: modal.update, value: raw.text, lines: true }),
      ...(['condition', 'actions', 'needs'] as const).map((name) =>
        textInput({ name, label: modal[name], optional: true, lines: true, max: 1000 }),
      ),
    ],
  },
  run(filled, ask, incident) {
    const labels = texts[incident.state.language].update;
    const parts = (['condition', 'actions', 'needs'] as const).flatMap((name) =>
      filled[name] ? [labels[name](filled[name])] : [],
    );
    const text = [filled.text, ...parts].join('\n');
    return change(
      ask,
      incident,
      'update',
      { type: 'PostUpdate', text, audience: 'channel' },
      {
        done: () => ask.texts.done.updated,
        same: () => ask.texts.done.updated,
      },
    );
  },
};
