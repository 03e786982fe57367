import { describeChart } from '../chart/describe-chart.ts';
import { type ChartReader, drawChart } from '../chart/draw-chart.ts';
import { pictureOf } from '../chart/picture-of.ts';
import type { Muster } from '../config/muster-yaml.ts';
import type { Incident } from '../incident/state.ts';
import type { Chart } from '../incident/words.ts';

/** Draws charts for the rooms that show them: in the incident's language, by the team's clock. */
export function createCharts({ timezone }: Pick<Muster, 'timezone'>) {
  const readerOf = ({ state }: Incident): ChartReader => ({
    language: state.language,
    timezone,
    openedAt: state.openedAt,
  });
  return {
    /** As SVG, with the sentence for people who do not see it. */
    drawn: (chart: Chart, incident: Incident): { svg: string; alt: string } => {
      const reader = readerOf(incident);
      return { svg: drawChart(chart, reader), alt: describeChart(chart, reader) };
    },
    /** The same as PNG. */
    picture: async (
      chart: Chart,
      incident: Incident,
      signal: AbortSignal,
    ): Promise<{ png: Uint8Array; alt: string }> => {
      const reader = readerOf(incident);
      return { png: await pictureOf(drawChart(chart, reader), signal), alt: describeChart(chart, reader) };
    },
  };
}

/** What {@link createCharts} gives. */
export type Charts = ReturnType<typeof createCharts>;
