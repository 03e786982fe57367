import type { Matcher } from '../../kit/matcher.ts';
import type { Problem, YamlSource } from '../../kit/yaml-source.ts';
import type { Runbook } from './runbook.ts';

/** A regular expression that is a plain list of names. */
const list = /^[A-Za-z_:][\w:]*(\|[A-Za-z_:][\w:]*)*$/;

/** The alert names a runbook waits for and no rule has: such a runbook would never start by itself. */
export function lintAlerts(runbook: Runbook, source: YamlSource, names: ReadonlySet<string>): Problem[] {
  return runbook.matchers.flatMap((matcher, index) =>
    missing(matcher, names).map((name) =>
      source.problemAt(['match', index], `no shipped or configured rule has the alert name ${name}`),
    ),
  );
}

function missing({ label, operator, value, matches }: Matcher, names: ReadonlySet<string>): string[] {
  if (label !== 'alertname' || (operator !== '=' && operator !== '=~')) return [];
  if (operator === '=' || list.test(value)) return value.split('|').filter((name) => !names.has(name));
  return [...names].some((alertname) => matches({ alertname })) ? [] : [value];
}
