import type { AlertConfig } from './group.ts';

/**
 * The key of the incident an alert belongs to, and the rule that made it: the labels named by its service, else by `grouping.labels`, else
 * the labels Alertmanager grouped by; where none of them is set, alert name and service.
 */
export function groupKey(
  labels: Record<string, string>,
  groupLabels: Record<string, string>,
  config: Pick<AlertConfig, 'services' | 'grouping'>,
): { key: string; grouping: string } {
  const service = labels.service ?? '';
  const own = config.services[service]?.key;
  const chosen = own ?? config.grouping.labels;
  if (chosen.some((name) => read(labels, name) !== '')) {
    const key = keyOf(chosen, labels);
    return {
      key,
      grouping: own
        ? `service-key ${service}: ${chosen.join(', ')}`
        : `grouping-labels: ${chosen.join(', ')}`,
    };
  }
  const names = Object.keys(groupLabels);
  if (names.some((name) => groupLabels[name] !== '')) {
    return { key: keyOf(names, groupLabels), grouping: `alertmanager-group: ${names.toSorted().join(', ')}` };
  }
  return { key: keyOf(['alertname', 'service'], labels), grouping: 'alertname-and-service' };
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
