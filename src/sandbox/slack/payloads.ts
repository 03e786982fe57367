import { elementsOf } from './blocks/check.ts';
import type { Core } from './core.ts';
import { initialState } from './views.ts';
import { wireMessage, wireName, wireView } from './wire.ts';
import type { Channel, Json, Message, StateValues, View } from './world.ts';

/** The outer members that every interaction carries. */
function common(core: Core, user: string): Json {
  const known = core.world.users.get(user)!;
  return {
    user: { id: user, username: known.name, name: known.name, team_id: core.world.team.id },
    team: { id: core.world.team.id, domain: core.world.team.domain },
    enterprise: null,
    is_enterprise_install: false,
    api_app_id: core.app.id,
    token: 'sandbox-verification-token',
  };
}

function responseUrl(core: Core, user: string, channel: Channel, ts?: string): string {
  return core.baseUrl() + core.capabilities.respond({ user, channel: channel.id, ts });
}

/** A slash command as its form fields. */
export function commandPayload(
  core: Core,
  user: string,
  channel: Channel,
  command: string,
  words: string,
): Json {
  return {
    token: 'sandbox-verification-token',
    team_id: core.world.team.id,
    team_domain: core.world.team.domain,
    channel_id: channel.id,
    channel_name: channel.kind === 'private' ? 'privategroup' : wireName(channel),
    user_id: user,
    user_name: core.world.users.get(user)!.name,
    command,
    text: escapes(core, command) ? escapedMentions(core, words) : words,
    api_app_id: core.app.id,
    is_enterprise_install: 'false',
    response_url: responseUrl(core, user, channel),
    trigger_id: core.capabilities.trigger(user),
  };
}

const escapes = ({ app }: Core, command: string): boolean =>
  app.commands.some((declared) => declared.command === command && declared.should_escape === true);

/** What Slack makes of `@name` and `#channel` in a command's text where the manifest says `should_escape`. */
function escapedMentions({ world }: Core, words: string): string {
  const users = [...world.users.values()];
  const channels = [...world.channels.values()];
  return words
    .replace(/(?<![\w<])@([\w.-]+)/g, (typed, name) => {
      const user = users.find((one) => one.name === name);
      return user ? `<@${user.id}|${user.name}>` : typed;
    })
    .replace(/(?<![\w<])#([\w-]+)/g, (typed, name) => {
      const channel = channels.find((one) => one.name === name && one.kind === 'public');
      return channel ? `<#${channel.id}|${channel.name}>` : typed;
    });
}

/** `block_actions` of an element in a message; an ephemeral message does not travel with it, as in Slack. */
export function messageActionPayload(
  core: Core,
  user: string,
  channel: Channel,
  message: Message,
  action: Json,
): Json {
  const isEphemeral = message.onlyFor !== undefined;
  return {
    type: 'block_actions',
    ...common(core, user),
    container: { type: 'message', message_ts: message.ts, channel_id: channel.id, is_ephemeral: isEphemeral },
    trigger_id: core.capabilities.trigger(user),
    channel: { id: channel.id, name: wireName(channel) },
    ...(!isEphemeral && { message: wireMessage(message, core.app, core.world, { metadata: true }) }),
    state: { values: stateOf(message.blocks, message.picked[user] ?? {}) },
    response_url: responseUrl(core, user, channel, message.ts),
    actions: [action],
  };
}

/** `block_actions` of an element in a modal or on the Home tab. */
export function viewActionPayload(core: Core, view: View, action: Json): Json {
  return {
    type: 'block_actions',
    ...common(core, view.user),
    container: { type: 'view', view_id: view.id },
    trigger_id: core.capabilities.trigger(view.user),
    view: wireView(view, core.app, core.world),
    actions: [action],
  };
}

/** `view_submission`, with a response URL for every conversation menu that asked for one. */
export function submissionPayload(core: Core, view: View): Json {
  return {
    type: 'view_submission',
    ...common(core, view.user),
    trigger_id: core.capabilities.trigger(view.user),
    view: wireView(view, core.app, core.world),
    response_urls: [],
  };
}

/** `view_closed`, which only a view with `notify_on_close` causes. */
export function closedPayload(core: Core, view: View, isCleared: boolean): Json {
  return {
    type: 'view_closed',
    ...common(core, view.user),
    view: wireView(view, core.app, core.world),
    is_cleared: isCleared,
  };
}

/** A message shortcut. */
export function messageShortcutPayload(
  core: Core,
  user: string,
  channel: Channel,
  message: Message,
  callbackId: string,
): Json {
  return {
    type: 'message_action',
    ...common(core, user),
    callback_id: callbackId,
    action_ts: String(core.now() / 1000),
    trigger_id: core.capabilities.trigger(user),
    response_url: responseUrl(core, user, channel),
    channel: { id: channel.id, name: wireName(channel) },
    message_ts: message.ts,
    message: wireMessage(message, core.app, core.world, { metadata: true }),
  };
}

/** A global shortcut. */
export function globalShortcutPayload(core: Core, user: string, callbackId: string): Json {
  return {
    type: 'shortcut',
    ...common(core, user),
    callback_id: callbackId,
    action_ts: String(core.now() / 1000),
    trigger_id: core.capabilities.trigger(user),
  };
}

function stateOf(blocks: Json[], picked: StateValues): StateValues {
  const values: StateValues = {};
  for (const block of blocks)
    for (const element of elementsOf(block)) {
      const blockId = String(block.block_id);
      const action = String(element.action_id);
      const state = picked[blockId]?.[action] ?? initialState(element);
      if (state) values[blockId] = { ...values[blockId], [action]: state };
    }
  return values;
}
