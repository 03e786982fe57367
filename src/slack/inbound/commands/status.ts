import { z } from 'zod';
import { firing, type Incident, incidentName, type Live } from '../../../incident/state.ts';
import { isOver } from '../../../incident/steps.ts';
import { roles } from '../../../incident/words.ts';
import { oneLine, slackLink, slackText } from '../../../kit/text.ts';
import { say } from '../answer.ts';
import type { Ask, IncidentVerb } from '../verb.ts';

/** How an incident stands, short enough for a phone. */
export const status: IncidentVerb<object> = {
  of: 'incident',
  name: 'status',
  aliases: ['st', '상태'],
  about: { en: 'How the incident stands.', ko: '인시던트의 현재 상태를 봅니다.' },
  usage: 'status',
  example: 'status inc-42',
  effect: 'read',
  input: z.object({}),
  inline: () => ({}),
  run: async (_input, ask, incident) => say(statusLines(ask, incident).join('\n')),
};

function statusLines(ask: Ask, { id, state }: Incident): string[] {
  const { texts, deps } = ask;
  const age = texts.since(deps.now() - state.openedAt);
  return [
    `*${state.severity} ${incidentName(id)}* ${slackText(oneLine(state.title, 150))}`,
    state.status.is === 'open' ? `${texts.state.open} ${age}` : lifeLine(ask, state),
    ...(state.status.is === 'resolved' ? [] : [answered(ask, state)]),
    ...roles.flatMap((role) => roleLine(ask, state, role)),
    ...state.runs.map(
      (run) => `*${texts.state.runbook}* ${slackText(run.title)}: ${progress(ask, run.steps)}`,
    ),
    lastUpdate(ask, state),
    ...pullRequest(ask, state),
    ...(state.channel ? [`<#${state.channel.id}>`] : []),
  ];
}

function lifeLine({ texts, deps }: Ask, { status }: Live): string {
  return status.is === 'resolved'
    ? texts.state.resolved(texts.ago(deps.now() - status.at))
    : texts.state.recovering;
}

function answered({ texts, name }: Ask, state: Live): string {
  const who = state.acknowledged;
  const said = who ? texts.state.acknowledged(name(who.person)) : texts.state.unacknowledged;
  return `${texts.state.firing(firing(state).length)}, ${said}`;
}

function roleLine({ texts, name }: Ask, state: Live, role: (typeof roles)[number]): string[] {
  const { person, accepted, offer } = state.roles[role];
  if (person === null && role === 'tech') return [];
  const notes = [
    ...(person !== null && !accepted ? [texts.state.proposed] : []),
    ...(offer ? [texts.state.offeredTo(name(offer.to))] : []),
  ];
  const noted = notes.length > 0 ? ` (${notes.join(', ')})` : '';
  return [`*${texts.roleShort[role]}* ${person === null ? texts.nobody : name(person)}${noted}`];
}

function progress({ texts }: Ask, steps: Live['runs'][number]['steps']): string {
  const waiting = steps.find((step) => step.phase.is === 'proposed' || step.phase.is === 'unknown');
  const done = texts.state.steps(steps.filter(isOver).length, steps.length);
  if (!waiting) return done;
  const title = slackText(oneLine(waiting.title, 80));
  const why =
    waiting.phase.is === 'proposed' ? texts.state.waitsForApproval(title) : texts.state.waitsForPerson(title);
  return `${done}, ${why}`;
}

function lastUpdate({ texts, deps }: Ask, { lastUpdate }: Live): string {
  if (!lastUpdate) return texts.state.noUpdate;
  return texts.state.lastUpdate(
    texts.ago(deps.now() - lastUpdate.at),
    slackText(oneLine(lastUpdate.text, 200)),
  );
}

function pullRequest({ texts }: Ask, { postmortem }: Live): string[] {
  const pull = postmortem?.pullRequest;
  if (!pull) return [];
  const link = slackLink(pull.url, pull.number === null ? pull.branch : `#${pull.number}`);
  return [`*${texts.state.pullRequest}* ${link} (${texts.state.pullRequestState[pull.state]})`];
}
