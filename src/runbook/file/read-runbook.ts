import { createHash } from 'node:crypto';
import { parseMatcher } from '../../kit/matcher.ts';
import { type Problem, readYaml, type YamlSource } from '../../kit/yaml-source.ts';
import { type ConditionProblem, parseCondition } from './cel.ts';
import { factsNamed } from './fill-facts.ts';
import type { Runbook, RunbookStep } from './runbook.ts';
import { type FileStep, RunbookFile } from './runbook-file.ts';

/** A file that was read: the runbook where its form is right, everything wrong with it, and its places for further checks. */
export type ReadRunbook = { runbook: Runbook | null; problems: Problem[]; source: YamlSource };

/** Reads one runbook file: YAML, form, matchers and conditions. All problems come back at once; nothing is thrown. */
export function readRunbook(file: string, text: string): ReadRunbook {
  const source = readYaml(file, text);
  if (source.problems.length > 0) return { runbook: null, problems: source.problems, source };
  const parsed = RunbookFile.safeParse(source.value);
  if (!parsed.success) return { runbook: null, problems: source.problemsOf(parsed.error), source };
  const problems: Problem[] = [];

  const matchers = parsed.data.match.flatMap((text, index) => {
    const matcher = parseMatcher(text);
    if (!('error' in matcher)) return [matcher];
    problems.push(source.problemAt(['match', index], `matcher ${text} ${matcher.error}`));
    return [];
  });
  const steps = parsed.data.steps.flatMap((step, index) => {
    const condition = step.if === undefined ? null : parseCondition(step.if);
    if (condition !== null && 'error' in condition) {
      problems.push(conditionProblem(source, index, condition));
      return [];
    }
    return toSteps(step, index, condition && { source: step.if!, condition });
  });
  const version = createHash('sha256').update(text).digest('hex').slice(0, 12);
  const { name, title, symptom, alongside, recheck, budget, params, links } = parsed.data;
  const runbook = {
    file,
    name,
    version,
    title,
    matchers,
    symptom,
    alongside,
    recheckMs: recheck === 'never' ? null : recheck,
    budgetMs: budget,
    params,
    steps: linkChecks(steps),
    links,
  };
  return { runbook: problems.length === 0 ? runbook : null, problems, source };
}

const conditionProblem = (source: YamlSource, index: number, { error, offset }: ConditionProblem) =>
  source.problemAt(['steps', index, 'if'], `condition: ${error}`, offset);

function toSteps(step: FileStep, index: number, condition: RunbookStep['if']): RunbookStep[] {
  const inline = typeof step.check === 'object' ? step.check : undefined;
  const own: RunbookStep = {
    path: ['steps', index],
    id: step.id,
    uses: step.uses,
    title: step.title ?? null,
    with: step.with,
    if: condition,
    needs: [
      ...new Set([
        ...step.needs,
        ...(condition?.condition.steps ?? []),
        ...factsNamed(step.with).map((fact) => fact.step),
      ]),
    ],
    at: step.at ?? null,
    afterMs: step.after ?? 0,
    approve: { roles: step.approve.by, people: step.approve.people, count: step.approve.count },
    check: inline ? `${step.id}-check` : ((step.check as string | undefined) ?? null),
  };
  if (!inline) return [own];
  const path = [...own.path, 'check'];
  return [
    own,
    { ...own, path, id: own.check!, title: null, ...inline, if: null, needs: [], check: null, afterMs: 0 },
  ];
}

/** A check waits for the change it verifies. */
function linkChecks(steps: RunbookStep[]): RunbookStep[] {
  return steps.map((step) => {
    const changes = steps.filter((other) => other.check === step.id).map((other) => other.id);
    return { ...step, needs: [...new Set([...step.needs, ...changes])] };
  });
}
