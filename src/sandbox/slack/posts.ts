import type { Core } from './core.ts';
import { wireMessage } from './wire.ts';
import { type Channel, type Json, type Message, messageAt, newId, newTs } from './world.ts';

/** What somebody writes; everything but the author has a default. */
export type Draft = Partial<Omit<Message, 'ts' | 'replies' | 'reactions' | 'edits' | 'picked'>> & {
  user: string;
};

const bookkeeping = new Set([
  'channel_topic',
  'channel_purpose',
  'channel_name',
  'channel_archive',
  'channel_unarchive',
]);

/** Adds a message to a channel and tells the app. Blocks and elements without an id get one, as Slack does. */
export function addMessage(core: Core, channel: Channel, draft: Draft): Message {
  const message: Message = {
    byApp: false,
    text: '',
    attachments: [],
    metadata: undefined,
    threadTs: undefined,
    subtype: undefined,
    editedAt: undefined,
    linkNames: false,
    onlyFor: undefined,
    ...draft,
    blocks: withIds(core, draft.blocks ?? []),
    ts: newTs(core.world, core.now()),
    replies: [],
    edits: 0,
    reactions: [],
    picked: {},
  };
  (message.onlyFor ? channel.ephemerals : channel.messages).push(message);
  if (message.threadTs && !message.onlyFor) messageAt(channel, message.threadTs)?.replies.push(message.ts);
  if (!message.onlyFor) {
    const wire = wireMessage(message, core.app, core.world, { metadata: false });
    core.events.send({ ...wire, channel: channel.id, event_ts: message.ts }, channel);
    const mentionsApp = message.text.includes(`<@${core.app.botUser}>`);
    if (mentionsApp && !message.byApp && !bookkeeping.has(message.subtype ?? '') && channel.kind !== 'im')
      core.events.send({ ...wire, type: 'app_mention', channel: channel.id, event_ts: message.ts }, channel);
  }
  core.changed();
  return message;
}

/** Changes a message in place; only the parts given are replaced. */
export function editMessage(core: Core, channel: Channel, message: Message, change: Partial<Message>): void {
  Object.assign(message, change);
  if (change.blocks) message.blocks = withIds(core, change.blocks);
  message.edits += 1;
  message.editedAt = core.now();
  if (!message.onlyFor) {
    const wire = wireMessage(message, core.app, core.world, { metadata: false });
    const ts = newTs(core.world, core.now());
    core.events.send(
      { type: 'message', subtype: 'message_changed', channel: channel.id, ts, event_ts: ts, message: wire },
      channel,
    );
  }
  core.changed();
}

/** Removes a message for good, with its pin. */
export function removeMessage(core: Core, channel: Channel, message: Message): void {
  const list = message.onlyFor ? channel.ephemerals : channel.messages;
  list.splice(list.indexOf(message), 1);
  channel.pins = channel.pins.filter((ts) => ts !== message.ts);
  if (!message.onlyFor) {
    const ts = newTs(core.world, core.now());
    const event = { type: 'message', subtype: 'message_deleted', channel: channel.id, ts, event_ts: ts };
    core.events.send({ ...event, deleted_ts: message.ts }, channel);
  }
  core.changed();
}

/** Puts a person into a channel, with the grey line that Slack shows for it. */
export function joinChannel(core: Core, channel: Channel, user: string, inviter?: string): void {
  channel.members.push(user);
  addMessage(core, channel, { user, subtype: 'channel_join', text: `<@${user}> has joined the channel` });
  const event = {
    type: 'member_joined_channel',
    user,
    channel: channel.id,
    channel_type: 'C',
    team: core.world.team.id,
  };
  core.events.send(
    { ...event, ...(inviter && { inviter }), event_ts: newTs(core.world, core.now()) },
    channel,
  );
}

/** Takes a person out of a channel. */
export function leaveChannel(core: Core, channel: Channel, user: string): void {
  const event = {
    type: 'member_left_channel',
    user,
    channel: channel.id,
    channel_type: 'C',
    team: core.world.team.id,
  };
  core.events.send({ ...event, event_ts: newTs(core.world, core.now()) }, channel);
  channel.members = channel.members.filter((member) => member !== user);
  core.changed();
}

/** Adds or removes a person's reaction; false when it already was so. */
export function react(
  core: Core,
  channel: Channel,
  message: Message,
  reaction: { user: string; name: string; add: boolean },
): boolean {
  const { user, name, add } = reaction;
  const entry = message.reactions.find((known) => known.name === name) ?? { name, users: [] };
  if (entry.users.includes(user) === add) return false;
  entry.users = add ? [...entry.users, user] : entry.users.filter((other) => other !== user);
  message.reactions = [...message.reactions.filter((known) => known !== entry), entry].filter(
    ({ users }) => users.length > 0,
  );
  core.events.send(
    {
      type: add ? 'reaction_added' : 'reaction_removed',
      user,
      reaction: name,
      item: { type: 'message', channel: channel.id, ts: message.ts },
      item_user: message.user,
      event_ts: newTs(core.world, core.now()),
    },
    channel,
  );
  core.changed();
  return true;
}

/** Gives every block its `block_id` and every element its `action_id`, where the app gave none. */
export function withIds(core: Core, blocks: Json[]): Json[] {
  const element = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null || !needsAction(value as Json)) return value;
    return { action_id: newId(core.world, 'act'), ...value };
  };
  return blocks.map((block) => ({
    ...block,
    block_id: block.block_id ?? newId(core.world, 'blk'),
    ...(block.type === 'actions' && { elements: (block.elements as unknown[]).map(element) }),
    ...(block.accessory !== undefined && { accessory: element(block.accessory) }),
    ...(block.type === 'input' && { element: element(block.element) }),
  }));
}

const needsAction = (element: Json): boolean => element.type !== 'image';
