import type { Incident } from '../../incident/state.ts';
import type { PersonId, Role } from '../../incident/words.ts';
import type { Answer } from './answer.ts';
import { change } from './change.ts';
import type { Ask } from './verb.ts';

/** Gives a role to a person and says what that means: taken, proposed, or offered until accepted. */
export function giveRole(ask: Ask, incident: Incident, role: Role, person: PersonId): Promise<Answer> {
  const { done, role: names } = ask.texts;
  return change(
    ask,
    incident,
    'role',
    { type: 'AssignRole', role, person },
    {
      done: (_now, events) => {
        const types = events.map((event) => event.type);
        if (types.includes('RoleAccepted')) return done.roleTaken(names[role]);
        return types.includes('HandoffOffered')
          ? done.roleOffered(names[role], ask.name(person))
          : done.roleProposed(names[role], ask.name(person));
      },
      same: () => done.roleSame(names[role], ask.name(person)),
    },
  );
}
