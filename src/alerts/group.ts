import type { Muster } from '../config/muster-yaml.ts';
import { type Alert, isWorse, type Severity } from '../incident/words.ts';
import { groupDigest } from './digest.ts';
import { createKeyOf } from './group-key.ts';
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

type Judged = { alert: Alert; rule: string; firing: boolean; endsAt: number };

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
    const alert: Alert = {
      fingerprint: wire.fingerprint,
      name,
      severity,
      labels,
      summary: short(annotations.summary ?? annotations.message ?? annotations.description ?? name),
      startsAt: timeOf(wire.startsAt, receivedAt),
    };
    if (isLink(annotations.runbook_url)) alert.runbookUrl = annotations.runbook_url;
    if (isLink(annotations.dashboard_url)) alert.dashboardUrl = annotations.dashboard_url;
    if (isLink(wire.generatorURL)) alert.generatorUrl = wire.generatorURL;
    const firing = wire.status === 'firing';
    return { alert, rule, firing, endsAt: firing ? 0 : timeOf(wire.endsAt, receivedAt) };
  }

  return (payload, receivedAt) => {
    const keyOf = createKeyOf(payload.groupLabels, config);
    const parts = new Map<string, { grouping: string; alerts: Judged[] }>();
    for (const wire of payload.alerts) {
      const { key, grouping } = keyOf(wire.labels);
      let part = parts.get(key);
      if (part === undefined) {
        part = { grouping, alerts: [] };
        parts.set(key, part);
      }
      part.alerts.push(judge(wire, receivedAt));
    }
    return [...parts].map(([key, { grouping, alerts }]) => {
      const firing = alerts.filter((judged) => judged.firing);
      const lead = (firing.length > 0 ? firing : alerts).reduce(worse);
      const service = lead.alert.labels.service || null;
      const group = {
        key,
        grouping,
        title: titleOf(
          lead.alert.name,
          service === null ? null : (config.services[service]?.name ?? service),
        ),
        service,
        severity: lead.alert.severity,
        rule: lead.rule,
        firing: firing.map(({ alert }) => alert),
        resolved: alerts
          .filter((judged) => !judged.firing)
          .map(({ alert, endsAt }) => ({ fingerprint: alert.fingerprint, at: endsAt })),
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
  const [one, other] = [a.alert, b.alert];
  if (one.severity !== other.severity) return isWorse(one.severity, other.severity) ? a : b;
  if (one.name !== other.name) return one.name < other.name ? a : b;
  return one.fingerprint <= other.fingerprint ? a : b;
}

function timeOf(text: string, otherwise: number): number {
  const time = Date.parse(text);
  return time > 0 ? time : otherwise;
}

const short = (text: string) => (text.length > 500 ? `${text.slice(0, 499).toWellFormed()}…` : text);

const isLink = (url: string | undefined): url is string =>
  url !== undefined && url.length <= 3000 && /^https?:\/\//i.test(url);
