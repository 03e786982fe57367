import { formatDuration } from '../../../kit/duration.ts';
import type { StepResult } from '../../step.ts';
import type { AlertmanagerMessages } from './alertmanager-messages.ts';
import type { ApiAlert, ApiSilence } from './ask-alertmanager.ts';

/** Labels that say what an alert is about, in the order people look for them. */
const aboutLabels = ['service', 'job', 'namespace', 'pod', 'instance'];
const shownNames = 5;
const minute = 60_000;

/** Whole minutes, at least one: seconds of an alert's age are noise. */
export const ageText = (ms: number): string =>
  formatDuration(Math.max(minute, Math.floor(ms / minute) * minute));

/**
 * What else Alertmanager holds beside the alerts of one name: what fires, what is silenced (by whom, until when, why), what is
 * inhibited (by which alert). Others that fire, or are hidden, are a warning: they may be the cause. Pure.
 */
export function judgeAlerts(
  { alerts, silences }: { alerts: readonly ApiAlert[]; silences: readonly ApiSilence[] },
  { except, now }: { except: string | undefined; now: number },
  say: AlertmanagerMessages,
): StepResult {
  const nameOf = ({ labels }: ApiAlert) => labels.alertname ?? '?';
  const isHidden = ({ status }: ApiAlert) => status.silencedBy.length > 0 || status.inhibitedBy.length > 0;
  // An alert of the same name that is hidden still is news: nobody is told of it.
  const others = alerts.filter((alert) => nameOf(alert) !== except || isHidden(alert));
  const silencedBy = (alert: ApiAlert) => silences.find(({ id }) => id === alert.status.silencedBy[0]);
  const stateOf = (alert: ApiAlert): string => {
    if (alert.status.silencedBy.length > 0) {
      const silence = silencedBy(alert);
      if (!silence) return say.silencedUnknown;
      return say.silenced(silence.createdBy, ageText(Date.parse(silence.endsAt) - now), silence.comment);
    }
    if (alert.status.inhibitedBy.length === 0) return say.active;
    const by = alerts.find(({ fingerprint }) => fingerprint === alert.status.inhibitedBy[0]);
    return by ? say.inhibited(nameOf(by)) : say.inhibitedUnknown;
  };
  const rank = (alert: ApiAlert) =>
    alert.status.silencedBy.length > 0 ? 1 : alert.status.inhibitedBy.length > 0 ? 2 : 0;
  const sorted = others.toSorted(
    (a, b) => rank(a) - rank(b) || nameOf(a).localeCompare(nameOf(b)) || a.startsAt.localeCompare(b.startsAt),
  );
  const namesWith = (wanted: number): string[] => [
    ...new Set(sorted.filter((alert) => rank(alert) === wanted).map(nameOf)),
  ];
  const list = (names: string[]) =>
    [
      ...names.slice(0, shownNames),
      ...(names.length > shownNames ? [say.more(names.length - shownNames)] : []),
    ].join(', ');
  const [active, silenced, inhibited] = [namesWith(0), namesWith(1), namesWith(2)];
  const sentence = [
    active.length > 0 ? say.also(list(active)) : say.quiet,
    silenced.length > 0 ? say.hiddenSilenced(list(silenced)) : '',
    inhibited.length > 0 ? say.hiddenInhibited(list(inhibited)) : '',
  ];
  return {
    verdict: sorted.length > 0 ? 'warn' : 'pass',
    sentence: sorted.length > 0 ? sentence.filter(Boolean).join(' ') : say.nothingElse,
    evidence: {
      columns: say.columns,
      rows: sorted.map((alert) => [
        nameOf(alert),
        aboutOf(alert.labels),
        say.since(ageText(now - Date.parse(alert.startsAt))),
        stateOf(alert),
      ]),
    },
    facts: {
      active: active.slice(0, 30),
      silenced: silenced.slice(0, 30),
      inhibited: inhibited.slice(0, 30),
    },
  };
}

function aboutOf(labels: Record<string, string>): string {
  const values = aboutLabels.flatMap((name) => labels[name] ?? []);
  return [...new Set(values)].slice(0, 2).join(' · ');
}
