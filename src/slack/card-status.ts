import type { KnownBlock } from '@slack/types';
import type { Incident, Live } from '../incident/state.ts';
import type { PersonId } from '../incident/words.ts';
import { button, buttons, section } from './blocks.ts';
import type { Pen } from './pen.ts';

/** Who is paged next, and when (epoch milliseconds); null when nobody is. */
export type NextLevel = { at: number; people: PersonId[] } | null;

/** Where the incident stands, in one or two sentences, and the one thing to press. */
export function statusBlocks(incident: Incident, pen: Pen, next: NextLevel): KnownBlock[] {
  const { state } = incident;
  const { status, button: labels } = pen.messages;
  const id = { incident: incident.id };
  const here = state.status;
  if (here.is === 'resolved') {
    const by = here.by === null ? null : pen.who(here.by);
    const after = pen.duration(here.at - state.openedAt);
    const reason = here.reason ? `\n${pen.outside(here.reason, 300)}` : '';
    return [
      section(
        `*${status.resolved(by, pen.time(here.at), after)}*${reason}`,
        button(labels.reopen, 'reopen', id),
      ),
    ];
  }
  const since = `*${status.open(pen.time(state.openedAt))}*`;
  const lines = [`${since} ${answered(state, pen)}`];
  if (state.acknowledged === null && state.treatment.page) lines.push(...pagingLines(state, pen, next));
  return [section(lines.join('\n')), ...mainButton(incident, pen)];
}

/** One button at a time: nobody should close what nobody has looked at, and recovery brings its own. */
function mainButton({ id, state }: Incident, pen: Pen): KnownBlock[] {
  const { button: labels } = pen.messages;
  const incident = { incident: id };
  if (state.acknowledged === null) {
    return [buttons(button(labels.acknowledge, 'acknowledge', incident, { style: 'primary' }))];
  }
  return state.status.is === 'open' ? [buttons(button(labels.resolve, 'resolve', incident))] : [];
}

function answered(state: Live, pen: Pen): string {
  const { status } = pen.messages;
  if (state.acknowledged !== null) {
    return status.acknowledged(pen.who(state.acknowledged.person), pen.time(state.acknowledged.at));
  }
  return state.treatment.page ? `*${status.nobodyYet}*` : status.noPage(state.severity);
}

function pagingLines(state: Live, pen: Pen, next: NextLevel): string[] {
  const { status } = pen.messages;
  const { paging } = state;
  const sent = paging.sent.filter((page) => page.round === paging.round);
  const people = [...new Set(sent.map((page) => page.person))];
  const whom = people.map((person) => {
    const pagers = sent.filter((page) => page.person === person).map((page) => page.pager);
    return status.by(pen.who(person), [...new Set(pagers)].map((pager) => pen.outside(pager, 40)).join(', '));
  });
  const failed = paging.failed.filter(
    (page) =>
      page.round === paging.round &&
      !sent.some((other) => other.key === page.key) &&
      paging.failed.findLast((other) => other.key === page.key) === page,
  );
  return [
    [
      ...(whom.length > 0 ? [status.paging(whom.join(', '))] : []),
      ...(next ? [status.next(pen.whom(next.people), pen.time(next.at))] : []),
    ].join(' '),
    ...failed
      .slice(0, 3)
      .map(
        ({ person, pager, why }) =>
          `⚠️ ${status.pageFailed(pen.who(person), pen.outside(pager, 40), pen.outside(why))}`,
      ),
  ].filter((line) => line !== '');
}
