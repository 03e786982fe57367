import type { KnownBlock } from '@slack/types';
import type { Incident, Live } from '../incident/state.ts';
import { type Role, roles } from '../incident/words.ts';
import { button, section } from './blocks.ts';
import type { Pen } from './pen.ts';

/** Who holds which role, a button to accept where one waits, and the warning when a P1's comms is also its commander. */
export function roleBlocks(incident: Incident, pen: Pen): KnownBlock[] {
  const { state } = incident;
  const { heading, role: words, button: labels } = pen.messages;
  const shown = roles.filter((role) => role !== 'tech' || state.roles.tech.person !== null);
  const waiting = shown.filter((role) => isWaiting(state, role) && state.status.is !== 'resolved');
  const settled = shown.filter((role) => !waiting.includes(role)).map((role) => roleLine(state, role, pen));
  const warning = commsIsIc(state);
  const blocks = waiting.map((role) =>
    section(
      roleLine(state, role, pen),
      button(labels.accept, 'accept-role', { incident: incident.id, role }),
    ),
  );
  return [
    section([`*${heading.roles}*`, ...settled].join('\n')),
    ...blocks,
    ...(warning ? [section(`⚠️ ${words.commsIsIc(pen.who(warning))}`)] : []),
  ];
}

const isWaiting = (state: Live, role: Role): boolean => {
  const { person, accepted, offer } = state.roles[role];
  return offer !== null || (person !== null && !accepted);
};

function roleLine(state: Live, role: Role, pen: Pen): string {
  const { role: words, roleNames } = pen.messages;
  const { person, accepted, offer } = state.roles[role];
  const ic = state.roles.ic.person;
  const name = `${roleNames[role]}: `;
  if (person === null) return name + (ic === null ? words.vacant : words.byIc(pen.who(ic)));
  const notes = [...(accepted ? [] : [words.proposed]), ...(offer ? [words.offered(pen.who(offer.to))] : [])];
  return `${name}*${pen.who(person)}*${notes.length > 0 ? ` (${notes.join(', ')})` : ''}`;
}

/** The person who is both, on a P1; what nobody holds, the commander holds. */
function commsIsIc({ severity, roles: held, status }: Live): string | null {
  const { person } = held.ic;
  if (severity !== 'P1' || status.is === 'resolved' || person === null) return null;
  return (held.comms.person ?? person) === person ? person : null;
}
