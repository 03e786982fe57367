import type { KnownBlock } from '@slack/types';
import { probableCause } from '../incident/probable-cause.ts';
import type { Incident, Live } from '../incident/state.ts';
import { isQuestion, type RunState, type StepState } from '../incident/steps.ts';
import type { Verdict } from '../incident/words.ts';
import { section } from './blocks.ts';
import { decisionBlocks } from './decisions.ts';
import { smallEvidence } from './evidence.ts';
import type { Pen } from './pen.ts';

const maxDecisions = 4;
const maxRuns = 3;
const maxSteps = 12;

/** What stands open for a person to decide: approvals, manual steps, outcomes nobody knows. Most of the card is for reading; this is for doing. */
export function openDecisions(incident: Incident, pen: Pen): KnownBlock[] {
  if (incident.state.status.is === 'resolved') return [];
  return incident.state.runs
    .flatMap((run) => run.steps.map((step) => decisionBlocks(incident, run.run, step, pen)))
    .filter((blocks) => blocks.length > 0)
    .slice(0, maxDecisions)
    .flat();
}

/** The probable cause: what the first look that is sure found, its evidence in small print, and what is proposed for it. */
export function causeBlocks({ runs }: Live, pen: Pen): KnownBlock[] {
  const found = probableCause(runs);
  if (found === null) return [];
  const { sentence, evidence } = found.report;
  const proposed =
    found.proposed === null ? '' : `\n${pen.messages.proposedFor(pen.outside(found.proposed, 150))}`;
  return [
    section(`*${pen.messages.heading.cause}*\n${pen.outside(sentence, 500)}${proposed}`),
    ...smallEvidence(evidence, pen),
  ];
}

/** The runbooks' steps, one a line, with a symbol and a word each. */
export function runBlocks(state: Live, pen: Pen): KnownBlock[] {
  const found = probableCause(state.runs);
  return state.runs.slice(-maxRuns).map((run) => {
    const told = found?.run === run.run ? found.step : null;
    return section(runText(run, told, pen));
  });
}

/** `told` is the step whose sentence stands above as the probable cause; nobody reads it twice. */
function runText(run: RunState, told: string | null, pen: Pen): string {
  const lines = run.steps.slice(0, maxSteps).map((step) => stepLine(step, step.id === told, pen));
  const left = run.steps.length - maxSteps;
  const more = left > 0 ? [pen.messages.stepsMore(left)] : [];
  return [`*${pen.messages.button.runbook}: ${pen.outside(run.title, 100)}*`, ...lines, ...more].join('\n');
}

/** The symbols of verdicts; a word always follows. */
export const verdictSymbols = { pass: '✅', warn: '⚠️', fail: '❌', unknown: '❓' } as const;

const phaseSymbols = {
  waiting: '▫️',
  running: '⏳',
  proposed: '✋',
  approved: '👍',
  intended: '⏳',
  unknown: '❓',
  skipped: '➖',
  declined: '🚫',
  cancelled: '🚫',
} as const;

/** What became of a step, in a word: a look passes, a deed is done. */
export const verdictWord = (step: { effect: StepState['effect'] }, verdict: Verdict, pen: Pen): string =>
  (step.effect === 'read' ? pen.messages.verdicts : pen.messages.outcomes)[verdict];

function stepLine(step: StepState, told: boolean, pen: Pen): string {
  const { title, phase } = step;
  const { phase: words, declinedBy } = pen.messages;
  const name = pen.outside(title, 100);
  if (phase.is === 'over') {
    const { verdict, sentence, facts } = phase.report;
    const detail = verdict === 'pass' || told || sentence === '' ? '' : ` · ${pen.outside(sentence, 160)}`;
    const { yes, no } = pen.messages.button;
    const word = isQuestion(step) ? (facts.done ? yes : no) : verdictWord(step, verdict, pen);
    return `${verdictSymbols[verdict]} ${name}: *${word}*${detail}`;
  }
  const detail = phase.is === 'skipped' ? ` · ${pen.outside(phase.why, 120)}` : '';
  const word = phase.is === 'declined' && phase.by ? declinedBy(pen.who(phase.by)) : words[phase.is];
  return `${phaseSymbols[phase.is]} ${name}: ${word}${detail}`;
}
