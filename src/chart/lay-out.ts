import { scaleLinear } from 'd3-scale';
import { showQuantity } from '../incident/quantity.ts';
import type { Chart } from '../incident/words.ts';
import { type ValueAxis, valueAxis } from './axes.ts';
import { placeLabels } from './place-labels.ts';
import { momentsOf, type PlacedMoment, placeMoments } from './place-moments.ts';
import { fitText, textWidth } from './text-size.ts';

/** The size at which these letters are read on a phone, which shows the picture about 300 points wide. */
export const size = { width: 640, height: 420 };
export const letters = { title: 28, small: 22, label: 23 };
export const rowHeight = 28;
/** Where what stands above the plot begins. */
export const headHeight = 84;

const maxLabel = 210;

/** Everything that has a place in a picture. */
export type Layout = {
  left: number;
  right: number;
  top: number;
  bottom: number;
  x: (at: number) => number;
  y: (value: number) => number;
  axis: ValueAxis;
  moments: PlacedMoment[];
  /** What stands at the end of each line that has one. */
  ends: { index: number; text: string; y: number }[];
};

/** Finds the places: the plot takes what axis, labels and moments leave. */
export function layOut(chart: Chart, openedAt: number | null, opened: string): Layout {
  const axis = valueAxis(chart);
  const ends = endsOf(chart);
  const left = Math.max(...axis.ticks.map(({ text }) => textWidth(text, letters.small))) + 22;
  const right = size.width - Math.max(24, ...ends.map(({ text }) => textWidth(text, letters.label) + 18));
  const room = { left, right, width: size.width, letters: letters.small };
  const moments = placeMoments(momentsOf(chart, openedAt, opened), chart, room);
  const rows = Math.max(0, ...moments.map(({ row }) => row + 1));
  const top = headHeight + rows * rowHeight;
  const bottom = size.height - 46;
  const x = scaleLinear([chart.from, chart.to], [left, right]);
  const y = scaleLinear([axis.low, axis.high], [bottom, top]);
  const wanted = ends.map(({ value }) => y(value));
  const places = placeLabels(wanted, letters.label + 2, [top, bottom]);
  return {
    left,
    right,
    top,
    bottom,
    x,
    y,
    axis,
    moments,
    ends: ends.map(({ index, text }, position) => ({ index, text, y: places[position]! })),
  };
}

/** The last value of each line; the name only where there are several. */
function endsOf({ series, unit }: Chart): { index: number; value: number; text: string }[] {
  return series.flatMap(({ name, points }, index) => {
    const last = points.findLast(([, value]) => value !== null)?.[1];
    if (last == null) return [];
    const shown = showQuantity(last, unit);
    const rest = maxLabel - textWidth(` ${shown}`, letters.label);
    return [
      {
        index,
        value: last,
        text: series.length > 1 ? `${fitText(name, letters.label, rest)} ${shown}` : shown,
      },
    ];
  });
}
