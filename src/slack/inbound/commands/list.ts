import { z } from 'zod';
import { type Incident, incidentName } from '../../../incident/state.ts';
import { oneLine, slackText } from '../../../kit/text.ts';
import { say } from '../answer.ts';
import { byWeight } from '../by-weight.ts';
import type { ListedProblem } from '../inbound-deps.ts';
import type { Ask, WorkspaceVerb } from '../verb.ts';

const shown = { incidents: 20, problems: 10 };

/** Everything that is open now, worst and newest first. */
export const list: WorkspaceVerb<object> = {
  of: 'workspace',
  name: 'list',
  aliases: ['ls', '목록'],
  about: {
    en: 'The open incidents and the listed problems.',
    ko: '열려 있는 인시던트와 목록에만 오른 문제를 봅니다.',
  },
  usage: 'list',
  example: 'list',
  effect: 'read',
  input: z.object({}),
  inline: () => ({}),
  async run(_input, ask) {
    const { deps, texts } = ask;
    const [open, problems] = await Promise.all([deps.openIncidents(), deps.listedProblems()]);
    const listed = problems.length > 0 ? ['', `*${texts.list.listed}*`, ...problemLines(ask, problems)] : [];
    if (open.length > 0)
      return say([`*${texts.list.open}*`, ...incidentLines(ask, open), ...listed].join('\n'));
    const quiet = await deps.quietSince();
    const since = quiet === null ? [] : [texts.quietSince(deps.now() - quiet)];
    return say([[texts.nothingOpen, ...since].join(' '), ...listed].join('\n'));
  },
};

function incidentLines({ deps, texts }: Ask, open: Incident[]): string[] {
  const lines = open
    .toSorted(byWeight)
    .slice(0, shown.incidents)
    .map(({ id, state }) => {
      const age = texts.span(deps.now() - state.openedAt);
      const answered = state.acknowledged ? '' : `, ${texts.state.unacknowledged}`;
      const where = state.channel ? ` <#${state.channel.id}>` : '';
      return `*${state.severity}* ${incidentName(id)} ${slackText(oneLine(state.title, 80))} · ${age}${answered}${where}`;
    });
  return more(lines, open.length, shown.incidents, texts.list.more);
}

function problemLines({ deps, texts }: Ask, problems: ListedProblem[]): string[] {
  const lines = problems
    .slice(0, shown.problems)
    .map(
      ({ severity, title, since }) =>
        `*${severity}* ${slackText(oneLine(title, 80))} · ${texts.span(deps.now() - since)}`,
    );
  return more(lines, problems.length, shown.problems, texts.list.more);
}

const more = (lines: string[], all: number, max: number, say: (count: number) => string): string[] =>
  all > max ? [...lines, say(all - max)] : lines;
