import type { StepState } from '../../incident/steps.ts';
import type { Evidence, Language, Verdict } from '../../incident/words.ts';
import type { Report } from './report-file.ts';
import { reportMessages } from './report-messages.ts';

/** What one place says of one step. */
export type Said = { verdict: Verdict | 'skipped'; sentence: string };

/** One step seen from both places; null where that place has not looked (yet). `differ` when both looked and disagree. */
export type Row = { step: string; title: string; inside: Said | null; outside: Said | null; differ: boolean };

/** Both views of the same runbook. With `sameVersion` false, the runbook's text was changed between them. */
export type SideBySide = { place: string; at: number; sameVersion: boolean; rows: Row[] };

type Inside = { run: string; steps: readonly Pick<StepState, 'id' | 'title' | 'phase'>[] };

/**
 * Puts what an incident's runbook found beside a report of the same runbook from another place, in the runbook's order. Null when
 * the report is of another runbook. Pure.
 */
export function putSideBySide({ run, steps }: Inside, outside: Report): SideBySide | null {
  if (nameOf(run) !== nameOf(outside.runbook)) return null;
  const row = (step: string, title: string, inside: Said | null): Row => {
    const found = outside.steps.find(({ id }) => id === step);
    const said = found ? { verdict: found.verdict, sentence: found.sentence } : null;
    const differ = inside !== null && said !== null && inside.verdict !== said.verdict;
    return { step, title, inside, outside: said, differ };
  };
  const onlyOutside = outside.steps.filter(({ id }) => !steps.some((step) => step.id === id));
  return {
    place: outside.place,
    at: outside.at,
    sameVersion: run === outside.runbook,
    rows: [
      ...steps.map(({ id, title, phase }) => row(id, title, saidIn(phase))),
      ...onlyOutside.map(({ id, title }) => row(id, title, null)),
    ],
  };
}

/** The same as a table for people: step, inside, outside; steps that neither place did are left out. */
export function sideBySideTable({ place, rows }: SideBySide, language: Language): Evidence {
  const { columns, notLooked, verdicts } = reportMessages(language);
  const cell = (said: Said | null) =>
    said === null ? notLooked : `${verdicts[said.verdict]}: ${said.sentence}`;
  const looked = rows.filter((row) => [row.inside, row.outside].some(isFinding));
  return {
    columns: columns(place),
    rows: looked.map(({ title, inside, outside }) => [title, cell(inside), cell(outside)]),
  };
}

const isFinding = (said: Said | null) => said !== null && said.verdict !== 'skipped';

const nameOf = (run: string) => run.split('@')[0];

function saidIn(phase: StepState['phase']): Said | null {
  if (phase.is === 'over') return { verdict: phase.report.verdict, sentence: phase.report.sentence };
  if (phase.is === 'unknown') return { verdict: 'unknown', sentence: phase.why };
  if (phase.is === 'skipped') return { verdict: 'skipped', sentence: phase.why };
  if (phase.is === 'declined') return { verdict: 'skipped', sentence: phase.reason ?? '' };
  return null;
}
