import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { lintRunbook } from '../../../src/runbook/file/lint.ts';
import { loadRunbooks } from '../../../src/runbook/file/load-runbooks.ts';
import { pickRunbooks } from '../../../src/runbook/file/pick-runbooks.ts';
import { readRunbook } from '../../../src/runbook/file/read-runbook.ts';
import { catalogue } from '../../../src/runbook/registry.ts';

const shipped = await loadRunbooks('runbooks', catalogue);

/** The alerts Muster ships rules for, without those about Muster itself and the demo's own. */
const alerts = readdirSync('alert-rules')
  .filter((file) => /^(redis|redis-streams|kafka|postgres|http)\.yaml$/.test(file))
  .flatMap((file) => parse(readFileSync(join('alert-rules', file), 'utf8')).groups)
  .flatMap((group: { rules: { alert: string }[] }) => group.rules.map(({ alert }) => alert));

describe('the shipped runbooks', () => {
  it('are free of problems', () => expect(shipped.problems).toEqual([]));

  it.each(alerts.filter((alert) => !/UnderReplicated|ConsumerLag|Certificate/.test(alert)))(
    '%s has a runbook',
    (alertname) => {
      expect(pickRunbooks(shipped.runbooks, { labels: [{ alertname }], serviceRunbook: null })).toHaveLength(
        1,
      );
    },
  );

  it('have titles in both languages', () => {
    for (const { title, steps } of shipped.runbooks) {
      expect(title).toMatchObject({ en: expect.any(String), ko: expect.any(String) });
      for (const step of steps.filter(({ id }) => !id.endsWith('-check')))
        expect(step.title).toHaveProperty('ko');
    }
  });
});

it('the example of runbooks/README.md is free of problems', () => {
  const [, example = ''] = /```yaml\n([\s\S]*?)```/.exec(readFileSync('runbooks/README.md', 'utf8')) ?? [];
  const read = readRunbook('README.md', example);
  expect([...read.problems, ...lintRunbook(read, catalogue)]).toEqual([]);
});

describe('loadRunbooks', () => {
  it('leaves out what is wrong, keeps the rest, and reports a name used twice', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'muster-runbooks-'));
    const good = 'name: a\ntitle: A\nsteps: [{ id: m, uses: manual, with: { instructions: x } }]\n';
    writeFileSync(join(folder, '1.yaml'), good);
    writeFileSync(join(folder, '2.yml'), good);
    writeFileSync(join(folder, '3.yaml'), 'name: b\n');
    writeFileSync(join(folder, 'readme.md'), 'not a runbook');
    const { runbooks, problems } = await loadRunbooks(folder, catalogue);
    rmSync(folder, { recursive: true });
    expect(runbooks.map(({ file }) => file)).toEqual([join(folder, '1.yaml')]);
    expect(problems.map(({ file }) => file)).toEqual([
      join(folder, '2.yml'),
      join(folder, '3.yaml'),
      join(folder, '3.yaml'),
    ]);
  });
});
