import type { Evidence, Verdict } from '../incident/words.ts';
import { oneLine } from '../kit/text.ts';
import type { Ran } from '../runbook/run/ran.ts';

const marks: Record<Verdict, string> = {
  pass: '✓ pass   ',
  warn: '! warn   ',
  fail: '✗ fail   ',
  unknown: '? unknown',
};
const indent = '            ';
/** Between two columns of a table. */
const gap = 2;
/** Text is never broken to less than this, however narrow the terminal is. */
const narrowest = 30;

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

/**
 * A table with aligned columns; nothing when it has no rows. Where the terminal is too narrow for it every row becomes a paragraph,
 * headed by its first cell: evidence that is cut is none.
 */
export function tableOf({ columns, rows }: Evidence, width: number | null): string {
  if (rows.length === 0) return '';
  const widths = columns.map((_, index) =>
    Math.max(...[columns, ...rows].map((row) => columnsOf(row[index] ?? ''))),
  );
  const whole = indent.length + gap * (columns.length - 1) + widths.reduce((sum, one) => sum + one, 0);
  if (width !== null && whole > width) return rows.map((row) => paragraphOf(columns, row, width)).join('');
  const line = (cells: readonly string[]): string =>
    `${indent}${cells
      .map((cell, index) => padded(cell, widths[index] ?? 0))
      .join(' '.repeat(gap))
      .trimEnd()}\n`;
  return [columns, ...rows].map(line).join('');
}

function paragraphOf(
  [, ...names]: readonly string[],
  [first = '', ...cells]: readonly string[],
  width: number,
): string {
  const room = Math.max(0, ...names.map(columnsOf));
  const lines = names.map((name, index) => {
    const cell = cells[index] ?? '';
    return cell === '' ? '' : wrap(cell, width, `${indent}  ${padded(name, room + gap)}`);
  });
  return `${wrap(first, width)}${lines.join('')}`;
}

/** How many columns of a terminal a text takes: a Korean or Chinese letter takes two. */
const columnsOf = (text: string): number =>
  text.length +
  (text.match(/[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60]/g)?.length ??
    0);

const padded = (text: string, columns: number): string =>
  text + ' '.repeat(Math.max(0, columns - columnsOf(text)));

/** Breaks between words; `lead` stands before the first line, and the others begin below its end. */
function wrap(text: string, width: number | null, lead = indent): string {
  const room = width === null ? Number.POSITIVE_INFINITY : Math.max(narrowest, width - columnsOf(lead));
  const lines: string[] = [''];
  for (const word of text.split(' ')) {
    const last = lines.at(-1) ?? '';
    if (last !== '' && columnsOf(last) + 1 + columnsOf(word) > room) lines.push(word);
    else lines[lines.length - 1] = last === '' ? word : `${last} ${word}`;
  }
  const below = ' '.repeat(columnsOf(lead));
  return lines.map((line, index) => `${index === 0 ? lead : below}${line}\n`).join('');
}
