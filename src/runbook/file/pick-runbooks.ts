import type { Runbook } from './runbook.ts';

/** A runbook that fits, and the rule that found it. */
export type Pick = { runbook: Runbook; rule: string };

/**
 * The runbooks for an incident, best first: those that match a cause alert (more matchers first), the one the service names,
 * those that match a symptom alert. An empty list means that none fits.
 */
export function pickRunbooks(
  runbooks: readonly Runbook[],
  incident: { labels: Record<string, string>[]; serviceRunbook: string | null },
): Pick[] {
  const matching = runbooks
    .filter((runbook) => !runbook.alongside && fits(runbook, incident.labels))
    .toSorted((a, b) => b.matchers.length - a.matchers.length);
  const picks = [
    ...matching.filter((runbook) => !runbook.symptom).map((runbook) => ({ runbook, rule: 'alert-matches' })),
    ...runbooks
      .filter((runbook) => runbook.name === incident.serviceRunbook)
      .map((runbook) => ({ runbook, rule: 'service-entry' })),
    ...matching.filter((runbook) => runbook.symptom).map((runbook) => ({ runbook, rule: 'symptom-matches' })),
  ];
  return picks.filter((pick, index) => picks.findIndex((other) => other.runbook === pick.runbook) === index);
}

/** The runbooks that start beside the best one. */
export const pickAlongside = (runbooks: readonly Runbook[], labels: Record<string, string>[]): Pick[] =>
  runbooks
    .filter((runbook) => runbook.alongside && fits(runbook, labels))
    .map((runbook) => ({ runbook, rule: 'alongside' }));

const fits = ({ matchers }: Runbook, alerts: Record<string, string>[]): boolean =>
  matchers.length > 0 && alerts.some((labels) => matchers.every((matcher) => matcher.matches(labels)));
