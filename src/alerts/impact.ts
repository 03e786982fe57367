import type { Severity } from '../incident/words.ts';

/** What is known about the damage; undefined is "not said". Functions are named as in `services` of muster.yaml. */
export type Impact = {
  serviceDown: boolean | undefined;
  brokenFunctions: string[];
  usersAffectedPercent: number | undefined;
};

/** Which functions make the difference for a service. */
export type ServiceFunctions = { core_functions: readonly string[]; main_functions: readonly string[] };

/** Functions that count where a service is not configured: without payment or login nothing else matters. */
export const usualFunctions: ServiceFunctions = { core_functions: ['payment', 'login'], main_functions: [] };

/** A severity and the name of the rule that chose it. */
export type Judgement = { severity: Severity; rule: string };

/**
 * The decision tree of field-knowledge §2, asked in its order: service unreachable → P1; a core function (payment, login) broken → P1; 30 % of
 * users or more → P2; a main function broken → P2; some functions or users → P3; otherwise P4. Undefined when nothing was said.
 */
export function judgeImpact(
  impact: Impact,
  functions: ServiceFunctions = usualFunctions,
): Judgement | undefined {
  const { serviceDown, brokenFunctions, usersAffectedPercent } = impact;
  const breaks = (names: readonly string[]) => brokenFunctions.some((name) => names.includes(name));
  if (serviceDown === undefined && brokenFunctions.length === 0 && usersAffectedPercent === undefined)
    return undefined;
  if (serviceDown) return { severity: 'P1', rule: 'impact-service-down' };
  if (breaks(functions.core_functions)) return { severity: 'P1', rule: 'impact-core-function' };
  if ((usersAffectedPercent ?? 0) >= 30) return { severity: 'P2', rule: 'impact-30-percent-of-users' };
  if (breaks(functions.main_functions)) return { severity: 'P2', rule: 'impact-main-function' };
  if (brokenFunctions.length > 0) return { severity: 'P3', rule: 'impact-some-function' };
  if ((usersAffectedPercent ?? 0) > 0) return { severity: 'P3', rule: 'impact-some-users' };
  return { severity: 'P4', rule: 'impact-none' };
}

/**
 * Reads the facts from an alert: `impact_service_down` (true, yes, 1), `impact_functions` (names separated by commas) and
 * `impact_users_percent` (a number, `%` allowed), each as a label or an annotation; the label wins.
 */
export function impactOf(labels: Record<string, string>, annotations: Record<string, string>): Impact {
  const down = labels.impact_service_down ?? annotations.impact_service_down;
  const functions = labels.impact_functions ?? annotations.impact_functions;
  const users = labels.impact_users_percent ?? annotations.impact_users_percent;
  const percent = users === undefined ? Number.NaN : Number.parseFloat(users);
  return {
    serviceDown: down === undefined ? undefined : /^\s*(true|yes|1)\s*$/i.test(down),
    brokenFunctions: functions === undefined ? [] : namesOf(functions),
    usersAffectedPercent: Number.isNaN(percent) ? undefined : percent,
  };
}

const namesOf = (list: string) =>
  list
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
