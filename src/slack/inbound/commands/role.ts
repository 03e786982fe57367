import { z } from 'zod';
import { type Role, roles } from '../../../incident/words.ts';
import { say } from '../answer.ts';
import { splitWord } from '../command-line.ts';
import { personInput, selectInput } from '../form-inputs.ts';
import { giveRole } from '../give-role.ts';
import type { IncidentVerb } from '../verb.ts';

const input = z.object({
  role: z.enum(roles as [Role, ...Role[]], 'needed'),
  person: z.string('needed').trim().min(1, 'needed'),
});

/** Gives a role to somebody, or takes it. */
export const role: IncidentVerb<z.infer<typeof input>> = {
  of: 'incident',
  name: 'role',
  aliases: ['assign', '역할'],
  about: {
    en: 'Give a role (ic, comms, ops, tech) to somebody, or take it with `me`.',
    ko: '역할(ic, comms, ops, tech)을 다른 사람에게 맡깁니다. `나`라고 쓰면 직접 맡습니다.',
  },
  usage: 'role ic|comms|ops|tech @person|me',
  example: 'role comms me',
  effect: 'change',
  input,
  inline: (words) => {
    const [first, person] = splitWord(words);
    return { role: first.toLowerCase(), person: person || undefined };
  },
  form: {
    title: (texts) => texts.modal.roleTitle,
    submit: (texts) => texts.modal.assign,
    blocks: ({ texts, asker }, raw) => [
      selectInput({
        name: 'role',
        label: texts.modal.role,
        choices: roles.map((one) => ({ value: one, label: texts.role[one] })),
        value: raw.role,
      }),
      personInput({ name: 'person', label: texts.modal.person, value: asker.user }),
    ],
  },
  async run({ role, person }, ask, incident) {
    const found = ask.who.find(person, ask.asker);
    return found === null
      ? say(ask.texts.noSuchPerson(ask.name(person)))
      : giveRole(ask, incident, role, found);
  },
};
