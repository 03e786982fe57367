import type { Evidence, Verdict } from '../incident/words.ts';
import { oneLine } from '../kit/text.ts';
import type { Ran } from '../runbook/ran.ts';

const marks: Record<Verdict, string> = {
  pass: '✓ pass   ',
  warn: '! warn   ',
  fail: '✗ fail   ',
  unknown: '? unknown',
};
const indent = '            ';
/** Between two columns of a table. */
const gap = 2;
/** A column is never cut below this, however narrow the terminal is. */
const narrowest = 12;

/** One step as a block of a report: verdict, title, time, sentence, and its table. `width` is the terminal's; null cuts nothing. */
export function rowOf({ step, report, skipped }: Ran, width: number | null): string {
  // A title and a preview carry parameters, and a terminal obeys what it is shown.
  const title = oneLine(step.title);
  if (report === null) return `  – skipped   ${title}\n${wrap(oneLine(skipped ?? ''), width)}\n`;
  const head = `  ${marks[report.verdict]} ${title}  (${report.ms} ms)\n${wrap(report.sentence, width)}`;
  return `${head}${tableOf(report.evidence, width)}\n`;
}

/** The end of a report: the probable cause, where a step is sure of one, and the verdict. */
export const reportOf = (worst: Verdict, cause: string | null, width: number | null): string =>
  `${cause === null ? '' : `Probable cause\n${wrap(cause, width)}\n`}Verdict: ${worst}\n`;

/** A table with aligned columns; nothing when it has no rows. The widest columns are cut first, each cut ending in "…". */
export function tableOf({ columns, rows }: Evidence, width: number | null): string {
  if (rows.length === 0) return '';
  const wanted = columns.map((name, index) =>
    Math.max(name.length, ...rows.map((row) => (row[index] ?? '').length)),
  );
  const widths = width === null ? wanted : fitted(wanted, width - indent.length - gap * (columns.length - 1));
  const line = (cells: string[]): string =>
    `${indent}${cells
      .map((cell, index) => cut(cell, widths[index] ?? 0).padEnd(widths[index] ?? 0))
      .join(' '.repeat(gap))
      .trimEnd()}\n`;
  return [columns, ...rows].map(line).join('');
}

function fitted(wanted: number[], room: number): number[] {
  const widths = [...wanted];
  for (let over = widths.reduce((sum, one) => sum + one, 0) - room; over > 0; over--) {
    const widest = widths.indexOf(Math.max(...widths));
    if ((widths[widest] ?? 0) <= narrowest) break;
    widths[widest] = (widths[widest] ?? 0) - 1;
  }
  return widths;
}

const cut = (text: string, length: number): string =>
  text.length > length ? `${text.slice(0, Math.max(0, length - 1))}…` : text;

function wrap(text: string, width: number | null): string {
  const room = width === null ? Number.POSITIVE_INFINITY : Math.max(40, width - indent.length);
  const lines: string[] = [''];
  for (const word of text.split(' ')) {
    const last = lines.at(-1) ?? '';
    if (last !== '' && last.length + 1 + word.length > room) lines.push(word);
    else lines[lines.length - 1] = last === '' ? word : `${last} ${word}`;
  }
  return lines.map((line) => `${indent}${line}\n`).join('');
}
