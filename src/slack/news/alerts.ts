import { replay } from '../../incident/evolve.ts';
import { firing } from '../../incident/state.ts';
import type { Teller } from '../news.ts';
import { quiet } from './quiet.ts';

const maxNames = 5;

/** News about alerts that join and leave. */
export const alertNews = {
  IncidentOpened: quiet,
  AlertsFired: (event, { pen }) => {
    const names = event.alerts
      .slice(0, maxNames)
      .map(({ name, summary }) => pen.outside(summary || name, 120));
    const left = event.alerts.length - names.length;
    const list = [...names, ...(left > 0 ? [pen.messages.alertsMore(left)] : [])].join(', ');
    return { symbol: '🔔', line: pen.messages.news.fired(list, event.alerts.length) };
  },
  AlertsResolved: (event, { incident, index, pen }) => {
    const left = firingAfter(incident.events, index);
    // The proposal to end the incident says the same, and asks.
    if (left === 0 && incident.events[index + 1]?.type === 'RecoveryProposed') return null;
    return { symbol: '🔕', line: pen.messages.news.resolvedAlerts(event.alerts.length, left) };
  },
  SeverityChanged: ({ from, to, rule, reason, by }, { pen }) => {
    const { news } = pen.messages;
    const who = by.kind === 'person' ? pen.who(by.person) : news.rule(pen.outside(rule, 120));
    const line =
      to > from ? news.lowered(from, to, who, pen.outside(reason ?? '', 300)) : news.raised(from, to, who);
    return { symbol: to > from ? '⬇️' : '⬆️', line };
  },
} satisfies {
  IncidentOpened: Teller<'IncidentOpened'>;
  AlertsFired: Teller<'AlertsFired'>;
  AlertsResolved: Teller<'AlertsResolved'>;
  SeverityChanged: Teller<'SeverityChanged'>;
};

function firingAfter(events: Parameters<typeof replay>[0], index: number): number {
  const state = replay(events.slice(0, index + 1));
  return state === null ? 0 : firing(state).length;
}
