import type { KnownBlock } from '@slack/types';
import type { EventOf } from '../../incident/events.ts';
import type { Incident } from '../../incident/state.ts';
import { isQuestion, type StepState } from '../../incident/steps.ts';
import type { Actor } from '../../incident/words.ts';
import { button, context } from '../blocks.ts';
import { verdictSymbols, verdictWord } from '../card-steps.ts';
import { decisionBlocks } from '../decisions.ts';
import { evidenceBlocks } from '../evidence.ts';
import type { News, Scene, Teller } from '../news.ts';
import type { Pen } from '../pen.ts';
import { pictureBlock } from '../pictures.ts';
import { quiet } from './quiet.ts';

type Named = { run: string; step: string };

/** News about runbooks: what was found, and what people have to decide. */
export const stepNews = {
  RunbookStarted: ({ runbook, rule }, { pen }) => {
    const line = pen.messages.news.runbook(
      pen.outside(runbook.title, 100),
      runbook.steps.length,
      pen.outside(rule, 120),
    );
    return { symbol: '📖', line };
  },
  StepStarted: (event, scene) => {
    const step = find(scene.incident, event);
    return step?.effect === 'manual' ? asked('🙋', scene.pen.messages.news.manual, event, scene) : null;
  },
  StepFinished: (event, { incident, pen, picture }) => {
    const { verdict, sentence, evidence } = event.report;
    const word = verdictWord(find(incident, event) ?? { effect: 'read' }, verdict, pen);
    const line = `*${titleOf(incident, event, pen)}: ${word}.* ${pen.outside(sentence, 500)}`;
    const again = verdict !== 'pass' && mayRunAgain(incident, event);
    return {
      symbol: verdictSymbols[verdict],
      line,
      details: [
        ...evidenceBlocks(evidence, verdict, pen),
        ...(picture ? [pictureBlock(picture)] : []),
        ...measured(event, incident, pen),
      ],
      ...(again && {
        button: button(pen.messages.button.rerun, 'rerun-step', {
          incident: incident.id,
          run: event.run,
          step: event.step,
        }),
      }),
    };
  },
  StepRechecked: (event, { incident, pen }) => {
    const { verdict, sentence, evidence } = event.report;
    const { [event.before]: was, [verdict]: is } = pen.messages.verdicts;
    const title = titleOf(incident, event, pen);
    const line = `*${pen.messages.news.rechecked(title, was, is)}* ${pen.outside(sentence, 500)}`;
    return { symbol: verdictSymbols[verdict], line, details: evidenceBlocks(evidence, verdict, pen) };
  },
  StepSkipped: quiet,
  StepRequested: (event, { incident, pen }) =>
    event.by.kind === 'person'
      ? {
          symbol: '🔄',
          line: pen.messages.news.asked(pen.who(event.by.person), titleOf(incident, event, pen)),
        }
      : null,
  StepProposed: (event, scene) => {
    const { news } = scene.pen.messages;
    const why = event.changed.map((one) => news.changed[one]).join(', ');
    return asked('✋', why === '' ? news.proposal : (title) => news.proposedAgain(title, why), event, scene);
  },
  StepSeconded: (event, scene) =>
    asked('👍', (title) => scene.pen.messages.news.seconded(actor(event.by, scene.pen), title), event, scene),
  StepApproved: (event, { incident, pen }) => {
    const { news } = pen.messages;
    const title = titleOf(incident, event, pen);
    const who = actor(event.by, pen);
    return event.glass
      ? { symbol: '🔨', line: `*${news.glass(who, title, pen.outside(event.glass, 500))}*` }
      : { symbol: '👍', line: news.approved(who, title) };
  },
  StepDeclined: (event, { incident, pen }) => {
    const { news } = pen.messages;
    const line = news.declined(actor(event.by, pen), titleOf(incident, event, pen));
    return { symbol: '🚫', line: event.reason ? news.reason(line, pen.outside(event.reason, 300)) : line };
  },
  ApprovalExpired: (event, { incident, pen }) => ({
    symbol: '⌛',
    line: pen.messages.news.expired(titleOf(incident, event, pen)),
  }),
  StepHeldUp: (event, { incident, pen }) => ({
    symbol: '⏸️',
    line: pen.messages.news.heldUp(titleOf(incident, event, pen), pen.outside(event.holder, 40)),
  }),
  RunbookCancelled: (event, { incident, pen }) => {
    const title = incident.state.runs.find(({ run }) => run === event.run)?.title ?? event.run;
    return { symbol: '🚫', line: pen.messages.news.cancelled(actor(event.by, pen), pen.outside(title, 100)) };
  },
  StepIntended: quiet,
  StepOutcomeUnknown: (event, scene) =>
    asked(
      '❓',
      (title) => scene.pen.messages.news.unknown(title, scene.pen.outside(event.why, 300)),
      event,
      scene,
    ),
  ManualAnswered: (event, { incident, pen }) => {
    const { news } = pen.messages;
    const step = find(incident, event);
    const said = event.answer.done
      ? { task: news.manualDone, question: news.answeredYes }
      : { task: news.manualNotDone, question: news.answeredNo };
    const say = said[step && isQuestion(step) ? 'question' : 'task'];
    const line = say(actor(event.by, pen), titleOf(incident, event, pen));
    const { note } = event.answer;
    return {
      symbol: event.answer.done ? '✅' : '➖',
      line: note ? news.reason(line, pen.outside(note, 500)) : line,
    };
  },
} satisfies {
  RunbookStarted: Teller<'RunbookStarted'>;
  StepStarted: Teller<'StepStarted'>;
  StepFinished: Teller<'StepFinished'>;
  StepRechecked: Teller<'StepRechecked'>;
  StepSkipped: Teller<'StepSkipped'>;
  StepRequested: Teller<'StepRequested'>;
  StepProposed: Teller<'StepProposed'>;
  StepSeconded: Teller<'StepSeconded'>;
  StepHeldUp: Teller<'StepHeldUp'>;
  RunbookCancelled: Teller<'RunbookCancelled'>;
  StepApproved: Teller<'StepApproved'>;
  StepDeclined: Teller<'StepDeclined'>;
  ApprovalExpired: Teller<'ApprovalExpired'>;
  StepIntended: Teller<'StepIntended'>;
  StepOutcomeUnknown: Teller<'StepOutcomeUnknown'>;
  ManualAnswered: Teller<'ManualAnswered'>;
};

/** Where it was looked, how long that took, and by which version of which runbook. */
function measured(
  { run, step, report }: EventOf<'StepFinished'>,
  incident: Incident,
  pen: Pen,
): KnownBlock[] {
  const target = find(incident, { run, step })?.target;
  if (!target) return [];
  const seconds = (report.ms / 1000).toFixed(report.ms < 10_000 ? 2 : 0);
  return [context(pen.messages.measured(pen.outside(target, 100), seconds, pen.outside(run, 80)))];
}

const find = ({ state }: Incident, { run, step }: Named): StepState | undefined =>
  state.runs.find((one) => one.run === run)?.steps.find((one) => one.id === step);

const titleOf = (incident: Incident, named: Named, pen: Pen): string =>
  pen.outside(find(incident, named)?.title ?? named.step, 150);

const actor = (by: Actor, pen: Pen): string =>
  by.kind === 'person' ? pen.who(by.person) : pen.messages.muster;

function mayRunAgain(incident: Incident, named: Named): boolean {
  const step = find(incident, named);
  return step?.effect === 'read' && step.phase.is === 'over' && incident.state.status.is !== 'resolved';
}

/** What people are asked: with its buttons while it is still open, as a plain line once it is not. */
function asked(symbol: string, say: (title: string) => string, named: Named, { incident, pen }: Scene): News {
  const step = find(incident, named);
  const decision =
    step && incident.state.status.is !== 'resolved' ? decisionBlocks(incident, named.run, step, pen) : [];
  const line = say(titleOf(incident, named, pen));
  return decision.length > 0 ? { symbol, line, details: decision } : { symbol, line };
}
