import type { Muster } from '../config/muster-yaml.ts';
import { type Alert, isWorse, type Severity } from '../incident/words.ts';
import { groupDigest } from './digest.ts';
import { groupKey } from './group-key.ts';
import type { Payload, WireAlert } from './payload.ts';
import { classify, compileRules } from './severity.ts';
import { titleOf } from './title.ts';

/** Alerts that belong to one incident, as they arrived in one delivery. */
export type AlertGroup = {
  /** Identity of the problem: the same labels give the same key, whatever the receiver, the order or the times. */
  key: string;
  /** The rule that made the key, for `/incident why`. */
  grouping: string;
  title: string;
  service: string | null;
  /** The worst of the firing alerts, and the rule that judged it. */
  severity: Severity;
  rule: string;
  firing: Alert[];
  /** Epoch milliseconds. */
  resolved: { fingerprint: string; at: number }[];
  /** How many alerts Alertmanager cut off (`max_alerts`). */
  truncated: number;
  receiver: string;
  externalUrl: string;
  /** Equal for deliveries that say the same; see `groupDigest`. */
  digest: string;
};

/** Turns a payload into groups; `receivedAt` (epoch milliseconds) stands in for a time that is missing or unreadable. */
export type ToGroups = (payload: Payload, receivedAt: number) => AlertGroup[];

/** The part of muster.yaml that decides severity and grouping. */
export type AlertConfig = Pick<Muster, 'services' | 'severity' | 'grouping'>;

type Judged = Alert & { rule: string; firing: boolean; endsAt: number };

/**
 * Prepares classification and grouping for one configuration. A payload usually is one group; it becomes several when the
 * configured labels, or alert name and service where Alertmanager groups by nothing, differ inside it.
 */
export function createToGroups(config: AlertConfig): ToGroups {
  const rules = compileRules(config.severity);

  function judge(wire: WireAlert, receivedAt: number): Judged {
    const { labels, annotations } = wire;
    const { severity, rule } = classify(wire, config.services[labels.service ?? ''], rules);
    const name = labels.alertname ?? 'Alert';
    return {
      fingerprint: wire.fingerprint,
      name,
      severity,
      labels,
      summary: short(annotations.summary ?? annotations.message ?? annotations.description ?? name),
      startsAt: timeOf(wire.startsAt, receivedAt),
      ...link('runbookUrl', annotations.runbook_url),
      ...link('dashboardUrl', annotations.dashboard_url),
      ...link('generatorUrl', wire.generatorURL),
      rule,
      firing: wire.status === 'firing',
      endsAt: timeOf(wire.endsAt, receivedAt),
    };
  }

  return (payload, receivedAt) => {
    const parts = new Map<string, { grouping: string; alerts: Judged[] }>();
    for (const wire of payload.alerts) {
      const { key, grouping } = groupKey(wire.labels, payload.groupLabels, config);
      const part = parts.get(key) ?? { grouping, alerts: [] };
      part.alerts.push(judge(wire, receivedAt));
      parts.set(key, part);
    }
    return [...parts].map(([key, { grouping, alerts }]) => {
      const firing = alerts.filter((alert) => alert.firing);
      const lead = (firing.length > 0 ? firing : alerts).reduce(worse);
      const service = lead.labels.service || null;
      const group = {
        key,
        grouping,
        title: titleOf(lead.name, service === null ? null : (config.services[service]?.name ?? service)),
        service,
        severity: lead.severity,
        rule: lead.rule,
        firing: firing.map(toAlert),
        resolved: alerts
          .filter((alert) => !alert.firing)
          .map(({ fingerprint, endsAt }) => ({ fingerprint, at: endsAt })),
        truncated: payload.truncatedAlerts,
        receiver: payload.receiver,
        externalUrl: payload.externalURL,
      };
      return { ...group, digest: groupDigest(group) };
    });
  };
}

/** The worse of two alerts; of equals the one whose name and fingerprint come first, so that order of arrival never matters. */
function worse(a: Judged, b: Judged): Judged {
  if (a.severity !== b.severity) return isWorse(a.severity, b.severity) ? a : b;
  if (a.name !== b.name) return a.name < b.name ? a : b;
  return a.fingerprint <= b.fingerprint ? a : b;
}

function toAlert({ rule: _rule, firing: _firing, endsAt: _endsAt, ...alert }: Judged): Alert {
  return alert;
}

function timeOf(text: string, otherwise: number): number {
  const time = Date.parse(text);
  return time > 0 ? time : otherwise;
}

const short = (text: string) => (text.length > 500 ? `${text.slice(0, 499).toWellFormed()}…` : text);

const link = (name: 'runbookUrl' | 'dashboardUrl' | 'generatorUrl', url: string | undefined) =>
  url !== undefined && url.length <= 3000 && /^https?:\/\//i.test(url) ? { [name]: url } : {};
