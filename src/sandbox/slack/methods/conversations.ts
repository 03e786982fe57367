import { channelNameError } from '../channel-names.ts';
import { type Core, refuse } from '../core.ts';
import { addMessage } from '../posts.ts';
import { wireChannel } from '../wire.ts';
import { type Channel, newChannel, newTs } from '../world.ts';
import { channelArg, flag, list, mustBeIn, mustBeOpen, page, text } from './args.ts';
import type { Args, Method } from './registry.ts';

const maxTopic = 250;

function shared(core: Core, args: Args): Channel {
  const channel = channelArg(core, args);
  if (channel.kind === 'im' || channel.kind === 'mpim') refuse('method_not_supported_for_channel_type');
  return channel;
}

function notice(core: Core, channel: Channel, subtype: string, words: string): void {
  const user = core.app.botUser;
  addMessage(core, channel, { user, byApp: true, subtype, text: `<@${user}> ${words}` });
}

function describe(core: Core, args: Args, part: 'topic' | 'purpose') {
  const channel = channelArg(core, args);
  if (channel.kind === 'im') refuse('method_not_supported_for_channel_type');
  mustBeIn(core, channel);
  mustBeOpen(channel);
  const value = text(args, part) ?? '';
  if (value.length > maxTopic) refuse('too_long');
  // Slack writes a grey line for a change only; setting the same topic again is silent.
  if (channel[part] !== value) {
    channel[part] = value;
    notice(
      core,
      channel,
      `channel_${part}`,
      `set the channel ${part === 'topic' ? 'topic' : 'description'}: ${value}`,
    );
  }
  return { channel: wireChannel(channel, core.app, core.world) };
}

function event(core: Core, channel: Channel, type: string, details: object): void {
  core.events.send({ type, ...details, event_ts: newTs(core.world, core.now()) }, channel);
}

const scopeOfType = (type: string): string =>
  `${{ public_channel: 'channels', private_channel: 'groups' }[type] ?? type}:read`;

/** What a conversation is: create, rename, describe, archive, list. */
export const conversationMethods: Record<string, Method> = {
  'conversations.create': (core, args) => {
    const name = text(args, 'name') ?? '';
    const error = channelNameError(core.world, name);
    if (error) refuse(error);
    const kind = flag(args, 'is_private') ? 'private' : 'public';
    const channel = newChannel(core.world, { kind, name, creator: core.app.botUser, now: core.now() });
    notice(core, channel, 'channel_join', 'has joined the channel');
    return { channel: wireChannel(channel, core.app, core.world) };
  },
  'conversations.rename': (core, args) => {
    const channel = shared(core, args);
    mustBeIn(core, channel);
    mustBeOpen(channel);
    const name = text(args, 'name') ?? '';
    const error = name === channel.name ? undefined : channelNameError(core.world, name);
    if (error) refuse(error);
    const old = channel.name;
    channel.name = name;
    notice(core, channel, 'channel_name', `renamed the channel from "${old}" to "${name}"`);
    event(core, channel, 'channel_rename', { channel: { id: channel.id, name, created: channel.createdAt } });
    return { channel: wireChannel(channel, core.app, core.world) };
  },
  'conversations.setTopic': (core, args) => describe(core, args, 'topic'),
  'conversations.setPurpose': (core, args) => describe(core, args, 'purpose'),
  'conversations.archive': (core, args) => {
    const channel = shared(core, args);
    mustBeIn(core, channel);
    if (channel.general) refuse('cant_archive_general');
    if (channel.archived) refuse('already_archived');
    notice(core, channel, 'channel_archive', 'archived the channel');
    event(core, channel, 'channel_archive', { channel: channel.id, user: core.app.botUser });
    channel.archived = true;
    core.changed();
    return {};
  },
  'conversations.unarchive': (core, args) => {
    const channel = shared(core, args);
    if (!channel.archived) refuse('not_archived');
    channel.archived = false;
    notice(core, channel, 'channel_unarchive', 'unarchived the channel');
    event(core, channel, 'channel_unarchive', { channel: channel.id, user: core.app.botUser });
    return {};
  },
  'conversations.info': (core, args) => ({
    channel: wireChannel(channelArg(core, args), core.app, core.world),
  }),
  'conversations.list': (core, args) => {
    const types = list(args, 'types').length > 0 ? list(args, 'types') : ['public_channel'];
    if (types.some((type) => !['public_channel', 'private_channel', 'mpim', 'im'].includes(type)))
      refuse('invalid_types');
    const lacking = types.map(scopeOfType).filter((scope) => !core.app.scopes.includes(scope));
    if (lacking.length > 0)
      refuse('missing_scope', { needed: lacking.join(','), provided: core.app.scopes.join(',') });
    const seen = [...core.world.channels.values()].filter(
      (channel) =>
        types.includes(
          channel.kind === 'public' || channel.kind === 'private' ? `${channel.kind}_channel` : channel.kind,
        ) &&
        (channel.kind === 'public' || channel.members.includes(core.app.botUser)) &&
        !(flag(args, 'exclude_archived') && channel.archived),
    );
    const { items, response_metadata } = page(seen, args);
    return {
      channels: items.map((channel) => wireChannel(channel, core.app, core.world)),
      response_metadata,
    };
  },
};
