import { z } from 'zod';
import { type Incident, incidentName, type Live } from '../../../incident/state.ts';
import { roles } from '../../../incident/words.ts';
import { oneLine, slackCode, slackText } from '../../../kit/text.ts';
import { say } from '../answer.ts';
import type { Ask, IncidentVerb } from '../verb.ts';

/** Names the rule behind every automatic decision of an incident (promise 7). */
export const why: IncidentVerb<object> = {
  of: 'incident',
  name: 'why',
  aliases: ['explain', '왜', '이유'],
  about: {
    en: 'Which rule decided severity, grouping, pages, roles and runbook.',
    ko: '심각도, 묶음, 호출, 역할, 런북을 어떤 규칙으로 정했는지 봅니다.',
  },
  usage: 'why',
  example: 'why',
  effect: 'read',
  input: z.object({}),
  inline: () => ({}),
  async run(_input, ask, incident) {
    const { texts } = ask;
    const { state } = incident;
    const line = (label: string, said: string) => `*${label}* ${said}`;
    return say(
      [
        `*${texts.why.heading(incidentName(incident.id))}*`,
        line(texts.why.severity, `${state.severity}: ${ruleText(ask, state.rule)}`),
        line(texts.why.grouping, groupingText(ask, state.grouping)),
        line(texts.why.paging, paging(ask, state)),
        ...rolesLines(ask, state),
        line(texts.why.runbook, runbooks(ask, incident)),
        ...endings(ask, incident).map((said) => line(texts.why.ending, said)),
      ].join('\n'),
    );
  },
};

/** What alerts were grouped by, and what it means where it is one of Muster's own words. */
function groupingText({ texts }: Ask, grouping: string): string {
  const meaning = Object.hasOwn(texts.rules, grouping) ? texts.rules[grouping] : undefined;
  return meaning ? `${slackCode(grouping)}, ${meaning}` : slackCode(grouping);
}

/** A rule's name, and what it means where it is one of Muster's own. */
function ruleText({ texts }: Ask, rule: string): string {
  const question = /^question:(.*)$/.exec(rule)?.[1];
  const known: Record<string, string> = question === undefined ? texts.rules : texts.modal.questions;
  const name = question ?? rule.replace(/^(label-(?:severity|priority))-.*$/, '$1');
  const meaning = Object.hasOwn(known, name) ? known[name] : undefined;
  const named = texts.why.rule(slackCode(rule));
  return meaning ? `${named}, ${meaning}` : named;
}

function paging(ask: Ask, { paging, treatment }: Live): string {
  const { why } = ask.texts;
  const reached = paging.levels.filter((level) => level.round === paging.round);
  const empty = paging.empty.filter((level) => level.round === paging.round);
  const said = [
    ...reached.map(
      ({ level, people, rule }) =>
        `${why.level(level, people.map(ask.name).join(', '))} (${ruleText(ask, rule)})`,
    ),
    ...empty.map(({ level }) => why.nobodyAt(level)),
  ];
  if (said.length > 0) return said.join('; ');
  return treatment.page ? why.notYet : why.notPaged;
}

function rolesLines(ask: Ask, state: Live): string[] {
  return roles.flatMap((role) => {
    const { person, rule } = state.roles[role];
    if (person === null) return [];
    return [`*${ask.texts.roleShort[role]}* ${ask.name(person)} (${ruleText(ask, rule)})`];
  });
}

function runbooks(ask: Ask, { events }: Incident): string {
  const started = events.flatMap((event) =>
    event.type === 'RunbookStarted'
      ? [`${slackText(oneLine(event.runbook.title, 80))} (${ruleText(ask, event.rule)})`]
      : [],
  );
  return started.length > 0 ? started.join('; ') : ask.texts.why.noRunbook;
}

/** The newest change of life that a rule made: recovery proposed, resolved, reopened. */
function endings(ask: Ask, { events }: Incident): string[] {
  const last = events.findLast((event) => ['RecoveryProposed', 'Resolved', 'Reopened'].includes(event.type));
  return last && 'rule' in last ? [ruleText(ask, last.rule)] : [];
}
