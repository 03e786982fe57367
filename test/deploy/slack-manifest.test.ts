import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { installApp } from '../../src/sandbox/slack/manifest.ts';
import { noteShortcut } from '../../src/slack/inbound/on-message.ts';
import { slackPath } from '../../src/slack/inbound/slack-inbound.ts';

const text = readFileSync('deploy/slack-manifest.yaml', 'utf8');
const manifest = parse(text);
const scopes: string[] = manifest.oauth_config.scopes.bot;

/** Slack's reference: which of these scopes a method needs one of. */
const methods = JSON.parse(readFileSync('src/sandbox/slack/methods.json', 'utf8')) as Record<
  string,
  { scopes: string[] }
>;
const scopesOfEvents: Record<string, string[]> = {
  file_shared: ['files:read'],
  reaction_added: ['reactions:read'],
};

// Only these rooms call Slack as our bot; the table of rates names methods without calling them.
const code = ['src/slack', 'src/paging']
  .flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts') && name !== 'rates.ts')
      .map((name) => readFileSync(join(folder, name), 'utf8')),
  )
  .join('\n');
const used = Object.keys(methods).filter((name) =>
  new RegExp(`\\b${name.replaceAll('.', '\\.')}\\b`).test(code),
);

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
    ...manifest.settings.event_subscriptions.bot_events.flatMap((event: string) => scopesOfEvents[event]),
  ];
  expect(scopes.filter((scope) => !needed.includes(scope))).toEqual([]);
});

test('incident channels are public: no right over private channels and group messages', () => {
  expect(scopes.filter((scope) => /^(groups|mpim):/.test(scope))).toEqual([]);
});

test('shortcut, events and path are the ones that the code handles; bolt gets whatever /command there is', () => {
  const { slash_commands, shortcuts } = manifest.features;
  expect(slash_commands.map(({ command }: { command: string }) => command)).toEqual(['/incident']);
  expect(shortcuts.map(({ callback_id }: { callback_id: string }) => callback_id)).toEqual([noteShortcut]);
  const events = [...code.matchAll(/app\.event\('([^']+)'/g)].map(([, name]) => name!);
  expect(manifest.settings.event_subscriptions.bot_events).toEqual(events.toSorted());
  expect(text).toContain(`https://YOUR-MUSTER${slackPath}`);
});

test('Slack, as the look-alike knows it, would install it', () => {
  expect(installApp(manifest).scopes).toEqual(scopes);
});
