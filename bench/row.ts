import { quantile, spreadOf } from './statistics.ts';

/** What a value is counted in. */
export type Unit = 'ratio' | 'ms' | 's' | 'MB' | 'incidents/s' | 'connections';

/** What a value has to be at least, or at most. */
export type Goal = { atLeast: number } | { atMost: number } | null;

/** One line of the result: the value that counts, and what was measured round it. */
export type Row = { measure: string; value: number; min: number; max: number; unit: Unit; goal: Goal };

/** The median of what was measured. */
export function medianRow(measure: string, unit: Unit, measured: readonly number[], goal: Goal = null): Row {
  const { median, min, max } = spreadOf(measured);
  return { measure, value: median, min, max, unit, goal };
}

/** The value that all but a share of the measured ones stay below; `q` is 0.5 or 0.99. */
export function quantileRow(
  measure: string,
  unit: Unit,
  measured: readonly number[],
  q: number,
  goal: Goal = null,
): Row {
  const { min, max } = spreadOf(measured);
  return { measure: `${measure}, p${q * 100}`, value: quantile(measured, q), min, max, unit, goal };
}

/** Whether the goal is met; null where there is none. */
export function isMet({ goal, value }: Row): boolean | null {
  if (goal === null) return null;
  return 'atLeast' in goal ? value >= goal.atLeast : value <= goal.atMost;
}

const goalText = (goal: Goal): string =>
  goal === null ? '' : 'atLeast' in goal ? `≥ ${goal.atLeast}` : `≤ ${goal.atMost}`;

const digits: Record<Unit, number> = { ratio: 2, ms: 0, s: 2, MB: 0, 'incidents/s': 0, connections: 0 };

/** The rows as an aligned table for a terminal. */
export function tableOf(rows: readonly Row[]): string {
  const cells = rows.map((row) => {
    const show = (value: number): string => value.toFixed(digits[row.unit]);
    const unit = row.unit === 'ratio' ? '' : ` ${row.unit}`;
    const range = row.min === row.max ? '' : `${show(row.min)}–${show(row.max)}`;
    const met = isMet(row);
    const verdict = met === null ? '' : met ? 'met' : 'missed';
    return [row.measure, `${show(row.value)}${unit}`, range, goalText(row.goal), verdict];
  });
  const all = [['measure', 'value', 'min–max', 'goal', ''], ...cells];
  const widths = [0, 1, 2, 3, 4].map((column) => Math.max(...all.map((line) => line[column]?.length ?? 0)));
  const lineOf = (line: string[]): string =>
    line
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[0] ?? 0) : column === 4 ? cell : cell.padStart(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd();
  return all.map(lineOf).join('\n');
}
