import { type Core, refuse } from '../core.ts';
import { wireMessage } from '../wire.ts';
import type { Channel, Json, Message } from '../world.ts';
import { channelArg, flag, mustBeIn, page, text } from './args.ts';
import type { Args, Method } from './registry.ts';

function readable(core: Core, args: Args): Channel {
  const channel = channelArg(core, args);
  mustBeIn(core, channel, 'not_in_channel');
  return channel;
}

function within(messages: Message[], args: Args): Message[] {
  const bound = (name: string, otherwise: number) => {
    const value = text(args, name);
    if (value === undefined) return otherwise;
    return Number.isFinite(Number(value)) ? Number(value) : refuse(`invalid_ts_${name}`);
  };
  const oldest = bound('oldest', 0);
  const latest = bound('latest', Number.POSITIVE_INFINITY);
  const inclusive = flag(args, 'inclusive');
  return messages.filter(({ ts }) => {
    const at = Number(ts);
    return inclusive ? at >= oldest && at <= latest : at > oldest && at < latest;
  });
}

function answer(core: Core, messages: Message[], args: Args): Json {
  const { items, response_metadata, more } = page(messages, args, 999);
  const metadata = flag(args, 'include_all_metadata');
  return {
    messages: items.map((message) => wireMessage(message, core.app, core.world, { metadata })),
    has_more: more,
    response_metadata,
  };
}

/** Reading back: newest first in a channel, oldest first in a thread; metadata only with `include_all_metadata`. */
export const historyMethods: Record<string, Method> = {
  'conversations.history': (core, args) => {
    const top = readable(core, args).messages.filter(
      (message) => !message.threadTs || message.threadTs === message.ts,
    );
    return answer(core, within(top, args).reverse(), args);
  },
  'conversations.replies': (core, args) => {
    const ts = text(args, 'ts');
    const channel = channelArg(core, args);
    const parent = channel.messages.find((message) => message.ts === ts) ?? refuse('thread_not_found');
    const replies = channel.messages.filter(
      (message) => message.threadTs === parent.ts && message !== parent,
    );
    return answer(core, [parent, ...within(replies, args)], args);
  },
};
