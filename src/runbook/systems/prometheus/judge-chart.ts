import { showQuantity } from '../../../incident/quantity.ts';
import type { Chart, ChartUnit } from '../../../incident/words.ts';
import type { StepResult } from '../../step.ts';
import type { Line } from './ask-prometheus.ts';
import type { ChartMessages } from './chart-messages.ts';
import { nameSeries } from './name-series.ts';
import type { Operator } from './read-comparison.ts';

/** What is drawn, and what its values are held against. */
export type ChartWish = {
  title: string;
  unit: ChartUnit;
  from: number;
  to: number;
  stepMs: number;
  /** The alert's condition, where there is a constant one. */
  fires: { operator: Operator; limit: number } | null;
  marks: Chart['marks'];
};

/** More lines than this nobody tells apart. */
const maxSeries = 5;

const holds: Record<Operator, (value: number, limit: number) => boolean> = {
  '>': (value, limit) => value > limit,
  '>=': (value, limit) => value >= limit,
  '<': (value, limit) => value < limit,
  '<=': (value, limit) => value <= limit,
  '==': (value, limit) => value === limit,
  '!=': (value, limit) => value !== limit,
};

/**
 * Makes a chart of the series that matter most (those beyond the limit, then the largest; the smallest where low is bad), and
 * says where they stand at its end. Beyond the alert's limit is a warning, never a failure: the alert itself is known. Pure.
 */
export function judgeChart(lines: readonly Line[], wish: ChartWish, say: ChartMessages): StepResult {
  const { title, unit, fires } = wish;
  const named = lines.filter(({ points }) => points.length > 0);
  const names = nameSeries(
    named.map(({ labels }) => labels),
    title,
  );
  const lowIsBad = fires !== null && /^(<|==)/.test(fires.operator);
  const ranked = named
    .map(({ points }, index) => {
      const values = points.map(([, value]) => value);
      const last = values.at(-1)!;
      return {
        name: names[index]!,
        points,
        last,
        highest: Math.max(...values),
        lowest: Math.min(...values),
        firing: fires !== null && holds[fires.operator](last, fires.limit),
        fired: fires !== null && values.some((value) => holds[fires.operator](value, fires.limit)),
      };
    })
    .toSorted(
      (a, b) =>
        Number(b.firing) - Number(a.firing) ||
        Number(b.fired) - Number(a.fired) ||
        (lowIsBad ? a.lowest - b.lowest : b.highest - a.highest),
    );
  const drawn = ranked.slice(0, maxSeries);
  const show = (value: number) => showQuantity(value, unit);
  const evidence = {
    columns: say.columns,
    rows: drawn.map(({ name, last, highest, lowest }) => [name, show(last), show(highest), show(lowest)]),
  };
  const first = drawn[0];
  if (!first) {
    return { verdict: 'unknown', sentence: say.noData(title), evidence, facts: { series: 0, firing: false } };
  }
  const series = ranked.length > 1 ? `${first.name} ` : '';
  const last = show(first.last);
  const sentence = !fires
    ? say.plain(title, series, last, show(first.highest))
    : first.firing
      ? say.over(title, series, last, fires.operator, show(fires.limit))
      : (first.fired ? say.within : say.stayed)(title, series, last, show(fires.limit));
  return {
    verdict: first.firing ? 'warn' : 'pass',
    sentence: drawn.length < ranked.length ? say.cut(sentence, drawn.length, ranked.length) : sentence,
    evidence,
    chart: {
      title,
      unit,
      from: wish.from,
      to: wish.to,
      series: drawn.map(({ name, points }) => ({ name, points: withGaps(points, wish.stepMs) })),
      ...(fires && { threshold: fires.limit }),
      marks: wish.marks.filter(({ at }) => at >= wish.from && at <= wish.to),
    },
    facts: { series: ranked.length, firing: first.firing, last: first.last, highest: first.highest },
  };
}

/** Where values were missing the line must not go on as if they had been there. */
function withGaps(points: Line['points'], stepMs: number): Chart['series'][number]['points'] {
  return points.flatMap(([at, value], index): [number, number | null][] => {
    const before = points[index - 1];
    const gap = before !== undefined && at - before[0] > 1.5 * stepMs;
    const point: [number, number] = [at, Number(value.toPrecision(5))];
    return gap ? [[before[0] + stepMs, null], point] : [point];
  });
}
