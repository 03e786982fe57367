import { area, line } from 'd3-shape';
import { showQuantity } from '../incident/quantity.ts';
import type { Chart, Language } from '../incident/words.ts';
import { showInstant } from '../kit/instant.ts';
import { timeTicks } from './axes.ts';
import { type ChartWords, chartWords } from './chart-words.ts';
import { describeChart } from './describe-chart.ts';
import { headHeight, type Layout, layOut, letters, rowHeight, size } from './lay-out.ts';
import { ink, rule, text } from './svg-parts.ts';
import { fitText, textWidth, xmlText } from './text-size.ts';

/** For whom a chart is drawn. `openedAt` is marked when it lies inside, and nothing else is marked at about that time. */
export type ChartReader = { language: Language; timezone: string; openedAt: number | null };

/** Dark enough for text on white (4.5:1 and more), and told apart by most people; names stand at the lines all the same. */
const colours = ['#0b5cad', '#b3450b', '#00735c', '#8a3b8f', '#5b5b5b'] as const;
const colourOf = (index: number): string => colours[index % colours.length]!;

const families = 'Nanum Gothic, Apple SD Gothic Neo, Malgun Gothic, Noto Sans KR, system-ui, sans-serif';

/**
 * Draws a chart as SVG for light and small screens: title, axis with units, times of the reader's zone, the limit dashed, moments
 * marked, and each line named at its end. The same chart and reader give the same text, byte for byte.
 */
export function drawChart(chart: Chart, reader: ChartReader): string {
  const words = chartWords(reader.language);
  const layout = layOut(chart, reader.openedAt, words.opened);
  const parts = [
    ...head(chart, reader.timezone),
    ...valueTicks(layout),
    ...clock(chart, reader.timezone, layout),
    ...moments(layout),
    ...chart.series.flatMap(({ points }, index) => lineOf(points, index, chart.series.length > 1, layout)),
    ...limit(chart, words, layout),
    ...layout.ends.map(({ index, text: end, y }) =>
      text(layout.right + 8, y + 8, end, { size: letters.label, bold: true, fill: colourOf(index) }),
    ),
  ];
  const { width, height } = size;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" font-family="${families}">
<title>${xmlText(describeChart(chart, reader))}</title>
<rect width="${width}" height="${height}" fill="#ffffff"/>
${parts.join('\n')}
</svg>
`;
}

/** Bold letters are a little wider than measured. */
const bold = 1.08;

function head({ title, from, to }: Chart, zone: string): string[] {
  const width = size.width - 32;
  const height = textWidth(title, letters.title * bold) > width ? letters.label : letters.title;
  const span = `${showInstant(from, zone, 'YYYY-MM-DD HH:mm')} – ${showInstant(to, zone, 'HH:mm')} (${zone})`;
  return [
    text(16, 38, fitText(title, height * bold, width), { size: height, bold: true }),
    text(16, 70, span, { size: letters.small, fill: ink.quiet }),
  ];
}

const valueTicks = ({ axis, left, right, y }: Layout): string[] =>
  axis.ticks.flatMap(({ value, text: shown }) => [
    rule(left, y(value), right, y(value), ink.grid),
    text(left - 8, y(value) + 7, shown, { size: letters.small, fill: ink.quiet, anchor: 'end' }),
  ]);

const clock = (chart: Chart, zone: string, { x, left, right, bottom }: Layout): string[] => [
  ...timeTicks(chart, zone).flatMap(({ at, text: shown }) => [
    rule(x(at), bottom, x(at), bottom + 6, ink.mark),
    text(x(at), bottom + 32, shown, { size: letters.small, fill: ink.quiet, anchor: 'middle' }),
  ]),
  rule(left, bottom, right, bottom, ink.mark),
];

const moments = ({ moments, x, bottom }: Layout): string[] =>
  moments.flatMap(({ at, label, row, anchor }) => {
    const above = headHeight + row * rowHeight;
    const away = anchor === 'start' ? 6 : -6;
    return [
      rule(x(at), above - 2, x(at), bottom, ink.mark, { dashes: '2 4' }),
      text(x(at) + away, above + 18, label, { size: letters.small, anchor }),
    ];
  });

function limit({ threshold, unit }: Chart, words: ChartWords, { left, right, top, y }: Layout): string[] {
  if (threshold === undefined) return [];
  const at = y(threshold);
  const beside = at - top > rowHeight ? at - 8 : at + 24;
  return [
    rule(left, at, right, at, ink.limit, { dashes: '8 6', width: 2 }),
    text(left + 6, beside, words.limit(showQuantity(threshold, unit)), {
      size: letters.small,
      fill: ink.limit,
      bold: true,
      halo: true,
    }),
  ];
}

type Points = Chart['series'][number]['points'];

/** A line; a single one that starts at zero has its area tinted. */
function lineOf(points: Points, index: number, several: boolean, { x, y, axis, bottom }: Layout): string[] {
  const seen = ([, value]: Points[number]) => value !== null;
  const at = ([moment]: Points[number]) => x(moment);
  const height = ([, value]: Points[number]) => y(value!);
  const path = line<Points[number]>().defined(seen).x(at).y(height).digits(1)(points);
  const below = area<Points[number]>().defined(seen).x(at).y0(bottom).y1(height).digits(1)(points);
  const colour = colourOf(index);
  const stroke = `<path d="${path ?? ''}" fill="none" stroke="${colour}" stroke-width="3" stroke-linejoin="round" stroke-linecap="round"/>`;
  return several || axis.low !== 0
    ? [stroke]
    : [`<path d="${below ?? ''}" fill="${colour}" fill-opacity="0.1"/>`, stroke];
}
