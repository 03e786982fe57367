import type { Method } from './registry.ts';

/** `auth.test` and `apps.connections.open`. */
export const appMethods: Record<string, Method> = {
  'auth.test': ({ app, world, baseUrl }) => ({
    url: `${baseUrl()}/`,
    team: world.team.name,
    user: app.name.toLowerCase(),
    team_id: world.team.id,
    user_id: app.botUser,
    bot_id: app.botId,
    is_enterprise_install: false,
  }),
  'apps.connections.open': ({ baseUrl, socket }) => ({
    url: baseUrl().replace(/^http/, 'ws') + socket.ticket(),
  }),
};
