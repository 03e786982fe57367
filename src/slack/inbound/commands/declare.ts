import { z } from 'zod';
import { incidentName } from '../../../incident/state.ts';
import { type Severity, severities } from '../../../incident/words.ts';
import { say } from '../answer.ts';
import { mayNot } from '../change.ts';
import { splitWord } from '../command-line.ts';
import { radioInput, selectInput, textInput } from '../form-inputs.ts';
import { plainWords } from '../plain-message.ts';
import { questionNames, severityQuestions } from '../severity-questions.ts';
import type { WorkspaceVerb } from '../verb.ts';

const input = z
  .object({
    title: z.string('needed').trim().min(1, 'needed').max(150, 'too-long'),
    severity: z.enum(severities as [Severity, ...Severity[]]).nullish(),
    question: z.enum(questionNames as [(typeof questionNames)[number]]).nullish(),
    service: z.string().nullish(),
  })
  .refine((declared) => declared.severity || declared.question, { path: ['question'], message: 'needed' });

/** Opens an incident by hand. Without a severity the form asks the questions that make one. */
export const declare: WorkspaceVerb<z.infer<typeof input>> = {
  of: 'workspace',
  name: 'declare',
  aliases: ['open', 'new', '선언'],
  about: {
    en: 'Declare an incident; without a severity, questions find it.',
    ko: '인시던트를 선언합니다. 심각도를 쓰지 않으면 질문으로 정합니다.',
  },
  usage: 'declare [P1|P2|P3|P4] [service] what is wrong',
  example: 'declare P2 orders checkout fails',
  effect: 'change',
  input,
  inline: (words) => {
    const [first, rest] = splitWord(words);
    const severity = severities.find((one) => one === first.toUpperCase());
    return severity ? { severity, title: plainWords(rest) } : { title: plainWords(words) };
  },
  form: {
    title: (texts) => texts.modal.declareTitle,
    submit: (texts) => texts.modal.declare,
    blocks: ({ texts, deps }, raw) => {
      const { modal } = texts;
      const services = Object.entries(deps.muster.services).map(([key, service]) => ({
        value: key,
        label: service.name ?? key,
        about:
          service.main_functions.length > 0
            ? modal.mainFunctions(service.main_functions.join(', '))
            : undefined,
      }));
      const questions = questionNames.map((name) => ({
        value: name,
        label: modal.questions[name],
        about: modal.means(severityQuestions[name]),
      }));
      return [
        textInput({ name: 'title', label: modal.what, hint: modal.whatHint, value: raw.title, max: 150 }),
        radioInput({ name: 'question', label: modal.question, choices: questions }),
        ...(services.length > 0
          ? [selectInput({ name: 'service', label: modal.service, choices: services, optional: true })]
          : []),
      ];
    },
  },
  async run({ title, severity, question, service }, ask) {
    const refused = mayNot(ask, null, 'declare');
    if (refused) return refused;
    const { asker, deps, texts } = ask;
    const first = splitWord(title)[0].toLowerCase();
    const { id, state } = await deps.declare({
      title,
      severity: severity ?? severityQuestions[question!],
      rule: severity ? 'declared-by-person' : `question:${question}`,
      service: service ?? (Object.hasOwn(deps.muster.services, first) ? first : null),
      language: deps.muster.language,
      at: deps.now(),
      by: asker.by,
    });
    const { channelFollows, noChannel } = texts.done;
    const soon = state.treatment.channel ? channelFollows : noChannel;
    const where = state.channel ? `<#${state.channel.id}>` : soon;
    return say(texts.done.declared(`*${state.severity}* ${incidentName(id)}`, where));
  },
};
