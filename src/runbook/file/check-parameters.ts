import type { Catalogue } from '../registry.ts';
import type { Json } from '../step.ts';
import { factsNamed } from './fill-facts.ts';
import { fill, placeholders, resolveParameters } from './params.ts';
import type { Runbook } from './runbook.ts';
import type { Parameter } from './runbook-file.ts';

/**
 * What is wrong with a service's `params` for the runbook it names: a parameter that only the service could give and does not, a
 * value that a step does not accept. One sentence each; parameters that an alert or a setting may give are not missed.
 */
export function checkParameters(
  runbook: Runbook,
  catalogue: Catalogue,
  service: Record<string, Json>,
): string[] {
  const values = resolveParameters(runbook.params, { service, labels: {} });
  const problems = new Set<string>();
  for (const step of runbook.steps) {
    const input = fill(step.with, values);
    const open = [...new Set(placeholders(input).map(({ name }) => name))];
    for (const name of open.filter((one) => !comesFromOutside(runbook.params[one]))) {
      const about = runbook.params[name]?.about;
      problems.add(`runbook ${runbook.name} needs the parameter ${name}${about ? ` (${about})` : ''}`);
    }
    // What an earlier look will find is known only then.
    const isKnown = open.length === 0 && factsNamed(input).length === 0;
    const parsed = isKnown ? catalogue.get(step.uses)?.input.safeParse(input) : undefined;
    for (const { path, message } of parsed?.error?.issues ?? []) {
      problems.add(`step ${step.id} of runbook ${runbook.name}: ${[...path, message].join(': ')}`);
    }
  }
  return [...problems];
}

const comesFromOutside = (parameter: Parameter | undefined): boolean =>
  (parameter?.label ?? parameter?.alert ?? parameter?.setting) !== undefined;
