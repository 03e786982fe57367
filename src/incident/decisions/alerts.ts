import type { CommandOf, Decision, Opening } from '../commands.ts';
import type { Happened } from '../events.ts';
import { firing, type KnownAlert, type Live } from '../state.ts';
import { type Alert, isWorse } from '../words.ts';

/** A firing that arrives this soon after its own resolve and started before it is an old delivery overtaken on the way. */
const overtakenMs = 60_000;

/** True when `alert` tells nothing that the incident does not already know. */
function isStale(known: KnownAlert, alert: Alert, at: number): boolean {
  // A rule or an annotation may judge a firing alert worse than before; milder, or the same again, is no news.
  if (known.resolvedAt === null) return !isWorse(alert.severity, known.severity);
  // Prometheus keeps the old startsAt after Alertmanager lost sight of it, so age alone must not silence an alert for good.
  return alert.startsAt <= known.resolvedAt && at - (known.resolveSeenAt ?? 0) < overtakenMs;
}

/** The events that bring an incident into the world. */
export function open(
  opening: Opening,
  source: 'alertmanager' | 'person',
  alerts: Alert[],
  truncated: number,
): Happened[] {
  return [
    {
      type: 'IncidentOpened',
      key: opening.key,
      title: opening.title,
      severity: opening.severity,
      rule: opening.rule,
      source,
      service: opening.service,
      grouping: opening.grouping,
      alerts,
      truncated,
      treatment: opening.treatments[opening.severity],
      language: opening.language,
    },
    ...opening.roles.flatMap(({ role, person, rule }): Happened[] =>
      person === null ? [] : [{ type: 'RoleProposed', role, person, rule }],
    ),
  ];
}

/**
 * Alerts of one group arrived: opens, joins, raises, proposes recovery or reopens. Only alerts that newly fire or got
 * worse can raise an incident, so a repeat never undoes what a person lowered.
 */
export function receiveAlerts(command: CommandOf<'ReceiveAlerts'>, state: Live | null): Decision {
  const { opening } = command;
  if (state === null)
    return command.firing.length === 0
      ? []
      : open(opening, 'alertmanager', command.firing, command.truncated);

  const known = new Map(state.alerts.map((alert) => [alert.fingerprint, alert]));
  const fired = command.firing.filter((alert) => {
    const before = known.get(alert.fingerprint);
    return before === undefined || !isStale(before, alert, command.at);
  });
  const resolved = command.resolved.filter(({ fingerprint, at }) => {
    const before = known.get(fingerprint);
    return before !== undefined && before.resolvedAt === null && at >= before.startsAt;
  });

  if (state.status.is === 'resolved') {
    if (command.at - state.status.at > command.reopenWithinMs) return [];
    const quiet: Happened[] = resolved.length > 0 ? [{ type: 'AlertsResolved', alerts: resolved }] : [];
    if (fired.length === 0) return quiet;
    return [
      ...quiet,
      { type: 'Reopened', rule: 'refired-within-window', reason: null },
      { type: 'AlertsFired', alerts: fired, truncated: command.truncated },
      ...raise(state, fired, opening),
    ];
  }

  const events: Happened[] = [];
  if (fired.length > 0)
    events.push(
      { type: 'AlertsFired', alerts: fired, truncated: command.truncated },
      ...raise(state, fired, opening),
    );
  if (resolved.length > 0) {
    events.push({ type: 'AlertsResolved', alerts: resolved });
    const gone = new Set(resolved.map((alert) => alert.fingerprint));
    const left = firing(state).filter((alert) => !gone.has(alert.fingerprint)).length + fired.length;
    if (left === 0) events.push({ type: 'RecoveryProposed', rule: 'all-alerts-resolved' });
  }
  return events;
}

function raise(state: Live, fired: Alert[], opening: Opening): Happened[] {
  const worst = fired.reduce((a, b) => (isWorse(b.severity, a.severity) ? b : a));
  if (!isWorse(worst.severity, state.severity)) return [];
  return [
    {
      type: 'SeverityChanged',
      from: state.severity,
      to: worst.severity,
      rule: opening.severity === worst.severity ? opening.rule : 'worse-alert-joined',
      reason: null,
      treatment: opening.treatments[worst.severity],
    },
  ];
}
