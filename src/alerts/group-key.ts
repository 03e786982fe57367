import type { AlertConfig } from './group.ts';

/** The key of the incident an alert with these labels belongs to, and the rule that made it. */
export type KeyOf = (labels: Record<string, string>) => { key: string; grouping: string };

/**
 * Prepares the keys for one payload: the labels named by the alert's service, else by `grouping.labels`, else the labels
 * Alertmanager grouped by; where none of them is set, alert name and service.
 */
export function createKeyOf(
  groupLabels: Record<string, string>,
  config: Pick<AlertConfig, 'services' | 'grouping'>,
): KeyOf {
  const names = Object.keys(groupLabels);
  const grouped = names.some((name) => groupLabels[name] !== '');
  const ofGroup = {
    key: keyOf(names, groupLabels),
    grouping: `alertmanager-group: ${names.toSorted().join(', ')}`,
  };

  return (labels) => {
    const service = labels.service ?? '';
    const own = config.services[service]?.key;
    const chosen = own ?? config.grouping.labels;
    if (chosen.some((name) => read(labels, name) !== '')) {
      const rule = own ? `service-key ${service}` : 'grouping-labels';
      return { key: keyOf(chosen, labels), grouping: `${rule}: ${chosen.join(', ')}` };
    }
    if (grouped) return ofGroup;
    return { key: keyOf(['alertname', 'service'], labels), grouping: 'alertname-and-service' };
  };
}

/** Sorted `name="value"` pairs; a label that is not set counts as not there, as it does in Prometheus. */
function keyOf(names: readonly string[], labels: Record<string, string>): string {
  const pairs = names
    .filter((name) => read(labels, name) !== '')
    .map((name) => `${name}=${JSON.stringify(labels[name])}`);
  return [...new Set(pairs)].sort().join(',');
}

const read = (labels: Record<string, string>, name: string) =>
  Object.hasOwn(labels, name) ? (labels[name] ?? '') : '';
