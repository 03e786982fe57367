import { describe, expect, it } from 'vitest';
import { rowOf, tableOf } from '../../src/cli/run-report.ts';
import type { Ran } from '../../src/runbook/ran.ts';

const table = {
  columns: ['node', 'says'],
  rows: [
    ['127.0.0.1:6379', 'role:master; two replicas follow it, and neither of them is behind'],
    ['127.0.0.1:6380', 'role:slave'],
  ],
};
const ran = (sentence: string): Ran => ({
  step: { title: 'Look' } as Ran['step'],
  report: {
    verdict: 'pass',
    sentence,
    ms: 12,
    evidence: { columns: [], rows: [] },
  } as unknown as Ran['report'],
  skipped: null,
});

describe('tableOf', () => {
  it('aligns its columns and cuts nothing where there is no terminal', () => {
    expect(
      tableOf(table, null)
        .split('\n')
        .map((line) => line.trimStart()),
    ).toEqual([
      'node            says',
      '127.0.0.1:6379  role:master; two replicas follow it, and neither of them is behind',
      '127.0.0.1:6380  role:slave',
      '',
    ]);
  });

  it('cuts the widest column to the terminal, and the address stays whole', () => {
    const lines = tableOf(table, 60).split('\n');
    expect(Math.max(...lines.map((line) => line.length))).toBe(60);
    expect(lines[1]).toMatch(/^ +127\.0\.0\.1:6379 {2}role:master; .*…$/);
    expect(lines[2]).toMatch(/127\.0\.0\.1:6380 {2}role:slave$/);
  });

  it('stays readable in a terminal that is far too narrow', () => {
    expect(tableOf(table, 10)).toMatch(/127\.0\.0\.1:6… {2}role:master…/);
  });

  it('is nothing without rows', () => expect(tableOf({ columns: ['a'], rows: [] }, 80)).toBe(''));
});

describe('rowOf', () => {
  it('shows what is not done without what a terminal would obey', () => {
    const { step } = ran('');
    const row = rowOf({ step, report: null, skipped: 'It would be: x\u001b]0;y\u0007' }, null);
    expect(row).toContain('It would be: x');
    expect(row).not.toMatch(/[\u001b\u0007]/);
  });

  it('breaks a long sentence between words', () => {
    const lines = rowOf(ran(`${'word '.repeat(30)}end`), 72)
      .trimEnd()
      .split('\n');
    expect(lines[0]).toBe('  ✓ pass    Look  (12 ms)');
    expect(lines.slice(1).every((line) => line.length <= 72 && line.startsWith('            word'))).toBe(
      true,
    );
  });

  it('says why a step was left out', () => {
    const skipped = { ...ran(''), report: null, skipped: 'For people.' };
    expect(rowOf(skipped, 80)).toBe('  – skipped   Look\n            For people.\n\n');
  });
});
