import { describe, expect, it } from 'vitest';
import { lintRunbook } from '../../../src/runbook/file/lint.ts';
import { lintAlerts } from '../../../src/runbook/file/lint-alerts.ts';
import { readRunbook } from '../../../src/runbook/file/read-runbook.ts';
import { catalogue } from '../../../src/runbook/registry.ts';

function lint(text: string): string[] {
  const read = readRunbook('r.yaml', text);
  return [...read.problems, ...lintRunbook(read, catalogue)].map(
    ({ line, column, message }) => `${line}:${column} ${message}`,
  );
}

const head = 'name: r\ntitle: R\n';
const manual = 'uses: manual, with: { instructions: x }';
const failover = 'uses: redis-sentinel-failover, with: { sentinels: ["a:1"], master: m }';
const ready = 'uses: redis-sentinel-ready, with: { sentinels: ["a:1"], master: m }';

describe('readRunbook', () => {
  it.each([
    ['an unknown key', `${head}step: []\nsteps: [{ id: a, ${manual} }]`, '3:1 unknown key "step"'],
    [
      'an unknown key inside a step',
      `${head}steps:\n  - { id: a, ${manual}, whit: 1 }`,
      '4:55 unknown key "whit"',
    ],
    ['a key given twice', `${head}name: again\nsteps: []`, '3:1 Map keys must be unique'],
    [
      'an alias',
      `${head}steps: [&x { id: a, ${manual} }, *x]`,
      '1:1 uses anchors and aliases, which are not allowed',
    ],
    ['a missing title', `name: r\nsteps: [{ id: a, ${manual} }]`, '1:1 title: is missing'],
    ['half a title', `name: r\ntitle: { en: R }\nsteps: [{ id: a, ${manual} }]`, '2:8 title.ko: '],
    [
      'a bad matcher',
      `${head}match:\n  - 'alertname=~"("'\nsteps: [{ id: a, ${manual} }]`,
      '4:6 matcher alertname=~"(" has',
    ],
    [
      'a wrong condition, at its very character',
      `${head}steps:\n  - { id: a, ${manual} }\n  - id: b\n    uses: manual\n    if: steps.a.verdict == nope\n    with: { instructions: x }`,
      '7:28 condition: Unknown variable: nope',
    ],
    [
      'a wrong condition in quotes',
      `${head}steps:\n  - { id: a, ${manual} }\n  - { id: b, if: "steps.a.verdict == nope", ${manual} }`,
      '5:38 condition: Unknown variable: nope',
    ],
    [
      'a label without a constraint',
      `${head}params: { a: { label: x } }\nsteps: [{ id: a, ${manual} }]`,
      '3:14 params.a: a label needs',
    ],
  ])('reports %s with line and column', (_, text, expected) => {
    expect(lint(text)).toEqual([expect.stringContaining(expected)]);
  });

  it('refuses a file of more than 256 kB before parsing it', () => {
    expect(lint(`#${'x'.repeat(300_000)}`)).toEqual(['1:1 is larger than 262144 bytes']);
  });

  it('gives the same version for the same text only', () => {
    const version = (text: string) => readRunbook('r.yaml', text).runbook?.version;
    const text = `${head}steps: [{ id: a, ${manual} }]`;
    expect(version(text)).toBe(version(text));
    expect(version(text)).not.toBe(version(`${text} `));
  });
});

describe('lintRunbook', () => {
  it.each([
    [
      'an unknown step',
      `- { id: a, uses: redis-sentinal }`,
      '4:20 step a: there is no step "redis-sentinal"; there are redis-',
    ],
    [
      'a wrong input',
      `- { id: a, uses: http, with: { url: "ftp://x" } }`,
      '4:40 step a: steps.0.with.url: Invalid URL',
    ],
    [
      'an unknown input',
      `- { id: a, uses: http, with: { url: "http://x", verb: GET } }`,
      '4:51 step a: unknown key "verb"',
    ],
    ['an id used twice', `- { id: a, ${manual} }\n  - { id: a, ${manual} }`, 'id is used twice'],
    [
      'a need that does not exist',
      `- { id: a, needs: [b], ${manual} }`,
      'waits for step "b", which does not exist',
    ],
    [
      'a condition on a step that does not exist',
      `- { id: a, if: steps.b.verdict == "fail", ${manual} }`,
      '4:18 step a: waits for step "b"',
    ],
    ['a step that can never run', `- { id: a, if: "1 > 2", ${manual} }`, '4:19 step a: can never run'],
    [
      'a circle',
      `- { id: a, needs: [b], ${manual} }\n  - { id: b, needs: [a], ${manual} }`,
      'can never start: a waits for b waits for a',
    ],
    [
      'a change without a check',
      `- { id: a, ${failover} }`,
      '4:20 step a: changes something and has no check',
    ],
    ['a check that is not there', `- { id: a, ${failover}, check: b }`, 'its check "b" does not exist'],
    [
      'a check that changes something',
      `- { id: a, ${failover}, check: { ${failover} } }`,
      'its check "a-check" changes something itself',
    ],
    [
      'a check of a read',
      `- { id: a, ${ready}, check: { ${ready} } }`,
      'changes nothing, so there is nothing to check',
    ],
    [
      'a check with a condition',
      `- { id: a, ${failover}, check: b }\n  - { id: b, if: "true", ${ready} }`,
      'so it always runs and has no condition',
    ],
    [
      'a wrong input of an inline check',
      `- { id: a, ${failover}, check: { uses: http, with: {} } }`,
      'step a-check: ',
    ],
    [
      'a change that nobody may approve',
      `- { id: a, ${failover}, approve: { by: [] }, check: { ${ready} } }`,
      'step a: takes 1 to approve it, and names fewer who may',
    ],
    [
      'a change of two people that names one',
      `- { id: a, ${failover}, approve: { by: [ic], count: 2 }, check: { ${ready} } }`,
      'step a: takes 2 to approve it, and names fewer who may',
    ],
    [
      'a parameter nobody declared',
      `- { id: a, uses: http, with: { url: "\${nope}" } }`,
      `\${nope} is not declared under params`,
    ],
  ])('reports %s', (_, steps, expected) => {
    const found = lint(`${head}steps:\n  ${steps}`);
    expect(
      found.some((line) => line.includes(expected)),
      found.join('\n'),
    ).toBe(true);
  });

  it('lets a label choose a target from an allow-list only', () => {
    const file = (params: string) =>
      `${head}params: { url: { label: instance, ${params} } }\nsteps:\n  - { id: a, uses: http, with: { url: "\${url}" } }`;
    expect(lint(file('pattern: "http://.*"'))).toEqual([expect.stringContaining('only from an allow-list')]);
    expect(lint(file('pattern: ".*", alert: query'))).toEqual([
      expect.stringContaining('only from an allow-list'),
    ]);
    expect(lint(file('allow: ["http://a/"]'))).toEqual([]);
  });

  it('lets a label choose what is sent as a password as little as where to', () => {
    const file = (params: string) =>
      `${head}params: { name: { label: team, ${params} } }\nsteps:\n  - { id: a, uses: redis-node, with: { nodes: ["a:1"], password: { secretRef: "\${name}" } } }`;
    expect(lint(file('pattern: "[A-Z_]+"'))).toEqual([expect.stringContaining('or a secret only from')]);
    expect(lint(file('allow: [REDIS_A, REDIS_B]'))).toEqual([]);
  });

  it('does not blame an input that a parameter will fill, but still the ones beside it', () => {
    const file = (extra: string) =>
      `${head}params: { urls: {} }\nsteps:\n  - { id: a, uses: http, with: { url: "\${urls}", status: "\${urls}"${extra} } }`;
    expect(lint(file(''))).toEqual([]);
    expect(lint(file(', requests: 99'))).toHaveLength(1);
  });

  it('reports everything at once', () => {
    expect(lint(`${head}steps:\n  - { id: a, uses: nope }\n  - { id: b, ${failover} }`)).toEqual([
      expect.stringContaining('there is no step "nope"'),
      expect.stringContaining('has no check'),
      expect.stringContaining('before anything was looked at'),
    ]);
  });

  const look = '{ id: look, uses: http, with: { url: "http://a/" } }';
  const fix = `id: fix, ${failover}, check: { ${ready} }`;
  it.each([
    ['right away', `{ ${fix} }`, true],
    ['after a manual step', `{ id: m, ${manual} }\n  - { ${fix}, needs: [m] }`, true],
    ['after a look', `{ ${fix}, needs: [look] }`, false],
    [
      'after a look by way of another step',
      `{ id: m, ${manual}, needs: [look] }\n  - { ${fix}, needs: [m] }`,
      false,
    ],
    ['when a look found something', `{ ${fix}, if: steps.look.verdict == "fail" }`, false],
  ])('a change %s', (_, steps, wrong) => {
    const found = lint(`${head}steps:\n  - ${look}\n  - ${steps}`);
    expect(found).toEqual(wrong ? [expect.stringMatching(/step fix: changes something before/)] : []);
  });

  it.each([
    ['steps.look.verdict == "fail" && steps.look.verdict == "pass"', true],
    ['labels.none == "a" && steps.look.verdict == "fail"', false],
    ['steps.look.verdict == "skipped"', false],
    ['"slot" in steps.look.facts', false],
  ])('a step that waits for %s', (condition, wrong) => {
    const found = lint(`${head}steps:\n  - ${look}\n  - { id: b, ${manual}, if: '${condition}' }`);
    expect(found).toEqual(wrong ? [expect.stringMatching(/step b: can never run: no outcome/)] : []);
  });

  it('lets only a change and its check use what a look found, and makes them wait for it', () => {
    const fact = `"\${steps.look.facts.node}"`;
    const uses = `uses: redis-sentinel-failover, with: { sentinels: [${fact}], master: m }`;
    const checks = `uses: redis-sentinel-ready, with: { sentinels: [${fact}], master: m }`;
    expect(lint(`${head}steps:\n  - ${look}\n  - { id: fix, ${uses}, check: { ${checks} } }`)).toEqual([]);
    expect(lint(`${head}steps:\n  - ${look}\n  - { id: b, ${checks} }`)).toEqual([
      expect.stringContaining('only a change and its check can use what another step found'),
    ]);
    expect(lint(`${head}steps:\n  - { id: b, ${uses}, check: { ${checks} } }`)).toEqual(
      expect.arrayContaining([expect.stringContaining('waits for step "look", which does not exist')]),
    );
  });

  it('names the alerts that no rule has', () => {
    const names = (match: string) => {
      const { runbook, source } = readRunbook(
        'r.yaml',
        `${head}match: ['${match}']\nsteps: [{ id: a, ${manual} }]`,
      );
      return lintAlerts(runbook!, source, new Set(['RedisDown', 'RedisSlow'])).map(({ message }) => message);
    };
    const gone = 'no shipped or configured rule has the alert name';
    expect(names('alertname="RedisGone"')).toEqual([`${gone} RedisGone`]);
    expect(names('alertname=~"RedisDown|RedisGone|KafkaGone"')).toEqual([
      `${gone} RedisGone`,
      `${gone} KafkaGone`,
    ]);
    expect(names('alertname=~"Redis.*"')).toEqual([]);
    expect(names('alertname=~"Mongo.*"')).toEqual([`${gone} Mongo.*`]);
    expect(names('severity="critical"')).toEqual([]);
  });
});
