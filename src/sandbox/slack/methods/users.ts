import { refuse } from '../core.ts';
import { wireUser } from '../wire.ts';
import { page, text } from './args.ts';
import type { Method } from './registry.ts';

/** The families `users.*` and `usergroups.*`, as far as they are read. */
export const userMethods: Record<string, Method> = {
  'users.info': (core, args) => {
    const user = core.world.users.get(text(args, 'user') ?? '') ?? refuse('user_not_found');
    return { user: wireUser(user, core.app, core.world) };
  },
  'users.list': (core, args) => {
    const { items, response_metadata } = page([...core.world.users.values()], args);
    return { members: items.map((user) => wireUser(user, core.app, core.world)), response_metadata };
  },
  'users.lookupByEmail': (core, args) => {
    const email = (text(args, 'email') ?? '').toLowerCase();
    const user = [...core.world.users.values()].find((known) => known.email?.toLowerCase() === email);
    if (!user || user.kind === 'deactivated') return refuse('users_not_found');
    return { user: wireUser(user, core.app, core.world) };
  },
  'usergroups.list': ({ world }) => ({
    usergroups: world.usergroups.map((group) => ({ ...group, team_id: world.team.id, is_usergroup: true })),
  }),
};
