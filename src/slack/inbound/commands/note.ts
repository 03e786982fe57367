import { z } from 'zod';
import { change } from '../change.ts';
import { textInput } from '../form-inputs.ts';
import { plainWords } from '../plain-message.ts';
import type { IncidentVerb } from '../verb.ts';

const input = z.object({
  text: z.string('needed').trim().min(1, 'needed').max(3000, 'too-long'),
  /** The message this was taken from; absent for a note that is typed now. */
  author: z.string().optional(),
  writtenAt: z.number().optional(),
  permalink: z.string().nullish(),
});

/** Puts a fact on the timeline. */
export const note: IncidentVerb<z.infer<typeof input>> = {
  of: 'incident',
  name: 'note',
  aliases: ['log', '메모'],
  about: { en: 'Put a fact on the timeline.', ko: '타임라인에 사실을 기록합니다.' },
  usage: 'note what happened',
  example: 'note restarted the order writer',
  effect: 'change',
  input,
  inline: (words) => (words === '' ? {} : { text: plainWords(words) }),
  form: {
    title: (texts) => texts.modal.noteTitle,
    submit: (texts) => texts.modal.add,
    blocks: ({ texts }, raw) => [
      textInput({ name: 'text', label: texts.modal.note, value: raw.text, lines: true }),
    ],
  },
  run({ text, author, writtenAt, permalink }, ask, incident) {
    const command = {
      type: 'AddNote' as const,
      text,
      author: author ?? ask.asker.name,
      writtenAt: writtenAt ?? ask.deps.now(),
      permalink: permalink ?? null,
    };
    return change(ask, incident, 'note', command, {
      done: () => ask.texts.done.noted,
      same: () => ask.texts.done.notedAlready,
    });
  },
};
