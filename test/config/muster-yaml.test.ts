import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { musterWarnings } from '../../src/config/muster-warnings.ts';
import { defaultMuster, loadMuster, printMusterSchema } from '../../src/config/muster-yaml.ts';

const load = (text: string) => {
  const result = loadMuster(text, 'muster.yaml');
  return 'muster' in result
    ? { muster: result.muster, problems: [] }
    : {
        muster: undefined,
        problems: result.problems.map((p) => `${p.file}:${p.line}:${p.column} ${p.message}`),
      };
};
const people = 'people: { minji: { name: M, slack: U0MINJI }, jun: { name: J } }\n';
const example = readFileSync('deploy/muster.example.yaml', 'utf8');

describe('loadMuster', () => {
  test('reads the example, and the example is complete enough to warn of nothing', () => {
    const { muster, problems } = load(example);
    expect(problems).toEqual([]);
    expect(musterWarnings(muster!, ['slack', 'pagerduty', 'webhook'])).toEqual([]);
    expect(muster?.policies.P1).toMatchObject({ page: true, repeat: 600_000, fallback: ['webhook'] });
    expect(muster?.grouping).toEqual({ labels: [], reopen_within: 1_800_000, resolve_after: null });
    expect(muster?.services.orders?.params).toMatchObject({ sentinel_master: 'orders' });
  });

  test.each(['', '# only a comment\n', '{}'])('an empty file %j is the default configuration', (text) => {
    expect(load(text).muster).toEqual(defaultMuster());
  });

  test('the defaults are those of the specification', () => {
    const { policies, grouping, permissions } = defaultMuster();
    const ladder = (severity: 'P1' | 'P2') =>
      policies[severity].levels.map(({ after, who }) => `${who} ${after / 60_000}`);
    expect(ladder('P1')).toEqual(['primary 0', 'secondary 5', 'team 10']);
    expect(ladder('P2')).toEqual(['primary 0', 'secondary 15', 'team 30']);
    expect([policies.P3.page, policies.P4.page, policies.P4.incident]).toEqual([false, false, 'list']);
    expect([grouping.reopen_within, grouping.resolve_after]).toEqual([1_800_000, null]);
    expect([permissions.approve, permissions.severity]).toEqual([['ic', 'ops'], 'anyone']);
  });

  test.each([
    ['a typo in a key', 'langauge: ko', '1:1 unknown key "langauge"'],
    ['a typo deep inside', 'policies:\n  P1:\n    pgae: true', '3:5 unknown key "pgae"'],
    ['an unknown severity', 'policies:\n  P5: {}', '2:3 unknown key "P5"'],
    ['a bad time zone', 'timezone: Seoul', '1:11 timezone: must be a time zone'],
    ['an offset as time zone', 'timezone: "+09:00"', '1:12 timezone: must be a time zone'],
    ['an empty rotation', 'rotations:\n  a: { people: [] }', '2:16 rotations.a.people: is empty'],
    [
      'a person who is nobody',
      `${people}rotations:\n  a: { people: [minji, juno] }`,
      '3:24 rotations.a.people.1: there is no person "juno"',
    ],
    [
      'a day that is none',
      `${people}rotations: { a: { people: [jun], start: 2026-02-30 } }`,
      '2:41 rotations.a.start: is no day',
    ],
    [
      'a bad hand-off',
      `${people}rotations: { a: { people: [jun], handoff: mo 10 } }`,
      '2:43 rotations.a.handoff: must be a weekday',
    ],
    [
      'an owner that is no rotation',
      'services:\n  orders:\n    owner: sre',
      '3:12 services.orders.owner: there is no rotation "sre"',
    ],
    [
      'an on-call default that is no rotation',
      'oncall: { default: x }',
      '1:20 oncall.default: there is no rotation "x"',
    ],
    [
      'a broken matcher',
      'severity:\n  - { name: a, match: ["service"], severity: P1 }',
      '2:25 severity.0.match.0: matcher service is no matcher',
    ],
    [
      'a regular expression that is none',
      'severity: [{ name: a, match: [\'a=~"("\'], severity: P1 }]',
      '1:32 severity.0.match.0: matcher a=~"(" has an invalid regular',
    ],
    [
      'two rules of one name',
      'severity:\n  - { name: a, match: [a=b], severity: P1 }\n  - { name: a, match: [a=c], severity: P1 }',
      '3:13 severity.1.name: there is another',
    ],
    [
      'a level that nobody is',
      'policies: { P1: { levels: [{ after: 0m, who: boss }] } }',
      '1:46 policies.P1.levels.0.who: "boss"',
    ],
    [
      'levels out of order',
      'policies: { P1: { levels: [{ after: 5m, who: team }, { after: 5m, who: primary }] } }',
      '1:63 policies.P1.levels.1.after: must be later',
    ],
    ['a ladder without a rung', 'policies: { P1: { levels: [] } }', '1:27 policies.P1.levels: is empty'],
    [
      'a page without an incident',
      'policies: { P3: { page: true } }',
      '1:25 policies.P3.page: needs incident: open',
    ],
    [
      'a pager that is none',
      'policies: { P1: { via: [email] } }',
      '1:25 policies.P1.via.0: must be one of slack, pagerduty, webhook',
    ],
    [
      'a pager that is not configured',
      'policies: { P1: { fallback: [webhook] } }',
      '1:30 policies.P1.fallback.0: the pager webhook',
    ],
    [
      'a reviewer without login',
      `${people}postmortem: { reviewers: [jun] }`,
      '2:27 postmortem.reviewers.0: jun has no GitHub login',
    ],
    ['a permission for nobody', 'permissions: { approve: [] }', '1:25 permissions.approve: is empty'],
    [
      'a permission for a stranger',
      'permissions: { approve: [boss] }',
      '1:26 permissions.approve.0: "boss" is neither',
    ],
    [
      'two people with one Slack id',
      'people: { a: { name: A, slack: U01 }, b: { name: B, slack: U01 } }',
      '1:60 people.b.slack: U01 already belongs to a',
    ],
    [
      'a person called like a level',
      'people: { team: { name: T } }',
      '1:17 people.team: "team" has a meaning',
    ],
    [
      'a person called like a prototype',
      'people: { __proto__: { name: T } }',
      '1:11 the name "__proto__" is not allowed',
    ],
    [
      'an override that ends before it begins',
      `${people}rotations: { a: { people: [jun] } }\noverrides: [{ rotation: a, person: minji, from: 2026-12-26T10:00, to: 2026-12-24T10:00 }]`,
      '3:71 overrides.0.to: must be after from',
    ],
    [
      'a pager address with a password',
      'pagers: { webhook: { url: "https://u:p@x", secretRef: S } }',
      '1:28 pagers.webhook.url: must be an http(s) address',
    ],
    ['a duplicate key', 'language: en\nlanguage: ko', '2:1 Map keys must be unique'],
    ['an alias', 'people: &p {}\nservices: *p', '1:1 uses anchors and aliases'],
  ])('refuses %s at its place', (_why, text, expected) => {
    const { problems } = load(text);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(`muster.yaml:${expected}`);
  });

  test('names all problems at once', () => {
    const { problems } = load('timezone: Nowhere\nlangauge: ko\npeople: { a: { nmae: A } }');
    const places = problems.map((problem) => problem.split(' ')[0]);
    expect(places.sort()).toEqual(['1:11', '2:1', '3:14', '3:16'].map((place) => `muster.yaml:${place}`));
  });

  test('a name from outside such as constructor finds nobody', () => {
    const { muster } = load(people);
    expect(muster?.people.constructor).toBeUndefined();
    expect(defaultMuster().services.toString).toBeUndefined();
  });
});

describe('musterWarnings', () => {
  const warn = (text: string, pagers: ('slack' | 'pagerduty' | 'webhook')[]) =>
    musterWarnings(load(text).muster!, pagers).join('\n');
  const staffed = `${people}rotations: { a: { people: [minji, jun] } }\noncall: { default: a }\n`;
  test.each([
    ['nobody at all', '', ['slack'], /Nobody is configured under people/],
    ['no default rotation', people, ['slack'], /oncall.default names no rotation/],
    ['a P1 that hangs on one vendor', staffed, ['slack'], /P1 policy depends on Slack alone/],
    ['a P1 with no configured pager', staffed, [], /No pager of the P1 policy is configured/],
    [
      'somebody on call without Slack id',
      staffed,
      ['slack', 'pagerduty'],
      /jun is on call but has no Slack id/,
    ],
    [
      'a rotation of one',
      `${people}rotations: { a: { people: [minji] } }\noncall: { default: a }`,
      ['slack', 'pagerduty'],
      /one person only/,
    ],
  ] as const)('tells of %s', (_why, text, pagers, says) => expect(warn(text, [...pagers])).toMatch(says));
  test('two vendors are enough', () => expect(warn(staffed, ['slack', 'pagerduty'])).not.toContain('alone'));
});

test('the JSON Schema for editors accepts the example and refuses a typo', () => {
  const validate = new Ajv({ strict: false, formats: { email: true } }).compile(
    JSON.parse(printMusterSchema()),
  );
  expect(validate(parse(example)), JSON.stringify(validate.errors)).toBe(true);
  expect(validate({ langauge: 'ko' })).toBe(false);
});
