import type { Evidence, Verdict } from '../incident/words.ts';
import type { Ran } from './run-conditions.ts';

const marks: Record<Verdict, string> = {
  pass: '✓ pass   ',
  warn: '! warn   ',
  fail: '✗ fail   ',
  unknown: '? unknown',
};
const indent = '            ';

/** One step as a block of a report: verdict, title, time, sentence, and its table. */
export function rowOf({ step, report, skipped }: Ran): string {
  if (report === null) return `  – skipped  ${step.title}\n${indent}${skipped}\n\n`;
  const head = `  ${marks[report.verdict]} ${step.title}  (${report.ms} ms)\n${indent}${report.sentence}\n`;
  return `${head}${tableOf(report.evidence)}\n`;
}

/** The last line of a report. */
export const reportOf = (worst: Verdict): string => `Verdict: ${worst}\n`;

/** A table with aligned columns; nothing when it has no rows. */
export function tableOf({ columns, rows }: Evidence): string {
  if (rows.length === 0) return '';
  const widths = columns.map((name, index) =>
    Math.max(name.length, ...rows.map((row) => (row[index] ?? '').length)),
  );
  const line = (cells: string[]): string =>
    `${indent}${cells
      .map((cell, index) => cell.padEnd(widths[index] ?? 0))
      .join('  ')
      .trimEnd()}\n`;
  return [columns, ...rows].map(line).join('');
}
