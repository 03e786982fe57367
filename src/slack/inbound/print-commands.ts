import { verbs } from './registry.ts';
import type { Verb } from './verb.ts';

/** The reference of `/incident` as a Markdown page, printed from the catalogue. */
export function printCommandReference(): string {
  const rows = verbs.map(
    (verb) =>
      `| [\`${verb.name}\`](#${verb.name}) | ${verb.effect} | ${cell(verb.about.en)} | ${cell(verb.about.ko)} |`,
  );
  return [
    '# Commands',
    '',
    '<!-- Printed from src/slack/inbound/commands by `npm run print`; edit there. -->',
    '',
    'Typed behind `/incident`. In an incident’s channel they mean that incident; elsewhere name it (`status inc-42`, `inc-42 ack`)',
    'or choose it from what is offered. Who may change something is set by `permissions` in muster.yaml.',
    '',
    '| verb | effect | what it does | 설명 |',
    '|---|---|---|---|',
    ...rows,
    '',
    ...verbs.flatMap(entry),
  ].join('\n');
}

function entry(verb: Verb): string[] {
  const aliases = verb.aliases.map((alias) => `\`${alias}\``).join(', ');
  return [
    `## ${verb.name}`,
    '',
    `${verb.about.en} Also: ${aliases}.${verb.form ? ' What is missing is asked for in a form.' : ''}`,
    '',
    '```',
    `/incident ${verb.usage}`,
    ...(verb.example === verb.usage ? [] : [`/incident ${verb.example}`]),
    '```',
    '',
  ];
}

const cell = (text: string): string => text.replaceAll('|', '\\|');
