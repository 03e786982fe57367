import { showQuantity } from '../incident/quantity.ts';
import type { Chart } from '../incident/words.ts';
import { showInstant } from '../kit/instant.ts';
import { chartWords } from './chart-words.ts';
import type { ChartReader } from './draw-chart.ts';

/** The chart in one sentence, for people who hear it instead of seeing it. */
export function describeChart(
  chart: Chart,
  { language, timezone }: Pick<ChartReader, 'language' | 'timezone'>,
): string {
  const words = chartWords(language);
  const time = (at: number) => showInstant(at, timezone, 'HH:mm');
  const ends = chart.series.map(({ name, points }) => {
    const last = points.findLast(([, value]) => value !== null)?.[1];
    return words.ends(name, last == null ? words.noValues : showQuantity(last, chart.unit));
  });
  const limit = chart.threshold === undefined ? [] : [words.limit(showQuantity(chart.threshold, chart.unit))];
  const parts = [words.described(chart.title, time(chart.from), time(chart.to), timezone), ...limit, ...ends];
  return `${parts.join('; ')}.`;
}
