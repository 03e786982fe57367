import { refuse } from '../core.ts';
import { wireMessage } from '../wire.ts';
import { newTs } from '../world.ts';
import { channelArg, messageArg, mustBeIn, text } from './args.ts';
import type { Method } from './registry.ts';

const maxPins = 100;

/** The family `pins.*`. */
export const pinMethods: Record<string, Method> = {
  'pins.add': (core, args) => {
    const channel = channelArg(core, args);
    mustBeIn(core, channel);
    if (channel.archived) refuse('restricted_action');
    const ts = text(args, 'timestamp') ?? refuse('no_item_specified');
    if (!/^\d+\.\d{6}$/.test(ts)) refuse('bad_timestamp');
    const message = messageArg(channel, args, 'timestamp');
    if (message.subtype) refuse('not_pinnable');
    if (channel.pins.includes(ts)) refuse('already_pinned');
    if (channel.pins.length >= maxPins) refuse('too_many_pins');
    channel.pins.push(ts);
    const item = {
      type: 'message',
      channel: channel.id,
      message: wireMessage(message, core.app, core.world, { metadata: false }),
    };
    core.events.send(
      {
        type: 'pin_added',
        user: core.app.botUser,
        channel_id: channel.id,
        item,
        event_ts: newTs(core.world, core.now()),
      },
      channel,
    );
    core.changed();
    return {};
  },
  'pins.list': (core, args) => {
    const channel = channelArg(core, args);
    const items = channel.pins.map((ts) => ({
      type: 'message',
      channel: channel.id,
      created: Math.floor(Number(ts)),
      created_by: core.app.botUser,
      message: wireMessage(channel.messages.find((message) => message.ts === ts)!, core.app, core.world, {
        metadata: false,
      }),
    }));
    return { items };
  },
  'pins.remove': (core, args) => {
    const channel = channelArg(core, args);
    const ts = text(args, 'timestamp') ?? refuse('no_item_specified');
    messageArg(channel, args, 'timestamp');
    if (!channel.pins.includes(ts)) refuse('no_pin');
    channel.pins = channel.pins.filter((pinned) => pinned !== ts);
    core.changed();
    return {};
  },
};
