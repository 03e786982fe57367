import type { Chart } from '../incident/words.ts';
import { textWidth } from './text-size.ts';

type Moments = Chart['marks'];
type Span = Pick<Chart, 'from' | 'to'>;

/** A moment with the place of its label: which row above the plot, and on which side of its line. */
export type PlacedMoment = Moments[number] & { row: number; anchor: 'start' | 'end' };

/** Two moments nearer than this are one to people. */
const nearMs = 60_000;

/** The chart's moments, and when the incident was opened where that is news, in their order. */
export function momentsOf(chart: Chart, openedAt: number | null, opened: string): Moments {
  const inside = (at: number) => at >= chart.from && at <= chart.to;
  const known = chart.marks.filter(({ at }) => inside(at));
  const isNews =
    openedAt !== null && inside(openedAt) && known.every(({ at }) => Math.abs(at - openedAt) > nearMs);
  return [...known, ...(isNews ? [{ at: openedAt, label: opened }] : [])].toSorted((a, b) => a.at - b.at);
}

/** Labels stand above the plot, beside their lines; one that would touch another goes into the next row. */
export function placeMoments(
  moments: Moments,
  { from, to }: Span,
  room: { left: number; right: number; width: number; letters: number },
): PlacedMoment[] {
  const taken: number[] = [];
  return moments.map(({ at, label }): PlacedMoment => {
    const x = room.left + ((at - from) / (to - from)) * (room.right - room.left);
    const width = textWidth(label, room.letters) + 14;
    const anchor = x + width > room.width - 8 ? 'end' : 'start';
    const begin = anchor === 'start' ? x : x - width;
    const free = taken.findIndex((end) => end < begin);
    const row = free >= 0 ? free : taken.length;
    taken[row] = begin + width;
    return { at, label, row, anchor };
  });
}
