import { describe, expect, test } from 'vitest';
import { createCharts } from '../../src/app/charts.ts';
import { replay } from '../../src/incident/evolve.ts';
import type { Incident, Live } from '../../src/incident/state.ts';
import { createDraftWriter } from '../../src/postmortem/draft.ts';
import { chartExample } from '../chart/chart-example.ts';
import { context, story } from './incident-example.ts';

const write = createDraftWriter(new URL('../../templates', import.meta.url).pathname, (text) => text);

/** The story, with a chart in the report of every step that has one of these ids. */
function charted(ids: string[], title = 'HighErrorRate'): Incident {
  const incident = story();
  const events = incident.events.map((event) =>
    event.type === 'StepFinished' && ids.includes(event.step)
      ? { ...event, report: { ...event.report, chart: chartExample({ title }) } }
      : event,
  );
  return { ...incident, events, state: replay(events) as Live };
}
const step = story().events.find((event) => event.type === 'StepFinished')?.step ?? '';
const drawn = { ...context, drawChart: createCharts({ timezone: 'Asia/Seoul' }).drawn };

describe('a chart in the postmortem', () => {
  test('stands beside the document as SVG, and in it below its evidence', () => {
    const { files } = write(charted([step]), drawn);
    const file = `inc-42-1-redis-sentinel-${step}.svg`;
    expect(files.map(({ path }) => path)).toEqual(['postmortems/2026/inc-42.md', `postmortems/2026/${file}`]);
    expect(files[1]!.content).toMatch(/^<svg xmlns=/);
    const lines = files[0]!.content.split('\n');
    const at = lines.findIndex((line) => line.startsWith('!['));
    expect(lines[at]).toContain(`](${file})`);
    expect(lines[at]).toContain('Line chart of HighErrorRate');
    expect([lines[at - 1], lines[at + 1]]).toEqual(['', '']);
  });

  test('is the same at every run, so that the commit is', () => {
    expect(write(charted([step]), drawn)).toEqual(write(charted([step]), drawn));
  });

  test('is not there where no step drew one', () => {
    const { files } = write(story(), drawn);
    expect(files).toHaveLength(1);
    expect(files[0]!.content).not.toContain('![');
  });

  test('brings no label of a metric into the Markdown or the path', () => {
    const { files } = write(charted([step], '](https://evil.example) <script> ../../x'), drawn);
    expect(files[1]!.path).toMatch(/^postmortems\/2026\/[a-z0-9.-]+\.svg$/);
    expect(files[1]!.content).not.toContain('<script');
    expect(files[0]!.content).not.toContain('](https://evil.example)');
  });
});
