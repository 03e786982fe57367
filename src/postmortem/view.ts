import type { IncidentEvent } from '../incident/events.ts';
import { type Incident, incidentName, type Live } from '../incident/state.ts';
import { timeline } from '../incident/timeline.ts';
import { roleNames } from '../incident/timeline-text.ts';
import { type PersonId, roles } from '../incident/words.ts';
import { plainText, safeUrl } from '../kit/text.ts';
import { errorBudget } from './error-budget.ts';
import { evidenceView, exhibitsView } from './evidence-view.ts';
import { durationText, messages, whenText } from './messages.ts';
import type { KeptPicture } from './pictures.ts';
import { suggestedActions } from './suggested-actions.ts';
import { blameIn } from './wording.ts';

/** What the draft needs to know beside the incident. */
export type ViewContext = {
  nameOf: (person: PersonId) => string;
  /** IANA name of the zone in which times are shown. */
  timezone: string;
  /** Address of the incident's channel, where known. */
  channelUrl: string | null;
};

const day = 86_400_000;
const maxEntries = 500;
const maxAlerts = 50;

/** Everything the templates may print, as plain strings and lists; nothing in it is escaped yet. `pictures` stand beside the document. */
export function postmortemView(
  incident: Incident,
  context: ViewContext,
  pictures: readonly KeptPicture[] = [],
) {
  const { state, events } = incident;
  const { language } = state;
  const { timezone, nameOf } = context;
  const when = (at: number) => whenText(at, timezone);
  const spell = (from: number, to: number | undefined) =>
    to === undefined ? '' : durationText(to - from, language);
  const startedAt = Math.min(state.openedAt, ...state.alerts.map((alert) => alert.startsAt));
  const endedAt = state.status.is === 'resolved' ? state.status.at : undefined;
  const pagedAt = events.find((event) => event.type === 'PageSent')?.at;
  const entries = timeline(events, language, nameOf);
  const basis = endedAt ?? state.openedAt;
  return {
    name: incidentName(incident.id).toUpperCase(),
    title: state.title,
    severity: state.severity,
    rule: state.rule,
    service: state.service ?? '',
    timezone,
    started: `${when(startedAt).day} ${when(startedAt).time}`,
    ended: endedAt === undefined ? '' : endText(when(startedAt).day, when(endedAt)),
    duration: spell(startedAt, endedAt),
    detection: detectionOf(incident, nameOf),
    detected_after: spell(startedAt, state.openedAt),
    paged_after: spell(state.openedAt, pagedAt),
    acknowledged_after: spell(state.openedAt, state.acknowledged?.at),
    acknowledged_by: state.acknowledged ? nameOf(state.acknowledged.person) : '',
    resolved_after: spell(state.openedAt, endedAt),
    resolved_reason: (state.status.is === 'resolved' && state.status.reason) || '',
    due: when(basis + 2 * day).day,
    roles: rolesOf(state, nameOf),
    budget:
      endedAt === undefined
        ? []
        : errorBudget(endedAt - startedAt).map(({ objective, allowedMs, share }) => ({
            objective,
            allowed: durationText(allowedMs, language),
            share,
          })),
    alerts: state.alerts.slice(0, maxAlerts).map((alert) => ({
      name: alert.name,
      summary: plainText(alert.summary, 300),
      from: when(alert.startsAt).time,
      to: alert.resolvedAt === null ? '' : when(alert.resolvedAt).time,
    })),
    alerts_more: Math.max(0, state.alerts.length - maxAlerts),
    timeline: entries.slice(0, maxEntries).map((entry, index) => {
      const { day, time } = when(entry.at);
      const before = entries[index - 1];
      const sameDay = before !== undefined && when(before.at).day === day;
      return { day: sameDay ? '' : day, time, by: entry.by, text: plainText(entry.text, 500) };
    }),
    timeline_more: Math.max(0, entries.length - maxEntries),
    runs: [...evidenceView(state, timezone, pictures), ...exhibitsView(state, timezone)],
    findings: findingsOf(state),
    changes: changesOf(incident, nameOf),
    actions: [
      ...suggestedActions(incident).map((action) => ({
        action,
        priority: 'P1',
        due: when(basis + 14 * day).day,
      })),
      { action: '', priority: 'P0', due: when(basis + 7 * day).day },
      { action: '', priority: 'P1', due: when(basis + 14 * day).day },
    ],
    participants: participantsOf(incident, nameOf),
    links: linksOf(incident, context),
    blame: blameIn(
      events.map((event) => wordsOf(event).slice(0, 2000)),
      language,
    ),
    entries: events.length,
  };
}

/** What the templates get. */
export type PostmortemView = ReturnType<typeof postmortemView>;

const endText = (startDay: string, end: { day: string; time: string }): string =>
  end.day === startDay ? end.time : `${end.day} ${end.time}`;

function detectionOf({ state, events }: Incident, nameOf: ViewContext['nameOf']): string {
  const texts = messages[state.language];
  const by = events[0]?.by;
  if (state.source === 'alertmanager') return texts.detectedByAlert(state.alerts[0]?.name ?? '');
  return texts.detectedByPerson(by?.kind === 'person' ? nameOf(by.person) : '');
}

const rolesOf = (state: Live, nameOf: ViewContext['nameOf']) =>
  roles
    .filter((role) => role !== 'tech' || state.roles.tech.person !== null)
    .map((role) => {
      const { person } = state.roles[role];
      return {
        role: roleNames[state.language][role],
        person: person === null ? messages[state.language].nobody : nameOf(person),
      };
    });

/** The steps that found something wrong: the evidence from which people draw conclusions. */
const findingsOf = (state: Live): { step: string; sentence: string }[] =>
  state.runs
    .flatMap((run) => run.steps)
    .flatMap(({ phase, found, title }) => {
      const report = found ?? (phase.is === 'over' ? phase.report : null);
      const tells = report?.verdict === 'fail' || report?.verdict === 'warn';
      return tells ? [{ step: title, sentence: report.sentence }] : [];
    });

/** The changes that people approved, with what they did. */
const changesOf = ({ state, events }: Incident, nameOf: ViewContext['nameOf']) =>
  state.runs.flatMap((run) =>
    run.steps
      .filter((step) => step.effect === 'change')
      .flatMap((step) => {
        const mine = events.filter(
          (event) => 'step' in event && event.run === run.run && event.step === step.id,
        );
        const approval = mine.findLastIndex((event) => event.type === 'StepApproved');
        if (approval < 0) return [];
        const proposal = mine.findLastIndex((event, at) => event.type === 'StepProposed' && at < approval);
        const approvers = mine
          .slice(proposal + 1, approval + 1)
          .flatMap(({ type, by }) =>
            (type === 'StepSeconded' || type === 'StepApproved') && by.kind === 'person'
              ? [nameOf(by.person)]
              : [],
          )
          .slice(-step.approvers.count);
        return {
          title: step.title,
          preview: step.preview ?? step.target,
          by: approvers.join(', '),
          result:
            step.phase.is === 'over'
              ? step.phase.report.sentence
              : messages[state.language].phases[step.phase.is],
        };
      }),
  );

function participantsOf({ events, state }: Incident, nameOf: ViewContext['nameOf']): string[] {
  const people = new Set<string>();
  for (const role of roles) if (state.roles[role].person) people.add(nameOf(state.roles[role].person));
  for (const { by } of events) if (by.kind === 'person') people.add(nameOf(by.person));
  return [...people];
}

function linksOf({ state }: Incident, { channelUrl }: ViewContext): { label: string; url: string }[] {
  const links = new Map<string, string>();
  const add = (url: string | null | undefined, label: string) => {
    if (url && safeUrl(url) && !links.has(url)) links.set(url, label);
  };
  add(channelUrl, `#${state.channel?.name ?? ''}`);
  for (const run of state.runs) add(run.url, run.title);
  for (const alert of state.alerts.slice(0, maxAlerts)) {
    add(alert.runbookUrl, `${alert.name}: runbook`);
    add(alert.dashboardUrl, `${alert.name}: dashboard`);
    add(alert.generatorUrl, `${alert.name}: query`);
  }
  return [...links].slice(0, 30).map(([url, label]) => ({ label, url }));
}

/** What people wrote themselves, for the check on wording. */
function wordsOf(event: IncidentEvent): string {
  if (event.type === 'NoteAdded' || event.type === 'UpdatePosted') return event.text;
  if (event.type === 'Resolved' || event.type === 'SeverityChanged') return event.reason ?? '';
  return '';
}
