import type { Alert } from '../../incident/words.ts';
import type { Json } from '../step.ts';

/** What a parameter may take from the alert that fired (`params: { query: { alert: query } }`). */
export const alertValueNames = ['name', 'query', 'starts_at'] as const;
export type AlertValues = Partial<Record<(typeof alertValueNames)[number], Json>>;

/** Settings that a parameter may take as its value, so that runbooks need no address of their own (`setting: PROMETHEUS_URL`). */
export const settingNames = ['PROMETHEUS_URL', 'ALERTMANAGER_URL'] as const;
export type SettingValues = Partial<Record<(typeof settingNames)[number], Json>>;

/**
 * What the worst and oldest of these alerts says: its name, when it began (RFC 3339), and the query behind it in PromQL. Of the
 * `generatorURL` only the expression is taken (`g0.expr` of Prometheus' own pages), never the host: alerts are outside text.
 */
export function alertValues(
  alerts: readonly Pick<Alert, 'name' | 'severity' | 'startsAt' | 'generatorUrl'>[],
): AlertValues {
  const [first] = alerts.toSorted((a, b) => a.severity.localeCompare(b.severity) || a.startsAt - b.startsAt);
  if (!first) return {};
  const url = URL.parse(first.generatorUrl ?? '');
  const query = url?.searchParams.get('g0.expr');
  return {
    name: first.name,
    starts_at: new Date(first.startsAt).toISOString(),
    ...(query && { query }),
  };
}

/** The values that settings give, of those that are set. Of several addresses the first counts. */
export function givenSettings(settings: {
  PROMETHEUS_URL?: string | undefined;
  ALERTMANAGER_URL?: readonly string[] | undefined;
}): SettingValues {
  const { PROMETHEUS_URL, ALERTMANAGER_URL: [ALERTMANAGER_URL] = [] } = settings;
  return { ...(PROMETHEUS_URL && { PROMETHEUS_URL }), ...(ALERTMANAGER_URL && { ALERTMANAGER_URL }) };
}
