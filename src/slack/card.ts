import type { KnownBlock } from '@slack/types';
import { firing, type Incident, incidentName, type Live } from '../incident/state.ts';
import { button, buttons, context, header, linkButton, section } from './blocks.ts';
import { roleBlocks } from './card-roles.ts';
import { type NextLevel, statusBlocks } from './card-status.ts';
import { causeBlocks, openDecisions, runBlocks } from './card-steps.ts';
import { type Link, linksOf } from './links.ts';
import { type Message, messageOf } from './message.ts';
import { createPen, type Pen, type Sight } from './pen.ts';

/** What the card shows beside the incident itself. */
export type CardExtras = {
  next: NextLevel;
  dashboard: string | null;
  /** People who could not be invited, and why. */
  missing: { person: string; why: 'no-slack' | string }[];
};

const maxAlerts = 5;
const severityMarks = { P1: '🔴', P2: '🟠', P3: '🟡', P4: '⚪' } as const;

/** The incident's one live card: a pure rendering of the log, so that it can be rebuilt at any time. */
export function renderCard(incident: Incident, sight: Sight, extras: CardExtras): Message {
  const { state } = incident;
  const pen = createPen(state.language, sight);
  const mark = state.status.is === 'resolved' ? '✅' : severityMarks[state.severity];
  return messageOf(sentence(incident, pen), [
    header(`${mark} ${state.severity} · ${state.title}`),
    ...statusBlocks(incident, pen, extras.next),
    ...recoveryBlocks(incident, pen),
    ...causeBlocks(state, pen),
    ...openDecisions(incident, pen),
    ...updateBlocks(state, pen),
    ...alertBlocks(state, pen),
    ...roleBlocks(incident, pen),
    ...runBlocks(state, pen),
    ...missingBlocks(extras, pen),
    ...linkBlocks(linksOf(state, extras.dashboard), pen),
    footer(incident, pen),
  ]);
}

function sentence({ id, state }: Incident, pen: Pen): string {
  const { sentence: say } = pen.messages;
  const [severity, name, title] = [state.severity, incidentName(id), pen.outside(state.title)];
  if (state.status.is === 'resolved') return say.resolved(severity, name, title);
  if (state.status.is === 'recovering') return say.recovering(severity, name, title);
  if (state.acknowledged === null) return say.open(severity, name, title);
  return say.acknowledged(severity, name, title, pen.who(state.acknowledged.person));
}

function recoveryBlocks({ id, state }: Incident, pen: Pen): KnownBlock[] {
  if (state.status.is !== 'recovering') return [];
  const { heading, recoveryAsk, button: labels } = pen.messages;
  return [
    section(`*${heading.recovery}*\n${recoveryAsk}`),
    buttons(
      button(labels.confirmRecovery, 'confirm-recovery', { incident: id }, { style: 'primary' }),
      button(labels.resolve, 'resolve', { incident: id }),
    ),
  ];
}

function updateBlocks({ lastUpdate }: Live, pen: Pen): KnownBlock[] {
  if (lastUpdate === null) return [];
  const who = lastUpdate.by === null ? null : pen.who(lastUpdate.by);
  const title = pen.messages.status.update(who, pen.time(lastUpdate.at));
  return [section(`*${title}*\n${pen.written(lastUpdate.text, 600)}`)];
}

function alertBlocks(state: Live, pen: Pen): KnownBlock[] {
  if (state.alerts.length === 0) return [];
  const { heading, alertsMore, allResolved } = pen.messages;
  const now = firing(state);
  const lines = now.slice(0, maxAlerts).map(({ name, summary }) => {
    // A summary that says the name already needs it no second time.
    const said = summary.toLowerCase().includes(name.toLowerCase()) ? [summary] : [name, summary];
    return `• ${said
      .filter(Boolean)
      .map((part) => pen.outside(part, 160))
      .join(': ')}`;
  });
  const more = Math.max(0, now.length - maxAlerts) + state.truncated;
  if (more > 0 && now.length > 0) lines.push(`• ${alertsMore(more)}`);
  if (now.length === 0) lines.push(allResolved);
  const title = heading.alerts(now.length, state.alerts.length - now.length);
  return [section([`*${title}*`, ...lines].join('\n'))];
}

function missingBlocks({ missing }: CardExtras, pen: Pen): KnownBlock[] {
  if (missing.length === 0) return [];
  const { missing: say, heading } = pen.messages;
  const lines = missing.slice(0, 5).map(({ person, why }) => {
    const who = pen.who(person);
    return why === 'no-slack'
      ? say['no-slack'](who)
      : say.refused(who, pen.outside(why.replaceAll('_', ' '), 80));
  });
  return [context(`⚠️ ${heading.missing}: ${lines.join('; ')}`)];
}

function linkBlocks(links: Link[], pen: Pen): KnownBlock[] {
  const first = links.filter((link, index) => links.findIndex(({ kind }) => kind === link.kind) === index);
  const elements = first.map(({ kind, url }) => linkButton(pen.messages.button[kind], `open-${kind}`, url));
  return elements.length > 0 ? [buttons(...elements)] : [];
}

function footer({ id, state }: Incident, pen: Pen): KnownBlock {
  const { severity, rule, grouping } = state;
  return context(
    pen.messages.why(incidentName(id), severity, pen.outside(rule, 120), pen.outside(grouping, 200)),
  );
}
