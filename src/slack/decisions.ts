import type { KnownBlock } from '@slack/types';
import type { Incident, Live } from '../incident/state.ts';
import { isQuestion, type StepState } from '../incident/steps.ts';
import { button, buttons, section } from './blocks.ts';
import type { Pen } from './pen.ts';

/**
 * What a step asks of people now, with its buttons: approve exactly what is shown, do a manual step, say what became of a
 * change. Empty when it asks nothing. The card and the posts show the same.
 */
export function decisionBlocks(incident: Incident, run: string, step: StepState, pen: Pen): KnownBlock[] {
  const { button: labels, heading } = pen.messages;
  const named = { incident: incident.id, run, step: step.id };
  const title = pen.outside(step.title, 150);
  if (step.phase.is === 'proposed') {
    const approve = { ...named, hash: step.phase.hash };
    return [
      section(
        [`✋ *${heading.approval(title)}*`, ...shown(step, pen), ...rules(incident.state, step, pen)].join(
          '\n',
        ),
      ),
      buttons(
        button(labels.approve, 'approve-step', approve, { style: 'primary' }),
        button(labels.decline, 'decline-step', named),
      ),
    ];
  }
  if (step.phase.is === 'approved') {
    const until = pen.messages.approvedUntil(pen.whom(step.phase.by), pen.time(step.phase.until));
    const { holder } = step.phase;
    const waits = holder === null ? [] : [pen.messages.heldUp(pen.outside(holder, 40))];
    return [
      section([`👍 *${title}*`, ...shown(step, pen), until, ...waits].join('\n')),
      buttons(button(labels.decline, 'decline-step', named)),
    ];
  }
  if (step.phase.is === 'unknown') {
    return [
      section(
        [`❓ *${heading.unknown(title)}*`, pen.outside(step.phase.why, 300), ...shown(step, pen)].join('\n'),
      ),
      buttons(
        button(labels.happened, 'step-happened', named),
        button(labels.notHappened, 'step-did-not-happen', named),
      ),
    ];
  }
  if (step.effect === 'manual' && step.phase.is === 'running') {
    const [yes, no] = isQuestion(step) ? [labels.yes, labels.no] : [labels.done, labels.notDone];
    return [
      section(
        [
          `🙋 *${isQuestion(step) ? title : heading.manual(title)}*`,
          ...(step.preview ? [pen.outside(step.preview, 600)] : []),
        ].join('\n'),
      ),
      buttons(
        button(yes, 'manual-done', named, isQuestion(step) ? {} : { style: 'primary' }),
        button(no, 'manual-not-done', named),
      ),
    ];
  }
  return [];
}

const shown = (step: StepState, pen: Pen): string[] => [
  ...(step.preview ? [pen.code(step.preview)] : []),
  ...(step.target ? [pen.messages.on(pen.outside(step.target, 150))] : []),
];

function rules(state: Live, { approvers, requestedBy, phase }: StepState, pen: Pen): string[] {
  const { roleNames, approvers: say, askedBy, twoPeople, firstOfTwo } = pen.messages;
  const byRole = approvers.roles.map((role) => {
    const person = state.roles[role].person ?? state.roles.ic.person;
    return person === null ? roleNames[role] : `${roleNames[role]} ${pen.who(person)}`;
  });
  const named = approvers.people.map(pen.who);
  const may = [...byRole, ...named];
  const first = phase.is === 'proposed' ? phase.approvals.map(({ person }) => person) : [];
  return [
    ...(may.length > 0 ? [say(may.join(', '))] : []),
    ...(approvers.count === 1 ? [] : [first.length > 0 ? firstOfTwo(pen.whom(first)) : twoPeople]),
    ...(requestedBy === null ? [] : [askedBy(pen.who(requestedBy))]),
  ];
}
