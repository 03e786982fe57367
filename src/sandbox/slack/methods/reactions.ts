import { refuse } from '../core.ts';
import { react } from '../posts.ts';
import { wireMessage } from '../wire.ts';
import { channelArg, messageArg, mustBeIn, text } from './args.ts';
import type { Method } from './registry.ts';

const maxEmoji = 50;

/** The family `reactions.*`, on messages. */
export const reactionMethods: Record<string, Method> = {
  'reactions.add': (core, args) => {
    const channel = channelArg(core, args);
    mustBeIn(core, channel, 'no_access');
    if (channel.archived) refuse('is_archived');
    const name = text(args, 'name') ?? '';
    if (!/^[a-z0-9_+'-]+$/.test(name)) refuse('invalid_name');
    const message = messageArg(channel, args, 'timestamp');
    const known = message.reactions.some((reaction) => reaction.name === name);
    if (!known && message.reactions.length >= maxEmoji) refuse('too_many_emoji');
    if (!react(core, channel, message, { user: core.app.botUser, name, add: true }))
      refuse('already_reacted');
    return {};
  },
  'reactions.get': (core, args) => {
    const channel = channelArg(core, args);
    const message = messageArg(channel, args, 'timestamp');
    return {
      type: 'message',
      channel: channel.id,
      message: wireMessage(message, core.app, core.world, { metadata: false }),
    };
  },
  'reactions.remove': (core, args) => {
    const channel = channelArg(core, args);
    const message = messageArg(channel, args, 'timestamp');
    const name = text(args, 'name') ?? '';
    if (!react(core, channel, message, { user: core.app.botUser, name, add: false })) refuse('no_reaction');
    return {};
  },
};
