import { execFileSync, spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { loadRunbooks } from '../../src/runbook/file/load-runbooks.ts';
import { pickRunbooks } from '../../src/runbook/file/pick-runbooks.ts';
import { catalogue } from '../../src/runbook/registry.ts';

type Rule = {
  alert: string;
  labels: Record<string, string>;
  annotations: Record<string, string>;
  expr: string;
};
type Case = { alertname: string; exp_alerts: { exp_labels: Record<string, string> }[] };

const folder = 'alert-rules';
const files = readdirSync(folder).filter((name) => name.endsWith('.yaml'));
const read = <T>(file: string) => parse(readFileSync(`${folder}/${file}`, 'utf8')) as T;
const rulesOf = (file: string) =>
  read<{ groups: { rules: Rule[] }[] }>(file).groups.flatMap((group) => group.rules);
const casesOf = (file: string) =>
  read<{ tests: { alert_rule_test: Case[] }[] }>(
    `tests/${file.replace('.yaml', '.test.yaml')}`,
  ).tests.flatMap((group) => group.alert_rule_test);
const guide = readFileSync(`${folder}/README.md`, 'utf8');
const headings = [...guide.matchAll(/^#+ (.+)$/gm)].map(([, heading]) => heading!);

const hasPromtool = spawnSync('promtool', ['--version']).status === 0;
if (!hasPromtool)
  console.warn('alert-rules: promtool (Debian package prometheus) is missing, so the rules are not run');

describe.each(files)('%s', (file) => {
  const rules = rulesOf(file);

  test.skipIf(!hasPromtool)('promtool accepts the rules, and they fire and stay silent as told', () => {
    execFileSync('promtool', ['check', 'rules', `${folder}/${file}`], { stdio: 'pipe' });
    const run = spawnSync('promtool', [
      'test',
      'rules',
      `${folder}/tests/${file.replace('.yaml', '.test.yaml')}`,
    ]);
    expect(`${run.stdout}${run.stderr}`).toMatch(/SUCCESS/);
    expect(run.status).toBe(0);
  });

  test.each(rules.map((rule) => [rule.alert, rule] as const))(
    '%s: a case that fires, one that stays silent',
    (alert) => {
      const cases = casesOf(file).filter((one) => one.alertname === alert);
      expect(cases.filter((one) => one.exp_alerts.length > 0)).not.toEqual([]);
      expect(cases.filter((one) => one.exp_alerts.length === 0)).not.toEqual([]);
      const labels = cases.flatMap((one) => one.exp_alerts).map(({ exp_labels }) => exp_labels.service);
      expect(labels, 'every alert that fires names its service').not.toContain(undefined);
    },
  );

  test.each(rules.map((rule) => [rule.alert, rule] as const))(
    '%s: says how bad, what, why and what to do',
    (alert, rule) => {
      expect(['critical', 'high', 'warning', 'info']).toContain(rule.labels.severity);
      expect(Object.keys(rule.annotations)).toEqual(['summary', 'description', 'runbook_url']);
      expect(rule.annotations.runbook_url).toMatch(
        new RegExp(`/alert-rules/README\\.md#${alert.toLowerCase()}$`),
      );
      expect(headings, 'the page that runbook_url opens').toContain(alert);
    },
  );
});

test('no two alerts share a name, and every heading of the guide is an alert', () => {
  const alerts = files.flatMap(rulesOf).map((rule) => rule.alert);
  expect(alerts.sort()).toEqual([...new Set(alerts)].sort());
  const sections = [...guide.matchAll(/^### (.+)$/gm)].map(([, heading]) => heading!);
  expect(sections.sort()).toEqual(alerts.sort());
});

test('the rules for Muster and the demo use metrics that the code has', () => {
  const named = ['muster.yaml', 'orders-demo.yaml']
    .flatMap(rulesOf)
    .flatMap(({ expr }) => expr.match(/(muster|orders)_\w+/g) ?? []);
  const code = readdirSync('src', { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(`src/${name}`, 'utf8'))
    .join('\n');
  expect([...new Set(named)].filter((metric) => !new RegExp(`\\b${metric}\\b`).test(code))).toEqual([]);
});

test('a runbook starts for every alert that has one, and the guide names it', async () => {
  const { runbooks } = await loadRunbooks('runbooks', catalogue);
  const without = [
    ...['muster.yaml', 'orders-demo.yaml'].flatMap(rulesOf).map((rule) => rule.alert), // the latter by its service
  ];
  for (const { alert, labels } of files.flatMap(rulesOf)) {
    const incident = { labels: [{ ...labels, alertname: alert }], serviceRunbook: null };
    const picked = pickRunbooks(runbooks, incident).map(({ runbook }) => `runbooks/${runbook.name}.yaml`);
    expect(picked, alert).toHaveLength(without.includes(alert) ? 0 : 1);
    const section = guide.split('\n## ').find((part) => part.includes(`### ${alert}\n`));
    for (const name of picked) expect(section, alert).toContain(name);
  }
});
