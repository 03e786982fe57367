import { z } from 'zod';
import { oneLine, slackCode } from '../../../kit/text.ts';
import { say } from '../answer.ts';
import type { Verb, WorkspaceVerb } from '../verb.ts';

const input = z.object({ verb: z.string().nullable() });

/** The help over a catalogue of verbs; it is one of them itself, so the catalogue arrives as a function. */
export const helpOver = (catalogue: () => readonly Verb[]): WorkspaceVerb<z.infer<typeof input>> => ({
  of: 'workspace',
  name: 'help',
  aliases: ['?', '도움말'],
  about: { en: 'What there is, or more about one verb.', ko: '쓸 수 있는 명령과 자세한 설명을 봅니다.' },
  usage: 'help [verb]',
  example: 'help severity',
  effect: 'read',
  input,
  inline: (words) => ({ verb: words === '' ? null : oneLine(words, 40).toLowerCase() }),
  async run({ verb: wanted }, { texts, asker }) {
    const verbs = catalogue();
    if (wanted !== null) {
      const verb = verbs.find((one) => one.name === wanted || one.aliases.includes(wanted));
      if (!verb) return say(texts.unknownVerbAtAll(slackCode(wanted)));
      const about = [verb.about[asker.language], texts.usage(verb.usage, verb.example)];
      return say([...about, texts.help.aliases(verb.aliases.join(', '))].join('\n'));
    }
    const lines = verbs.map((verb) => `\`${verb.name}\` ${verb.about[asker.language]}`);
    return say([`*${texts.help.heading}*`, ...lines, texts.help.rest].join('\n'));
  },
});
