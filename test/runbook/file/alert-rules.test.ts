import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { readAlertRules } from '../../../src/runbook/file/alert-rules.ts';

it('knows the alerts of files and folders, and those that lead nowhere', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'muster-rules-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const rule = (name: string, more: string) => `      - alert: ${name}\n        expr: up == 0\n${more}`;
  const url = '        annotations: { runbook_url: https://example.com/ }\n';
  const head = 'groups:\n  - name: g\n    rules:\n';
  writeFileSync(
    join(folder, 'a.yml'),
    `${head}      - { record: r, expr: up }\n${rule('Good', url)}${rule('Lost', '')}`,
  );
  writeFileSync(join(folder, 'notes.txt'), 'no rules');
  const broken = join(folder, 'broken.yaml');
  writeFileSync(broken, 'groups: [');
  const { names, problems } = await readAlertRules([folder, join(folder, 'gone.yaml')]);
  expect([...names]).toEqual(['Good', 'Lost']);
  expect(problems).toEqual([
    {
      file: join(folder, 'a.yml'),
      line: 8,
      column: 16,
      message: 'alert Lost has no runbook_url among its annotations',
    },
    expect.objectContaining({ file: broken }),
    expect.objectContaining({ file: join(folder, 'gone.yaml'), message: expect.stringContaining('ENOENT') }),
  ]);
});

it.each([
  ['no groups', 'groups:'],
  ['an empty group', 'groups: [null]'],
  ['a group without rules', 'groups: [{ name: g, rules: }]'],
  ['an empty rule', 'groups: [{ name: g, rules: [null, { alert: Good, annotations: }] }]'],
  ['text for rules', 'groups: [{ name: g, rules: later }]'],
  ['a list', '- groups'],
])('reads a rule file with %s', async (_, text) => {
  const folder = mkdtempSync(join(tmpdir(), 'muster-rules-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, 'a.yml'), text);
  const { names } = await readAlertRules([folder]);
  expect([...names]).toEqual(text.includes('Good') ? ['Good'] : []);
});

it('finds nothing wrong with what is shipped', async () => {
  const { names, problems } = await readAlertRules(['alert-rules']);
  expect(problems).toEqual([]);
  expect(names).toContain('RedisMasterDown');
});
