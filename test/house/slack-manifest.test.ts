import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';

const manifest = parse(readFileSync('deploy/slack-manifest.yaml', 'utf8')) as {
  features: { slash_commands: { command: string }[]; shortcuts: { callback_id: string }[] };
  oauth_config: { scopes: { bot: string[] } };
  settings: { event_subscriptions: { bot_events: string[] } };
};
const scopes = manifest.oauth_config.scopes.bot;

/** Slack's reference: which of these scopes a method needs one of. */
const methods = JSON.parse(readFileSync('src/sandbox/slack/methods.json', 'utf8')) as Record<
  string,
  { scopes: string[] }
>;
const scopesOfEvents: Record<string, string[]> = { reaction_added: ['reactions:read'] };

// The sandbox, the demo's people and the GitHub room call nothing as our bot.
const code = ['src/slack', 'src/paging']
  .flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => readFileSync(join(folder, name), 'utf8')),
  )
  .join('\n');
const used = Object.keys(methods).filter((name) =>
  new RegExp(`\\b${name.replaceAll('.', '\\.')}\\b`).test(code),
);
const handled = (kind: string) =>
  [...code.matchAll(new RegExp(`\\.${kind}\\(\\s*'([^']+)'`, 'g'))].map(([, name]) => name!);

test('every Web API method that the code calls is allowed by a scope', () => {
  expect(used).toContain('chat.postMessage');
  const lacking = used.filter((name) => {
    const { scopes: one } = methods[name]!;
    return one.length > 0 && !one.some((scope) => scopes.includes(scope));
  });
  expect(lacking).toEqual([]);
});

test('every scope is needed by a method, an event or the slash command', () => {
  const needed = [
    'commands',
    ...used.flatMap((name) => methods[name]!.scopes),
    ...manifest.settings.event_subscriptions.bot_events.flatMap((event) => scopesOfEvents[event]!),
  ];
  expect(scopes.filter((scope) => !needed.includes(scope))).toEqual([]);
});

test('incident channels are public: no right over private channels and group messages', () => {
  expect(scopes.filter((scope) => /^(groups|mpim):/.test(scope))).toEqual([]);
});

test('commands, shortcuts and events are the ones that the code handles', () => {
  const { slash_commands, shortcuts } = manifest.features;
  expect(slash_commands.map(({ command }) => command)).toEqual(handled('command'));
  expect(shortcuts.map(({ callback_id }) => callback_id)).toEqual(handled('shortcut'));
  expect(manifest.settings.event_subscriptions.bot_events).toEqual(handled('event'));
});
