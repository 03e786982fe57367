import { type Incident, incidentName } from '../incident/state.ts';
import type { Chart } from '../incident/words.ts';

/** Draws a chart as SVG, always the same for the same incident, with a sentence for people who do not see it. */
export type DrawChart = (chart: Chart, incident: Incident) => { svg: string; alt: string };

/** A picture that stands beside the document; `file` is made of ids only. */
export type KeptPicture = { run: string; step: string; file: string; svg: string; alt: string };

/** The charts of an incident's steps as pictures, in the order of the evidence. */
export function picturesOf(incident: Incident, draw: DrawChart): KeptPicture[] {
  const name = incidentName(incident.id);
  return incident.state.runs.flatMap(({ run, name: runbook, steps }, number) =>
    steps.flatMap(({ id, phase }): KeptPicture[] => {
      const chart = phase.is === 'over' ? phase.report.chart : undefined;
      if (!chart) return [];
      const file = `${name}-${number + 1}-${runbook}-${id}.svg`.replaceAll('/', '-');
      return [{ run, step: id, file, ...draw(chart, incident) }];
    }),
  );
}
