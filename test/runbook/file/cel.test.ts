import { describe, expect, it } from 'vitest';
import { parseCondition } from '../../../src/runbook/file/cel.ts';

const context = {
  steps: { a: { verdict: 'fail' as const, facts: { n: 3, ratio: 0.5, names: ['x'], none: null } } },
  labels: { service: 'orders', pod: `${'a'.repeat(40)}!` },
};

const ask = (source: string) => {
  const condition = parseCondition(source);
  return 'error' in condition ? condition : condition.evaluate(context);
};

describe('parseCondition', () => {
  it.each([
    ['steps.a.verdict == "fail"', true],
    ['steps.a.facts.n + 1 == 4 && steps.a.facts.n % 2 == 1', true],
    ['steps.a.facts.ratio > 0.4', true],
    ['steps["a"].facts.names.exists(name, name == "x")', true],
    ['has(steps.a.facts.absent)', false],
    ['steps.a.facts.names.all(a, steps.a.facts.names.exists(b, a == b))', true],
    ['steps.a.facts.none == null', true],
    ['like(labels.service, "ord.*|cart")', true],
    ['like(labels.service, "ord")', false],
  ])('%s is %s', (source, expected) => expect(ask(source)).toBe(expected));

  it.each([
    ['steps.a.verdict == ', 'Unexpected token: EOF', 19],
    ['step.a.verdict == "fail"', 'Unknown variable: step', 0],
    ['labels.service == 1', 'no such overload: string == int', 0],
    ['labels.service', 'gives string, but a condition must give true or false', 0],
    [
      'true && [1].all(a, [2].exists(b, [3].filter(c, c > a).size() > b))',
      'goes through lists inside of lists more than 2 deep, which can take exponential time',
      8,
    ],
    ['steps.a.verdict == "failed"', 'a verdict is pass, warn, fail, unknown, skipped, never failed', 19],
    ['true && labels.pod.matches("(a+)+$")', 'matches()', 8],
  ])('%s is refused where it is wrong', (source, error, offset) => {
    expect(parseCondition(source)).toEqual({ error: expect.stringContaining(error), offset });
  });

  it.each([
    'steps.a.facts.absent == 1',
    'steps.b.verdict == "fail"',
    'steps.a.facts.n',
    'like(labels.service, "(")',
  ])('%s has no answer, and says so instead of throwing', (source) =>
    expect(ask(source)).toEqual({ error: expect.any(String) }),
  );

  it('names the steps it reads, so the plan can wait for them', () => {
    const condition = parseCondition(
      'steps.a.verdict == "pass" && (steps["b"].facts.n > 1 || has(steps.a.facts.x))',
    );
    expect('steps' in condition && condition.steps).toEqual(['a', 'b']);
  });

  it('matches in linear time what backtracking engines choke on', () => {
    const begin = performance.now();
    expect(ask('like(labels.pod, "(a+)+")')).toBe(false);
    expect(performance.now() - begin).toBeLessThan(500);
  });

  it.each(['steps.constructor', 'steps.a.__proto__'])('reaches nothing through %s', (source) =>
    expect(ask(`${source} == null`)).toEqual({ error: expect.any(String) }),
  );
});
