import { type Core, refuse } from '../core.ts';
import { joinChannel, leaveChannel } from '../posts.ts';
import { wireChannel } from '../wire.ts';
import { type Channel, directChannel } from '../world.ts';
import { channelArg, flag, list, mustBeIn, mustBeOpen, page, text } from './args.ts';
import type { Args, Method } from './registry.ts';

const maxInvited = 100;
const maxInDirect = 8;

/** Who belongs to a conversation: invite, join, kick, members, open. */
export const memberMethods: Record<string, Method> = {
  'conversations.invite': invite,
  'conversations.join': (core, args) => {
    const channel = channelArg(core, args);
    if (channel.kind !== 'public') refuse('method_not_supported_for_channel_type');
    mustBeOpen(channel);
    const already = channel.members.includes(core.app.botUser);
    if (!already) joinChannel(core, channel, core.app.botUser);
    return {
      channel: wireChannel(channel, core.app, core.world),
      ...(already && { warning: 'already_in_channel' }),
    };
  },
  'conversations.kick': (core, args) => {
    const channel = channelArg(core, args);
    mustBeIn(core, channel);
    const user = text(args, 'user') ?? '';
    if (user === core.app.botUser) refuse('cant_kick_self');
    if (channel.general) refuse('cant_kick_from_general');
    if (!core.world.users.has(user)) refuse('user_not_found');
    if (!channel.members.includes(user)) refuse('not_in_channel');
    leaveChannel(core, channel, user);
    return {};
  },
  'conversations.members': (core, args) => {
    const { items, response_metadata } = page(channelArg(core, args).members, args);
    return { members: items, response_metadata };
  },
  'conversations.open': (core, args) => {
    if (text(args, 'channel')) return { channel: { id: channelArg(core, args).id } };
    const users = list(args, 'users');
    if (users.length === 0) refuse('users_list_not_supplied');
    if (users.length > maxInDirect) refuse('too_many_users');
    for (const id of users) {
      const user = core.world.users.get(id) ?? refuse('user_not_found');
      if (user.kind === 'deactivated') refuse('user_disabled');
    }
    const { channel, created } = directChannel(core.world, [core.app.botUser, ...users], core.now());
    if (created) core.changed();
    const shown = flag(args, 'return_im') ? wireChannel(channel, core.app, core.world) : { id: channel.id };
    return { channel: shown, ...(!created && { no_op: true, already_open: true }) };
  },
};

function invite(core: Core, args: Args) {
  const channel = channelArg(core, args);
  if (channel.kind === 'im' || channel.kind === 'mpim') refuse('method_not_supported_for_channel_type');
  mustBeIn(core, channel);
  mustBeOpen(channel);
  const users = [...new Set(list(args, 'users'))];
  if (users.length > maxInvited)
    refuse('invalid_arguments', {
      response_metadata: {
        messages: [`[ERROR] no more than ${maxInvited} items allowed [json-pointer:/users]`],
      },
    });
  const verdicts = users.map((user) => ({ user, error: invitationError(core, channel, user) }));
  const errors = verdicts
    .filter(({ error }) => error)
    .map(({ user, error }) => ({ user, ok: false, error: error! }));
  const willing = verdicts.filter(({ error }) => !error);
  // One wrong id refuses the whole batch, unless the caller forces the rest through.
  if (errors.length > 0 && (!flag(args, 'force') || willing.length === 0))
    refuse(errors[0]!.error, { errors });
  for (const { user } of willing) joinChannel(core, channel, user, core.app.botUser);
  return { channel: wireChannel(channel, core.app, core.world), ...(errors.length > 0 && { errors }) };
}

function invitationError(core: Core, channel: Channel, id: string): string | undefined {
  const user = core.world.users.get(id);
  if (!user) return 'user_not_found';
  if (id === core.app.botUser) return 'cant_invite_self';
  if (channel.members.includes(id)) return 'already_in_channel';
  return user.kind === 'deactivated' ? 'cant_invite' : undefined;
}
