import {
  type ASTNode,
  TypeError as CelTypeError,
  Environment,
  EvaluationError,
  ParseError,
} from '@marcbachmann/cel-js';
import type { Verdict } from '../../incident/words.ts';
import { compilePattern } from '../../kit/pattern.ts';

/** What a condition may read: finished steps by id, and the labels all alerts share. */
export type ConditionContext = {
  steps: Record<string, { verdict: Verdict | 'skipped'; cause?: string; facts: Record<string, unknown> }>;
  labels: Record<string, string>;
};

/** A condition that was parsed and type-checked. `steps` are the ids it reads, so the plan can wait for them. */
export type Condition = {
  steps: string[];
  /** It reads what steps found, not only how they ended. */
  readsFacts: boolean;
  /** The answer, or why there is none (a fact that is not there). Never throws. */
  evaluate: (context: ConditionContext) => boolean | { error: string };
};

/** What is wrong with a condition, with the offset in its own text. */
export type ConditionProblem = { error: string; offset: number };

const environment = new Environment({
  limits: { maxAstNodes: 300, maxDepth: 25, maxListElements: 100, maxMapEntries: 100, maxCallArguments: 8 },
})
  .registerVariable('steps', 'map')
  .registerVariable('labels', 'map<string, string>')
  .registerFunction('like(string, string): bool', (text: string, pattern: string) => {
    const compiled = compilePattern(pattern);
    if ('error' in compiled) throw new Error(`like(): ${compiled.error}`);
    return compiled.matches(text);
  });

/**
 * Parses and type-checks a CEL condition (https://cel.dev). `matches()` is refused because this engine runs it with
 * backtracking; `like(text, pattern)` does the same for a whole string in linear time.
 */
export function parseCondition(source: string): Condition | ConditionProblem {
  try {
    const parsed = environment.parse(source);
    const nodes = [...walk(parsed.ast)];
    const forbidden = nodes.find((node) => node.op === 'rcall' && node.args[0] === 'matches');
    if (forbidden) {
      return {
        error: 'matches() can take exponential time; use like(text, pattern), which matches the whole text',
        offset: forbidden.start,
      };
    }
    const deep = nodes.find((node) => depthOf(node) > deepest);
    if (deep) {
      const error = `goes through lists inside of lists more than ${deepest} deep, which can take exponential time`;
      return { error, offset: deep.start };
    }
    const misspelt = nodes.flatMap(verdictProblem)[0];
    if (misspelt) return misspelt;
    const checked = parsed.check();
    if (!checked.valid) return problem(checked.error);
    if (checked.type !== 'bool' && checked.type !== 'dyn') {
      return { error: `gives ${checked.type}, but a condition must give true or false`, offset: 0 };
    }
    const readsFacts = nodes.some(
      (node) => node.op === '.' && (node.args[1] === 'facts' || node.args[1] === 'cause'),
    );
    return { steps: stepsRead(nodes), readsFacts, evaluate: (context) => evaluate(parsed, context) };
  } catch (error) {
    return problem(error);
  }
}

function evaluate(parsed: (context: object) => unknown, context: ConditionContext) {
  try {
    const value = parsed(withIntegers(context) as object);
    return typeof value === 'boolean' ? value : { error: 'the condition did not give true or false' };
  } catch (error) {
    return { error: problem(error).error };
  }
}

/** CEL has integers and doubles; JSON numbers without a fraction are meant as integers, so that `+ 1` and `% 2` work. */
function withIntegers(value: unknown): unknown {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? BigInt(value) : value;
  if (Array.isArray(value)) return value.map(withIntegers);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withIntegers(inner)]));
}

function* walk(value: unknown): Generator<ASTNode> {
  if (Array.isArray(value)) for (const inner of value) yield* walk(inner);
  else if (value !== null && typeof value === 'object' && 'op' in value) {
    const node = value as ASTNode;
    yield node;
    yield* walk(node.args);
  }
}

function stepsRead(nodes: ASTNode[]): string[] {
  const ids = nodes.flatMap((node) => {
    if (node.op === '.' && isSteps(node.args[0])) return [node.args[1]];
    const key = node.op === '[]' && isSteps(node.args[0]) ? node.args[1] : undefined;
    return key?.op === 'value' && typeof key.args === 'string' ? [key.args] : [];
  });
  return [...new Set(ids)];
}

/** Two lists of facts against each other are enough; each further level takes as many times longer as its list is long. */
const deepest = 2;
const comprehensions = ['all', 'exists', 'exists_one', 'map', 'filter'];

/** How many lists a node goes through inside of each other. */
function depthOf(node: ASTNode): number {
  const [name, , body] = node.op === 'rcall' ? node.args : [];
  if (!comprehensions.includes(String(name))) return 0;
  return 1 + Math.max(0, ...[...walk(body)].map(depthOf));
}

const verdicts = ['pass', 'warn', 'fail', 'unknown', 'skipped'];

/** A verdict compared with a word that no step ever gives: such a condition is never what its author meant. */
function verdictProblem(node: ASTNode): ConditionProblem[] {
  if (node.op !== '==' && node.op !== '!=') return [];
  if (!node.args.some((side) => side.op === '.' && side.args[1] === 'verdict')) return [];
  return node.args
    .filter((side) => side.op === 'value' && !verdicts.includes(String(side.args)))
    .map(({ args, start }) => ({
      error: `a verdict is ${verdicts.join(', ')}, never ${String(args)}`,
      offset: start,
    }));
}

const isSteps = (node: ASTNode) => node.op === 'id' && node.args === 'steps';

function problem(error: unknown): ConditionProblem {
  if (error instanceof ParseError || error instanceof CelTypeError || error instanceof EvaluationError) {
    return { error: error.summary, offset: error.range?.start ?? 0 };
  }
  return { error: error instanceof Error ? error.message : String(error), offset: 0 };
}
