import { z } from 'zod';
import { compilePattern } from '../../kit/pattern.ts';
import type { Problem, YamlSource } from '../../kit/yaml-source.ts';
import type { Catalogue } from '../registry.ts';
import { factsNamed } from './fill-facts.ts';
import { lintOrder } from './lint-order.ts';
import { placeholders } from './params.ts';
import type { ReadRunbook } from './read-runbook.ts';
import type { Runbook, RunbookStep } from './runbook.ts';
import type { Parameter } from './runbook-file.ts';

/** Places a problem in a step. */
export type At = (step: RunbookStep, field: (string | number)[], message: string) => Problem;

/**
 * What is wrong with a well-formed runbook: unknown steps, wrong inputs, parameters nobody declared, needs that do not exist or
 * go in a circle, changes without a check, targets an alert label could choose. All problems at once.
 */
export function lintRunbook({ runbook, source }: ReadRunbook, catalogue: Catalogue): Problem[] {
  if (runbook === null) return [];
  const problems: Problem[] = [];
  const at: At = (step, field, message) =>
    source.problemAt([...step.path, ...field], `step ${step.id}: ${message}`);

  for (const [name, parameter] of Object.entries(runbook.params)) {
    const compiled = parameter.pattern === undefined ? null : compilePattern(parameter.pattern);
    if (compiled && 'error' in compiled) {
      problems.push(source.problemAt(['params', name, 'pattern'], `pattern: ${compiled.error}`));
    }
  }
  const ids = runbook.steps.map((step) => step.id);
  for (const step of runbook.steps) {
    if (ids.indexOf(step.id) !== ids.lastIndexOf(step.id))
      problems.push(at(step, ['id'], 'id is used twice'));
    problems.push(
      ...lintLinks(runbook, step, catalogue, at),
      ...lintInput({ runbook, source }, step, catalogue, at),
    );
  }
  const circle = findCircle(runbook);
  if (circle) problems.push(at(circle[0]!, ['needs'], `can never start: ${circleText(circle)}`));
  return [...problems, ...lintOrder(runbook, catalogue, at)];
}

function lintLinks(runbook: Runbook, step: RunbookStep, catalogue: Catalogue, at: At): Problem[] {
  const problems: Problem[] = [];
  const find = (id: string) => runbook.steps.find((other) => other.id === id);
  for (const need of step.needs) {
    if (!find(need)) {
      const fact = factsNamed(step.with).find((one) => one.step === need);
      const field = step.if?.condition.steps.includes(need)
        ? ['if']
        : fact
          ? ['with', ...fact.at]
          : ['needs'];
      problems.push(at(step, field, `waits for step "${need}", which does not exist`));
    }
  }
  const effect = catalogue.get(step.uses)?.effect;
  if (effect === 'change' && step.check === null) {
    problems.push(
      at(step, ['uses'], 'changes something and has no check, so nobody would know how it ended'),
    );
  }
  if (effect !== undefined && effect !== 'change' && step.check !== null) {
    problems.push(at(step, ['check'], 'changes nothing, so there is nothing to check'));
  }
  const { roles, people, count } = step.approve;
  if (effect === 'change' && new Set([...roles, ...people]).size < count) {
    problems.push(at(step, ['approve'], `takes ${count} to approve it, and names fewer who may`));
  }
  const check = step.check === null ? undefined : find(step.check);
  if (step.check !== null && !check) {
    problems.push(at(step, ['check'], `its check "${step.check}" does not exist`));
  }
  if (check && catalogue.get(check.uses)?.effect === 'change') {
    problems.push(at(step, ['check'], `its check "${check.id}" changes something itself`));
  }
  if (check?.if)
    problems.push(at(check, ['if'], 'verifies a change, so it always runs and has no condition'));
  return problems;
}

function lintInput(
  { runbook, source }: { runbook: Runbook; source: YamlSource },
  step: RunbookStep,
  catalogue: Catalogue,
  at: At,
): Problem[] {
  const entry = catalogue.get(step.uses);
  if (!entry) {
    const known = [...catalogue.keys()];
    const kin = known.filter((name) => name.split('-')[0] === step.uses.split('-')[0]);
    const there = (kin.length > 0 ? kin : known).join(', ');
    return [at(step, ['uses'], `there is no step "${step.uses}"; there are ${there}`)];
  }
  const problems: Problem[] = [];
  const used = placeholders(step.with);
  for (const { name, path } of used) {
    const parameter = Object.hasOwn(runbook.params, name) ? runbook.params[name] : undefined;
    if (!parameter) problems.push(at(step, ['with', ...path], `\${${name}} is not declared under params`));
    else if (
      isOutside(parameter) &&
      (entry.targets.includes(String(path[0])) || path.at(-1) === 'secretRef')
    ) {
      const why =
        'what an alert says may choose a target or a secret only from an allow-list (params: label and allow)';
      problems.push(at(step, ['with', ...path], `\${${name}}: ${why}`));
    }
  }
  const facts = factsNamed(step.with);
  const mayUseFacts = entry.effect === 'change' || runbook.steps.some(({ check }) => check === step.id);
  for (const { at: path } of mayUseFacts ? [] : facts) {
    problems.push(at(step, ['with', ...path], 'only a change and its check can use what another step found'));
  }
  const checked = entry.input.safeParse(step.with);
  if (!checked.success) {
    // What a parameter or a fact will fill is checked when it is filled.
    const filled = [...used.map(({ path }) => path), ...facts.map((fact) => fact.at)];
    const open = checked.error.issues.filter((issue) => !filled.some((path) => touches(issue, path)));
    const found = source.problemsOf(new z.ZodError(open), [...step.path, 'with']);
    problems.push(...found.map((one) => ({ ...one, message: `step ${step.id}: ${one.message}` })));
  }
  return problems;
}

const isOutside = ({ label, allow, alert }: Parameter): boolean =>
  (label !== undefined && !allow) || alert !== undefined;

const touches = (issue: z.core.$ZodIssue, path: (string | number)[]) =>
  path.every((key, depth) => issue.path.length <= depth || issue.path[depth] === key) &&
  issue.path.length > 0;

function findCircle(runbook: Runbook): RunbookStep[] | undefined {
  const done = new Set<string>();
  const visit = (step: RunbookStep, trail: RunbookStep[]): RunbookStep[] | undefined => {
    const seen = trail.indexOf(step);
    if (seen >= 0) return trail.slice(seen);
    if (done.has(step.id)) return undefined;
    for (const need of step.needs) {
      const next = runbook.steps.find((other) => other.id === need);
      const circle = next && visit(next, [...trail, step]);
      if (circle) return circle;
    }
    done.add(step.id);
    return undefined;
  };
  for (const step of runbook.steps) {
    const circle = visit(step, []);
    if (circle) return circle;
  }
  return undefined;
}

const circleText = (circle: RunbookStep[]) =>
  [...circle, circle[0]!].map((step) => step.id).join(' waits for ');
