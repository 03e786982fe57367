import { Failure } from '../../kit/failure.ts';

/**
 * The parts of a Slack app manifest that the sandbox obeys. Give it the committed manifest, so that a scope, event,
 * command or shortcut that is missing there is missing in every test as well.
 */
export type Manifest = {
  display_information: { name: string };
  features?: {
    bot_user?: { display_name: string };
    slash_commands?: {
      command: string;
      description?: string;
      usage_hint?: string;
      should_escape?: boolean;
    }[];
    shortcuts?: { name: string; type: 'message' | 'global'; callback_id: string; description?: string }[];
  };
  oauth_config: { scopes: { bot: string[] } };
  settings?: { event_subscriptions?: { bot_events?: string[] }; interactivity?: { is_enabled: boolean } };
};

/** The app as installed: its manifest, and the secrets Slack handed out for it. */
export type App = {
  id: string;
  name: string;
  botUser: string;
  botId: string;
  botToken: string;
  appToken: string;
  signingSecret: string;
  scopes: string[];
  events: string[];
  interactive: boolean;
  commands: NonNullable<NonNullable<Manifest['features']>['slash_commands']>;
  shortcuts: NonNullable<NonNullable<Manifest['features']>['shortcuts']>;
};

const scopesOfEvents: Record<string, string[]> = {
  'message.channels': ['channels:history'],
  'message.groups': ['groups:history'],
  'message.im': ['im:history'],
  'message.mpim': ['mpim:history'],
  app_home_opened: [],
  app_mention: ['app_mentions:read'],
  file_shared: ['files:read'],
  reaction_added: ['reactions:read'],
  reaction_removed: ['reactions:read'],
  pin_added: ['pins:read'],
  pin_removed: ['pins:read'],
  channel_archive: ['channels:read'],
  channel_unarchive: ['channels:read'],
  channel_created: ['channels:read'],
  channel_rename: ['channels:read'],
  group_archive: ['groups:read'],
  group_unarchive: ['groups:read'],
  group_rename: ['groups:read'],
  member_joined_channel: ['channels:read', 'groups:read'],
  member_left_channel: ['channels:read', 'groups:read'],
};

/** Installs an app from its manifest, and refuses one that Slack would refuse: an event or command without its scope. */
export function installApp(manifest: Manifest, given: Partial<App> = {}): App {
  const scopes = manifest.oauth_config.scopes.bot;
  const events = manifest.settings?.event_subscriptions?.bot_events ?? [];
  const commands = manifest.features?.slash_commands ?? [];
  const shortcuts = manifest.features?.shortcuts ?? [];
  const refuse = (what: string) => {
    throw new Failure({ code: 'manifest', what, remedy: 'Correct the Slack manifest.', retry: 'never' });
  };
  for (const event of events) {
    const needed = scopesOfEvents[event] ?? refuse(`The sandbox knows no event ${event}`);
    if (needed!.length > 0 && !needed!.some((scope) => scopes.includes(scope)))
      refuse(`The event ${event} needs the scope ${needed!.join(' or ')}`);
  }
  if ((commands.length > 0 || shortcuts.length > 0) && !scopes.includes('commands'))
    refuse('Slash commands and shortcuts need the scope commands');
  return {
    id: 'A0MUSTER',
    name: manifest.features?.bot_user?.display_name ?? manifest.display_information.name,
    botUser: 'U0MUSTERBOT',
    botId: 'B0MUSTER',
    botToken: 'xoxb-sandbox-bot-token',
    appToken: 'xapp-sandbox-app-token',
    signingSecret: 'sandbox-signing-secret',
    scopes,
    events,
    interactive: manifest.settings?.interactivity?.is_enabled ?? false,
    commands,
    shortcuts,
    ...given,
  };
}
