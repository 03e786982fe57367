import { type CommandOf, type Decision, personOf } from '../commands.ts';
import type { Live } from '../state.ts';

/**
 * Gives a role to a person. Taking it oneself, or filling one that nobody accepted, takes effect at once (as a proposal);
 * taking it from somebody who holds it is an offer until the other accepts.
 */
export function assignRole(command: CommandOf<'AssignRole'>, state: Live): Decision {
  const { role, person } = command;
  const now = state.roles[role];
  const giver = personOf(command.by);
  if (now.person === person) {
    return giver === person && !now.accepted ? [{ type: 'RoleAccepted', role, person, rule: 'taken' }] : [];
  }
  if (now.accepted) {
    return now.offer?.to === person ? [] : [{ type: 'HandoffOffered', role, from: now.person, to: person }];
  }
  return giver === person
    ? [{ type: 'RoleAccepted', role, person, rule: 'taken' }]
    : [{ type: 'RoleProposed', role, person, rule: 'assigned' }];
}

/** A person accepts what was proposed or offered to them; the outgoing holder keeps the role until this moment. */
export function acceptRole(command: CommandOf<'AcceptRole'>, state: Live): Decision {
  const person = personOf(command.by);
  const now = state.roles[command.role];
  if (person === null) return { refused: 'not-permitted' };
  if (now.person === person && now.accepted) return [];
  if (now.offer?.to === person)
    return [{ type: 'RoleAccepted', role: command.role, person, rule: 'hand-off' }];
  if (now.person === person) return [{ type: 'RoleAccepted', role: command.role, person, rule: 'accepted' }];
  return { refused: 'no-offer-for-you' };
}

/** Declines a pending offer; the holder stays. */
export function declineHandoff(command: CommandOf<'DeclineHandoff'>, state: Live): Decision {
  const { offer } = state.roles[command.role];
  if (offer === null || offer.to !== personOf(command.by)) return { refused: 'no-offer-for-you' };
  return [{ type: 'HandoffDeclined', role: command.role, to: offer.to }];
}
