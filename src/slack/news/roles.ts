import { button, buttons } from '../blocks.ts';
import type { Teller } from '../news.ts';

/** News about roles: here, and only here, a person is mentioned so that Slack notifies them. */
export const roleNews = {
  RoleProposed: ({ role, person }, { incident, pen }) => {
    const { news, roleNames, button: labels } = pen.messages;
    const now = incident.state.roles[role];
    const open = now.person === person && !now.accepted && incident.state.status.is !== 'resolved';
    return {
      symbol: '👤',
      line: news.proposed(roleNames[role], pen.call(person)),
      ...(open && { button: button(labels.accept, 'accept-role', { incident: incident.id, role }) }),
    };
  },
  RoleAccepted: ({ role, person, rule }, { pen }) => {
    const { news, roleNames } = pen.messages;
    const say = rule === 'first-to-acknowledge' ? news.firstToAcknowledge : news.accepted;
    return { symbol: '👤', line: say(roleNames[role], pen.who(person)) };
  },
  HandoffOffered: ({ role, from, to }, { incident, pen }) => {
    const { news, roleNames, button: labels } = pen.messages;
    const value = { incident: incident.id, role };
    const open = incident.state.roles[role].offer?.to === to;
    return {
      symbol: '🤝',
      line: news.offered(roleNames[role], from === null ? null : pen.who(from), pen.call(to)),
      ...(open && {
        details: [
          buttons(
            button(labels.accept, 'accept-role', value, { style: 'primary' }),
            button(labels.decline, 'decline-handoff', value),
          ),
        ],
      }),
    };
  },
  HandoffDeclined: ({ role, to }, { pen }) => {
    const { news, roleNames } = pen.messages;
    return { symbol: '🤝', line: news.offerDeclined(roleNames[role], pen.who(to)) };
  },
} satisfies {
  RoleProposed: Teller<'RoleProposed'>;
  RoleAccepted: Teller<'RoleAccepted'>;
  HandoffOffered: Teller<'HandoffOffered'>;
  HandoffDeclined: Teller<'HandoffDeclined'>;
};
