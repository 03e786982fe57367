import { describe, expect, test } from 'vitest';
import { judgeImpact } from '../../src/alerts/impact.ts';
import { classify, compileRules } from '../../src/alerts/severity.ts';

const judge = (
  labels: Record<string, string>,
  annotations: Record<string, string> = {},
  rules = compileRules([]),
) => {
  const { severity, rule } = classify({ labels, annotations }, undefined, rules);
  return `${severity} ${rule}`;
};

describe('classify', () => {
  test.each([
    ['critical', { severity: 'critical' }, 'P1 label-severity-critical'],
    ['page', { severity: 'page' }, 'P1 label-severity-page'],
    ['high', { severity: 'high' }, 'P2 label-severity-high'],
    ['warning', { severity: 'warning' }, 'P3 label-severity-warning'],
    ['medium', { severity: 'medium' }, 'P3 label-severity-medium'],
    ['low', { severity: 'low' }, 'P4 label-severity-low'],
    ['info', { severity: 'info' }, 'P4 label-severity-info'],
    ['a watchdog', { severity: 'none' }, 'P4 label-severity-none'],
    ['upper case', { severity: ' CRITICAL ' }, 'P1 label-severity-critical'],
    ['a severity written as priority', { severity: 'p2' }, 'P2 label-severity-p2'],
    ['a valid priority wins', { severity: 'critical', priority: 'P4' }, 'P4 label-priority-P4'],
    ['an invalid priority does not', { severity: 'critical', priority: 'P9' }, 'P1 label-severity-critical'],
    ['nothing usable is the higher', {}, 'P2 default-unclear'],
    ['a severity nobody knows', { severity: 'banana' }, 'P2 default-unclear'],
    ['a name of the prototype', { severity: 'constructor' }, 'P2 default-unclear'],
  ])('%s', (_why, labels, expected) => expect(judge(labels as Record<string, string>)).toBe(expected));

  test.each([
    ['service down', { impact_service_down: 'true' }, {}, 'P1 impact-service-down'],
    ['as an annotation', {}, { impact_service_down: 'yes' }, 'P1 impact-service-down'],
    [
      'the label wins over the annotation',
      { impact_users_percent: '5' },
      { impact_users_percent: '80' },
      'P3 impact-some-users',
    ],
    ['payment broken', { impact_functions: 'search, payment' }, {}, 'P1 impact-core-function'],
    ['30 % of users', { impact_users_percent: '30' }, {}, 'P2 impact-30-percent-of-users'],
    ['a percent sign', {}, { impact_users_percent: '31.5 %' }, 'P2 impact-30-percent-of-users'],
    ['some function', { impact_functions: 'avatars' }, {}, 'P3 impact-some-function'],
    ['nobody', { impact_users_percent: '0' }, {}, 'P4 impact-none'],
    ['no number', { impact_users_percent: 'many' }, {}, 'P2 default-unclear'],
    [
      'worse than the label',
      { severity: 'warning', impact_service_down: 'true' },
      {},
      'P1 impact-service-down',
    ],
    [
      'milder than the label',
      { severity: 'critical', impact_users_percent: '1' },
      {},
      'P1 label-severity-critical',
    ],
    [
      'priority stays the last word',
      { priority: 'P3', impact_service_down: 'true' },
      {},
      'P3 label-priority-P3',
    ],
  ])('decision tree: %s', (_why, labels, annotations, expected) => {
    expect(judge(labels as unknown as Record<string, string>, annotations as Record<string, string>)).toBe(
      expected,
    );
  });

  test("the operator's first matching rule comes before everything, and all its matchers must hold", () => {
    const rules = compileRules([
      { name: 'payments-down', match: ['service="payments"', 'severity="critical"'], severity: 'P1' },
      { name: 'staging', match: ['env=~"staging|test"'], severity: 'P4' },
    ]);
    expect(judge({ env: 'staging', priority: 'P1' }, {}, rules)).toBe('P4 staging');
    expect(judge({ env: 'staging', service: 'payments', severity: 'critical' }, {}, rules)).toBe(
      'P1 payments-down',
    );
    expect(judge({ service: 'payments', severity: 'warning' }, {}, rules)).toBe('P3 label-severity-warning');
  });
});

test('what a main function is differs per service: payment is P1 in a shop and may be P2 in a community', () => {
  const impact = { serviceDown: undefined, brokenFunctions: ['payment'], usersAffectedPercent: undefined };
  expect(judgeImpact(impact)).toEqual({ severity: 'P1', rule: 'impact-core-function' });
  const community = { core_functions: ['login'], main_functions: ['payment'] };
  expect(judgeImpact(impact, community)).toEqual({ severity: 'P2', rule: 'impact-main-function' });
  expect(
    judgeImpact({ serviceDown: undefined, brokenFunctions: [], usersAffectedPercent: undefined }),
  ).toBeUndefined();
});
