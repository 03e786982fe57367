import { LogLevel } from '@slack/bolt';
import type { Manifest } from '../../../src/sandbox/slack/manifest.ts';
import type { SlackOptions } from '../../../src/sandbox/slack/sandbox.ts';
import { type SlackServer, startSlackSandbox } from '../../../src/sandbox/slack/server.ts';

/** The people of the tests. */
export const people = [
  { id: 'U0MINJI', name: 'minji', realName: 'Kim Minji', email: 'minji@example.com' },
  { id: 'U0JUN', name: 'jun', realName: 'Lee Jun', email: 'jun@example.com' },
  { id: 'U0GONE', name: 'gone', kind: 'deactivated' as const },
];

/** A manifest with every scope the sandbox's methods ask for. */
export const manifest: Manifest = {
  display_information: { name: 'Muster' },
  features: {
    bot_user: { display_name: 'Muster' },
    slash_commands: [{ command: '/incident' }],
    shortcuts: [
      { name: 'Add to timeline', type: 'message', callback_id: 'add_to_timeline' },
      { name: 'Declare', type: 'global', callback_id: 'declare' },
    ],
  },
  oauth_config: {
    scopes: {
      bot: [
        'app_mentions:read',
        'bookmarks:read',
        'bookmarks:write',
        'channels:history',
        'channels:join',
        'channels:manage',
        'channels:read',
        'chat:write',
        'commands',
        'files:write',
        'groups:history',
        'groups:read',
        'groups:write',
        'im:history',
        'im:read',
        'im:write',
        'mpim:write',
        'pins:read',
        'files:read',
        'pins:write',
        'reactions:read',
        'reactions:write',
        'users:read',
        'users:read.email',
        'usergroups:read',
      ],
    },
  },
  settings: {
    interactivity: { is_enabled: true },
    event_subscriptions: {
      bot_events: [
        'message.channels',
        'message.im',
        'reaction_added',
        'file_shared',
        'app_mention',
        'member_joined_channel',
        'app_home_opened',
      ],
    },
  },
};

/** Starts a sandbox with the people and manifest above; limits are off unless asked for. */
export function startWorkspace(options: Partial<SlackOptions> = {}): Promise<SlackServer> {
  return startSlackSandbox({ people, manifest, limits: 'off', now: Date.now, ...options });
}

/** The members of answers that tests look at. */
export type Body = {
  ok: boolean;
  error: string;
  ts: string;
  message_ts: string;
  channel: { id: string };
  view: { id: string; hash: string };
  messages: { text: string; metadata?: object }[];
  errors: object[];
  response_metadata: { messages: string[]; next_cursor: string };
} & Record<string, unknown>;

/** Calls a Web API method as the app, with nested values as JSON strings, as the SDK sends them. */
export async function call(
  slack: SlackServer,
  method: string,
  args: Record<string, unknown> = {},
  token: string | undefined = slack.app.botToken,
): Promise<{ status: number; headers: Headers; body: Body }> {
  const form = Object.entries(args).map(([name, value]) => [
    name,
    typeof value === 'object' ? JSON.stringify(value) : String(value),
  ]);
  const response = await fetch(`${slack.apiUrl}${method}`, {
    method: 'POST',
    headers: { ...(token && { authorization: `Bearer ${token}` }) },
    body: new URLSearchParams(form as [string, string][]),
  });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    body: text.startsWith('{') ? JSON.parse(text) : { text },
  };
}

/** A Bolt logger that says nothing: a connection that is cut is what these tests are about. */
export const quiet = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  setLevel() {},
  getLevel: () => LogLevel.ERROR,
  setName() {},
};

/** What tests of Web API methods say most often; `slack` gives the workspace of the test that runs. */
export const shorthands = (slack: () => SlackServer) => ({
  channel: async (name = 'inc-1') => (await call(slack(), 'conversations.create', { name })).body.channel.id,
  errorOf: async (method: string, args: Record<string, unknown>) =>
    (await call(slack(), method, args)).body.error,
  post: async (to: string, args: Record<string, unknown> = { text: 'hi' }) =>
    (await call(slack(), 'chat.postMessage', { channel: to, ...args })).body,
});
