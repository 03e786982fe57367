import type { Live } from '../incident/state.ts';
import type { StepReport, StepState } from '../incident/steps.ts';
import { verdictNames } from '../incident/timeline-text.ts';
import type { Language, Verdict } from '../incident/words.ts';
import { plainText } from '../kit/text.ts';
import { durationText, messages, whenText } from './messages.ts';
import type { KeptPicture } from './pictures.ts';

/** What one step found, ready to print. `verdict` is empty where the step never reported. */
export type StepView = {
  number: number;
  title: string;
  kind: string;
  mark: string;
  verdict: string;
  sentence: string;
  target: string;
  time: string;
  took: string;
  columns: string[];
  rows: string[][];
  more: number;
  /** The file of its chart beside the document, and the sentence for people who do not see it; empty without a chart. */
  picture: string;
  picture_alt: string;
};

/** One runbook with what its steps found. */
export type RunView = { title: string; run: string; url: string; steps: StepView[] };

/** How many rows of a step's table, and characters of a cell, the draft repeats. */
const maxRows = 40;
const maxCell = 200;

const marks: Record<Verdict, string> = { pass: '✅', warn: '⚠️', fail: '❌', unknown: '❓' };

/** The runbooks of an incident with the evidence of every step as it was when it hurt. */
export function evidenceView(state: Live, timezone: string, pictures: readonly KeptPicture[]): RunView[] {
  const pictureOf = (run: string, step: string) =>
    pictures.find((picture) => picture.run === run && picture.step === step);
  return state.runs.map((run) => ({
    title: run.title,
    run: run.run,
    url: run.url ?? '',
    steps: run.steps.map((step, index) => {
      const { file = '', alt = '' } = pictureOf(run.run, step.id) ?? {};
      return { ...stepView(step, index + 1, state, timezone), picture: file, picture_alt: alt };
    }),
  }));
}

type WithoutPicture = Omit<StepView, 'picture' | 'picture_alt'>;

function stepView(step: StepState, number: number, { language }: Live, timezone: string): WithoutPicture {
  const texts = messages[language];
  const common = { number, title: step.title, kind: texts.effects[step.effect], target: step.target };
  // What it found while it hurt, not what a later look says once it is over.
  const report = step.found ?? (step.phase.is === 'over' ? step.phase.report : null);
  if (report === null) {
    const sentence = 'why' in step.phase ? step.phase.why : '';
    const verdict = step.phase.is === 'over' ? '' : texts.phases[step.phase.is];
    return { ...common, mark: '➖', verdict, sentence, time: '', took: '', columns: [], rows: [], more: 0 };
  }
  return {
    ...common,
    ...findingView(report, language),
    time: whenText(report.startedAt, timezone).time,
    took: report.ms < 1000 ? `${Math.round(report.ms)} ms` : durationText(report.ms, language),
  };
}

/** A verdict with its sentence and its table. */
function findingView(
  { verdict, sentence, evidence }: Pick<StepReport, 'verdict' | 'sentence' | 'evidence'>,
  language: Language,
) {
  const { columns, rows } = evidence;
  return {
    mark: marks[verdict],
    verdict: verdictNames[language][verdict],
    sentence,
    columns,
    rows: rows.slice(0, maxRows).map((row) => row.map((cell) => plainText(cell, maxCell))),
    more: Math.max(0, rows.length - maxRows),
  };
}

/** What people handed in, in the form of one more runbook; none when there is nothing. */
export function exhibitsView({ exhibits, language }: Live, timezone: string): RunView[] {
  if (exhibits.length === 0) return [];
  const texts = messages[language];
  const steps = exhibits.map((exhibit, index) => ({
    number: index + 1,
    title: exhibit.title,
    kind: texts.exhibits[exhibit.kind],
    target: '',
    ...findingView(exhibit, language),
    time: whenText(exhibit.at, timezone).time,
    took: '',
    picture: '',
    picture_alt: '',
  }));
  return [{ title: texts.fromElsewhere, run: '', url: '', steps }];
}
