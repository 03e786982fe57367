import { describe, expect, it } from 'vitest';
import { rowOf, tableOf } from '../../src/cli/run-report.ts';
import type { Ran } from '../../src/runbook/run/ran.ts';

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

  it('gives each row a paragraph in a terminal that is too narrow, and cuts nothing', () => {
    expect(tableOf(table, 60).split('\n')).toEqual([
      '            127.0.0.1:6379',
      '              says  role:master; two replicas follow it, and',
      '                    neither of them is behind',
      '            127.0.0.1:6380',
      '              says  role:slave',
      '',
    ]);
  });

  it('leaves out of a paragraph what has no answer', () => {
    const silent = { columns: ['node', 'state', 'says'], rows: [['127.0.0.1:6379', 'silent', '']] };
    expect(tableOf(silent, 30)).toBe('            127.0.0.1:6379\n              state  silent\n');
  });

  it('aligns Korean, whose letters take two columns each', () => {
    const korean = { columns: ['노드', '상태'], rows: [['a', '응답함']] };
    expect(tableOf(korean, null)).toBe('            노드  상태\n            a     응답함\n');
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
