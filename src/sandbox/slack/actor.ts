import { channelNameError } from './channel-names.ts';
import type { Core } from './core.ts';
import type { Entered } from './fill.ts';
import type { Delivery } from './journal.ts';
import { postFile } from './methods/files.ts';
import { createModalActor, type ModalActor } from './modal-actor.ts';
import type { At, Deliver, Outcome } from './outcome.ts';
import {
  commandPayload,
  globalShortcutPayload,
  messageActionPayload,
  messageShortcutPayload,
} from './payloads.ts';
import { addMessage, joinChannel, leaveChannel, react } from './posts.ts';
import { actionOf, chosen, find } from './pressing.ts';
import { applyReply, type Reply } from './responses.ts';
import { topModal } from './wire.ts';
import { type Channel, directChannel, type Json, type Message, messageAt, newChannel } from './world.ts';

/** A person at work in Slack: everything they do reaches the app as a signed request, never another way. */
export type Actor = ModalActor & {
  user: string;
  /** Types a slash command, e.g. `command(channel, '/incident', 'status')`. */
  command: (channel: string, command: string, text?: string) => Promise<Outcome>;
  /** Clicks a button of a message; fails when the message as it is now has no such button. */
  click: (channel: string, ts: string, actionId: string, at?: At) => Promise<Outcome>;
  /** Picks from a menu, check boxes, radio buttons or an overflow menu of a message. */
  choose: (channel: string, ts: string, actionId: string, entered: Entered, at?: At) => Promise<Outcome>;
  /** Uses a shortcut by its name in the manifest; a message shortcut needs the message. */
  shortcut: (name: string, channel?: string, ts?: string) => Promise<Outcome>;
  post: (channel: string, text: string, threadTs?: string) => Message;
  /** Posts a text file. */
  postFile: (channel: string, name: string, content: string) => void;
  react: (channel: string, ts: string, emoji: string) => void;
  unreact: (channel: string, ts: string, emoji: string) => void;
  createChannel: (name: string, options?: { private?: boolean; invite?: string[] }) => Channel;
  join: (channel: string) => void;
  leave: (channel: string) => void;
  invite: (channel: string, user: string) => void;
  /** The direct conversation with somebody, by default the app. */
  dm: (user?: string) => Channel;
  /** Opens the app's Home tab. */
  openHome: () => void;
};

/** Lets a person act. A mistake of the caller (no such channel, no such button) throws and says what there is. */
export function createActor(core: Core, user: string, deliver: Deliver): Actor {
  const { world } = core;
  if (!world.users.has(user)) throw new Error(`There is no person ${user} in the workspace`);
  const visible = (id: string): Channel => {
    const channel = world.channels.get(id);
    if (!channel) throw new Error(`There is no channel ${id}`);
    if (channel.kind !== 'public' && !channel.members.includes(user))
      throw new Error(`${user} can't see ${id}`);
    return channel;
  };
  const writable = (id: string): Channel => {
    const channel = visible(id);
    if (channel.archived) throw new Error(`#${channel.name} is archived`);
    if (!channel.members.includes(user)) throw new Error(`${user} is not in #${channel.name}`);
    return channel;
  };
  const seen = (channel: Channel, ts: string): Message => {
    const message = messageAt(channel, ts, user);
    if (!message) throw new Error(`${user} sees no message ${ts} in #${channel.name}`);
    return message;
  };
  const outcome = (delivery: Delivery | undefined, more: Partial<Outcome> = {}): Outcome => {
    const modal = topModal(world, user);
    return {
      delivery,
      notice: undefined,
      reply: undefined,
      opened: undefined,
      modal,
      errors: modal?.errors ?? {},
      ...more,
    };
  };
  const interact = async (type: string, payload: Json, opened?: string): Promise<Outcome> => {
    if (!core.app.interactive) throw new Error('The manifest does not enable interactivity');
    const delivery = await deliver('interactive', type, payload);
    const notice = delivery.problem && 'This app responded with an error.';
    return outcome(delivery, { notice, opened });
  };

  return {
    user,
    ...createModalActor(core, user, deliver, outcome),
    async command(channelId, command, text = '') {
      const channel = writable(channelId);
      const known = core.app.commands.some((declared) => declared.command === command);
      if (!known) return outcome(undefined, { notice: `${command} is not a valid command.` });
      const delivery = await deliver('command', command, commandPayload(core, user, channel, command, text));
      const failed = (why: string) =>
        outcome(delivery, { notice: `${command} failed with the error "${why}"` });
      if (delivery.problem)
        return failed(delivery.problem === 'http_timeout' ? 'operation_timeout' : 'dispatch_failed');
      if (delivery.body === undefined || delivery.body === '') return outcome(delivery);
      const reply = (
        typeof delivery.body === 'object' ? delivery.body : { text: String(delivery.body) }
      ) as Reply;
      const applied = applyReply(core, { user, channel: channelId, ts: undefined }, reply);
      return 'error' in applied
        ? failed('invalid_command_response')
        : outcome(delivery, { reply: applied.message });
    },
    click(channelId, ts, actionId, at = {}) {
      const channel = visible(channelId);
      const message = seen(channel, ts);
      const { block, element } = find(message.blocks, actionId, at, 'button');
      return interact(
        'block_actions',
        messageActionPayload(core, user, channel, message, actionOf(core, block, element)),
        element.url as string | undefined,
      );
    },
    choose(channelId, ts, actionId, entered, at = {}) {
      const channel = visible(channelId);
      const message = seen(channel, ts);
      const { block, element } = find(message.blocks, actionId, at);
      const state = chosen(core, element, entered);
      const ofUser = message.picked[user] ?? {};
      message.picked[user] = ofUser;
      const blockId = String(block.block_id);
      if (element.type !== 'overflow') ofUser[blockId] = { ...ofUser[blockId], [actionId]: state };
      const action = actionOf(core, block, element, state);
      return interact('block_actions', messageActionPayload(core, user, channel, message, action));
    },
    shortcut(name, channelId, ts) {
      const shortcut = core.app.shortcuts.find((declared) => declared.name === name);
      if (!shortcut) throw new Error(`The manifest has no shortcut "${name}"`);
      if (shortcut.type === 'global')
        return interact('shortcut', globalShortcutPayload(core, user, shortcut.callback_id));
      const channel = visible(channelId ?? '');
      const message = seen(channel, ts ?? '');
      const payload = messageShortcutPayload(core, user, channel, message, shortcut.callback_id);
      return interact('message_action', payload);
    },
    post: (channelId, text, threadTs) => addMessage(core, writable(channelId), { user, text, threadTs }),
    postFile: (channelId, name, content) => void postFile(core, writable(channelId), user, name, content),
    react(channelId, ts, name) {
      const channel = writable(channelId);
      react(core, channel, seen(channel, ts), { user, name, add: true });
    },
    unreact(channelId, ts, name) {
      const channel = writable(channelId);
      react(core, channel, seen(channel, ts), { user, name, add: false });
    },
    createChannel(name, options = {}) {
      const error = channelNameError(world, name);
      if (error) throw new Error(`#${name}: ${error}`);
      const kind = options.private ? 'private' : 'public';
      const channel = newChannel(world, { kind, name, creator: user, now: core.now() });
      for (const other of options.invite ?? []) joinChannel(core, channel, other, user);
      core.changed();
      return channel;
    },
    join(channelId) {
      const channel = visible(channelId);
      if (!channel.members.includes(user)) joinChannel(core, channel, user);
    },
    leave: (channelId) => leaveChannel(core, visible(channelId), user),
    invite(channelId, other) {
      const channel = writable(channelId);
      if (!channel.members.includes(other)) joinChannel(core, channel, other, user);
    },
    dm: (other = core.app.botUser) => directChannel(world, [user, other], core.now()).channel,
    openHome() {
      const { channel } = directChannel(world, [core.app.botUser, user], core.now());
      core.events.send({ type: 'app_home_opened', user, channel: channel.id, tab: 'home' });
    },
  };
}
