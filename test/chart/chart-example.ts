import type { Chart } from '../../src/incident/words.ts';

const to = Date.parse('2026-11-21T10:15:00Z');
const from = to - 900_000;

/** A chart of one series over 15 minutes, with what the test is about put in its place. */
export const chartExample = (more: Partial<Chart> = {}): Chart => ({
  title: 'HighErrorRate',
  unit: 'ratio',
  from,
  to,
  threshold: 0.05,
  marks: [{ at: from + 600_000, label: 'alert began' }],
  series: [seriesExample('checkout', (minute) => (minute < 9 ? 0.001 : 0.124))],
  ...more,
});

/** A series with a value for each minute; null is a gap. */
export const seriesExample = (
  name: string,
  value: (minute: number) => number | null,
): Chart['series'][number] => ({
  name,
  points: Array.from({ length: 16 }, (_, minute) => [from + minute * 60_000, value(minute)]),
});
