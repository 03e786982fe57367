import type { Command, TickRules } from './commands.ts';
import { nextTick } from './decisions/lifecycle.ts';
import type { Room } from './room.ts';

/** The room that only lets time pass: expired approvals, the commander's seat, recovery after a quiet time. */
export function clockRoom(rules: TickRules): Room<'tick'> {
  return {
    name: 'clock',
    parallel: false,
    plan: ({ state }, now) => {
      const due = nextTick(state, rules);
      if (due === null) return { actions: [], wakeAt: null };
      return due <= now ? { actions: ['tick'], wakeAt: null } : { actions: [], wakeAt: due };
    },
    perform: async (_action, _incident, { now }): Promise<Command[]> => [
      { type: 'Tick', at: now(), by: { kind: 'muster', rule: 'clock' }, rules },
    ],
  };
}
