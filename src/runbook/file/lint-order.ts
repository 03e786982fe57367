import type { Problem } from '../../kit/yaml-source.ts';
import type { Catalogue } from '../registry.ts';
import type { JoinedStep } from '../run/join-parts.ts';
import type { At } from './lint.ts';
import type { Runbook, RunbookStep } from './runbook.ts';

/** What is wrong with the order of a runbook: changes before anything was looked at, and steps that no outcome leads to. */
export function lintOrder(runbook: Runbook, catalogue: Catalogue, at: At): Problem[] {
  return runbook.steps.flatMap((step) => {
    const effect = catalogue.get(step.uses)?.effect;
    const looked = neededBy(runbook, step).some(({ uses }) => catalogue.get(uses)?.effect === 'read');
    return [
      ...(effect === 'change' && !looked
        ? [
            at(
              step,
              ['uses'],
              'changes something before anything was looked at; let it wait for a look (if or needs)',
            ),
          ]
        : []),
      ...(canBeTrue(step)
        ? []
        : [at(step, ['if'], 'can never run: no outcome of the steps it reads makes its condition true')]),
    ];
  });
}

/** Everything that is over before a step starts. */
function neededBy(runbook: Runbook, step: RunbookStep): RunbookStep[] {
  const found = new Set<RunbookStep>();
  const visit = (id: string): void => {
    const need = runbook.steps.find((other) => other.id === id);
    if (!need || found.has(need)) return;
    found.add(need);
    need.needs.forEach(visit);
  };
  step.needs.forEach(visit);
  return [...found];
}

const verdicts: readonly JoinedStep['verdict'][] = ['pass', 'warn', 'fail', 'unknown', 'skipped'];
/** A condition that reads more steps than this is not tried out. */
const most = 4;

/** Tries every combination of verdicts; of a condition that reads facts nobody can tell. */
function canBeTrue({ if: condition }: RunbookStep): boolean {
  if (condition === null) return true;
  const { steps, readsFacts, evaluate } = condition.condition;
  if (readsFacts || steps.length > most) return true;
  const outcomes = steps.reduce<Record<string, JoinedStep>[]>(
    (all, id) => all.flatMap((one) => verdicts.map((verdict) => ({ ...one, [id]: { verdict, facts: {} } }))),
    [{}],
  );
  return outcomes.some((outcome) => evaluate({ steps: outcome, labels: {} }) !== false);
}
