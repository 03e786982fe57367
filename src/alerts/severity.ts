import { isWorse, type Severity, severities } from '../incident/words.ts';
import { parseMatcher } from '../kit/matcher.ts';
import { impactOf, type Judgement, judgeImpact, type ServiceFunctions } from './impact.ts';

/** An operator's rule, ready to run. */
export type Rule = { name: string; severity: Severity; matches: (labels: Record<string, string>) => boolean };

/** Common values of the label `severity` (field-knowledge §2); `none` is what always-firing watchdogs carry. */
const byLabel: Record<string, Severity> = {
  critical: 'P1',
  page: 'P1',
  high: 'P2',
  warning: 'P3',
  medium: 'P3',
  low: 'P4',
  info: 'P4',
  none: 'P4',
};

/** Compiles the `severity` rules of muster.yaml, which were checked when the file was read. */
export function compileRules(
  rules: readonly { name: string; match: string[]; severity: Severity }[],
): Rule[] {
  return rules.map(({ name, match, severity }) => {
    const matchers = match.map(parseMatcher).filter((matcher) => 'matches' in matcher);
    return { name, severity, matches: (labels) => matchers.every((matcher) => matcher.matches(labels)) };
  });
}

/**
 * How severe an alert is, and by which rule: the operator's first matching rule; else a valid `priority`; else the worse of the label
 * `severity` and of what the alert says about its impact; else P2 by `default-unclear` (when unsure, the higher).
 */
export function classify(
  alert: { labels: Record<string, string>; annotations: Record<string, string> },
  service: ServiceFunctions | undefined,
  rules: readonly Rule[],
): Judgement {
  const { labels, annotations } = alert;
  for (const rule of rules) if (rule.matches(labels)) return { severity: rule.severity, rule: rule.name };
  const priority = asSeverity(labels.priority) ?? asSeverity(annotations.priority);
  if (priority) return { severity: priority, rule: `label-priority-${priority}` };
  const label = judgeLabel(labels.severity);
  const impact = judgeImpact(impactOf(labels, annotations), service);
  if (label && impact) return isWorse(label.severity, impact.severity) ? label : impact;
  return label ?? impact ?? { severity: 'P2', rule: 'default-unclear' };
}

function judgeLabel(value: string | undefined): Judgement | undefined {
  if (value === undefined) return undefined;
  const name = value.trim().toLowerCase();
  const severity = asSeverity(value) ?? (Object.hasOwn(byLabel, name) ? byLabel[name] : undefined);
  return severity && { severity, rule: `label-severity-${name}` };
}

function asSeverity(value: string | undefined): Severity | undefined {
  const name = value?.trim().toUpperCase();
  return severities.find((severity) => severity === name);
}
