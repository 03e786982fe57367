import { scaleLinear } from 'd3-scale';
import { type ShownUnit, shownUnit } from '../incident/quantity.ts';
import type { Chart } from '../incident/words.ts';
import { showInstant } from '../kit/instant.ts';

/** The values' range, nice ticks in it, and the unit they are written in. */
export type ValueAxis = { low: number; high: number; ticks: { value: number; text: string }[] };

const minute = 60_000;
const timeSteps = [1, 2, 5, 10, 15, 30, 60, 120, 360, 720, 1440].map((minutes) => minutes * minute);
const maxTimeTicks = 4;

/** All values of a chart that are there. */
export const valuesOf = (chart: Chart): number[] =>
  chart.series.flatMap(({ points }) => points.flatMap(([, value]) => (value === null ? [] : [value])));

/**
 * The axis begins at zero, because people compare heights; only where all values lie close together and far from zero it shows
 * their neighbourhood. The limit is always in sight.
 */
export function valueAxis(chart: Chart): ValueAxis {
  const seen = [...valuesOf(chart), ...(chart.threshold === undefined ? [] : [chart.threshold])];
  const [least, most] = seen.length > 0 ? [Math.min(...seen), Math.max(...seen)] : [0, 1];
  const near = least > 0 && most - least < most / 5;
  const pad = (most - least || Math.abs(most) || 1) * 0.08;
  const low = near ? Math.max(0, least - pad) : Math.min(0, least - (least < 0 ? pad : 0));
  const whole = chart.unit === 'ratio' && most <= 1;
  const high = whole ? Math.min(1, most + pad) : most > 0 ? most + pad : most === 0 && low === 0 ? 1 : pad;
  const unit: ShownUnit = shownUnit(Math.max(Math.abs(low), Math.abs(high)), chart.unit);
  const scale = scaleLinear([low * unit.factor, high * unit.factor], [0, 1]).nice(4);
  const [from = 0, to = 1] = scale.domain();
  const write = scale.tickFormat(4, 'r');
  return {
    low: from / unit.factor,
    high: to / unit.factor,
    ticks: scale
      .ticks(4)
      .map((value) => ({ value: value / unit.factor, text: `${plain(value, write)}${unit.suffix}` })),
  };
}

/** `1.0` and `1` are one number to people. */
const plain = (value: number, write: (value: number) => string): string => {
  const rounded = Number(value.toPrecision(6));
  return Number.isInteger(rounded) ? String(rounded) : String(Number(write(value)) || rounded);
};

/** Moments on the time axis, in the clock of the zone. */
export function timeTicks({ from, to }: Chart, zone: string): { at: number; text: string }[] {
  const step = timeSteps.find((ms) => (to - from) / ms <= maxTimeTicks) ?? timeSteps.at(-1)!;
  const first = Math.ceil(from / step) * step;
  return Array.from({ length: Math.floor((to - first) / step) + 1 }, (_, index) => {
    const at = first + index * step;
    return { at, text: showInstant(at, zone, 'HH:mm') };
  });
}
