import { z } from 'zod';
import { type Role, roles } from '../../../incident/words.ts';
import { say } from '../answer.ts';
import { splitWord } from '../command-line.ts';
import { personInput, selectInput } from '../form-inputs.ts';
import { giveRole } from '../give-role.ts';
import type { IncidentVerb } from '../verb.ts';

const input = z.object({
  role: z.enum(roles as [Role, ...Role[]]).nullish(),
  person: z.string('needed').trim().min(1, 'needed'),
});

/** Offers one's own role to somebody; it changes hands when they accept. */
export const handoff: IncidentVerb<z.infer<typeof input>> = {
  of: 'incident',
  name: 'handoff',
  aliases: ['handover', '인계'],
  about: {
    en: 'Offer your role to somebody; you keep it until they accept.',
    ko: '맡은 역할을 다른 사람에게 넘깁니다. 상대가 수락할 때까지는 그대로 유지합니다.',
  },
  usage: 'handoff [ic|comms|ops|tech] @person',
  example: 'handoff ic @sora',
  effect: 'change',
  input,
  inline: (words) => {
    const [first, rest] = splitWord(words);
    const role = roles.find((one) => one === first.toLowerCase());
    return role ? { role, person: rest || undefined } : { role: null, person: words || undefined };
  },
  form: {
    title: (texts) => texts.modal.handoffTitle,
    submit: (texts) => texts.modal.offer,
    blocks: ({ texts, asker }, raw, incident) => [
      selectInput({
        name: 'role',
        label: texts.modal.role,
        choices: roles.map((one) => ({ value: one, label: texts.role[one] })),
        value: raw.role ?? roles.find((one) => incident?.state.roles[one].person === asker.person) ?? 'ic',
      }),
      personInput({ name: 'person', label: texts.modal.person }),
    ],
  },
  async run({ role, person }, ask, incident) {
    const { roles: held } = incident.state;
    const own = role ?? roles.find((one) => held[one].person === ask.asker.person) ?? 'ic';
    const found = ask.who.find(person, ask.asker);
    return found === null
      ? say(ask.texts.noSuchPerson(ask.name(person)))
      : giveRole(ask, incident, own, found);
  },
};
