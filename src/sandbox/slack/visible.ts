import { mentionsOf } from './mentions.ts';
import type { Channel, Json, Message, World } from './world.ts';

/** A channel as people see it, in words that are the same in every run. */
export type VisibleChannel = {
  archived: boolean;
  members: string[];
  topic: string;
  purpose: string;
  bookmarks: { title: string; link: string }[];
  pins: number[];
  messages: {
    by: string;
    text: string;
    blocks: Json[];
    attachments: Json[];
    thread: number | undefined;
    reactions: Json[];
  }[];
};

/**
 * The workspace as people see it, for comparing two runs: ids become names, times and generated ids are masked, and
 * `mask` takes out what else differs (incident numbers, run ids). Grey lines, ephemeral messages and edit counts are left out.
 * Conversations are keyed by `#name`, direct ones by `dm:` and the people in them.
 */
export function visible(
  world: World,
  mask: (text: string) => string = (text) => text,
): Record<string, VisibleChannel> {
  const named = (text: string) =>
    text
      .replace(
        /\b[UCD]0[A-Z0-9]+\b/g,
        (id) => world.users.get(id)?.name ?? nameOf(world, world.channels.get(id)) ?? id,
      )
      .replace(/\b\d{10}\.\d{6}\b/g, '<ts>')
      .replace(/<!date\^\d+/g, '<!date^<time>');
  const clean = (value: unknown): unknown => JSON.parse(mask(named(JSON.stringify(withoutMadeIds(value)))));
  const channels = [...world.channels.values()].map((channel): [string, VisibleChannel] => {
    const spoken = channel.messages.filter((message) => !message.subtype);
    const shown = {
      archived: channel.archived,
      members: channel.members.map((id) => world.users.get(id)?.name ?? id).sort(),
      topic: channel.topic,
      purpose: channel.purpose,
      bookmarks: channel.bookmarks.map(({ title, link }) => ({ title, link })),
      pins: channel.pins.map((ts) => spoken.findIndex((message) => message.ts === ts)),
      messages: spoken.map(({ user, text, blocks, attachments, threadTs, reactions }) => ({
        by: user,
        text,
        blocks,
        attachments,
        thread: threadTs ? spoken.findIndex((message) => message.ts === threadTs) : undefined,
        reactions,
      })),
    };
    return [mask(nameOf(world, channel)!), clean(shown) as VisibleChannel];
  });
  return Object.fromEntries(channels.sort(([a], [b]) => a.localeCompare(b)));
}

/** Messages that make a person's phone buzz: direct ones from somebody else, and those that mention them or everybody. */
export function pingsOf(world: World, user: string): { channel: Channel; message: Message }[] {
  return [...world.channels.values()]
    .filter((channel) => channel.members.includes(user))
    .flatMap((channel) =>
      channel.messages
        .filter((message) => message.user !== user && !message.subtype)
        .filter(
          (message) => channel.kind === 'im' || channel.kind === 'mpim' || reaches(message, user, world),
        )
        .map((message) => ({ channel, message })),
    );
}

function reaches(message: Message, user: string, world: World): boolean {
  return mentionsOf(message, world).some((mention) => {
    if (mention.type === 'broadcast') return true;
    if (mention.type === 'user') return mention.id === user;
    const group = world.usergroups.find(({ id }) => mention.type === 'usergroup' && id === mention.id);
    return group?.users.includes(user) ?? false;
  });
}

function nameOf(world: World, channel: Channel | undefined): string | undefined {
  if (!channel) return undefined;
  if (channel.kind !== 'im') return `#${channel.name}`;
  return `dm:${channel.members
    .map((id) => world.users.get(id)?.name ?? id)
    .sort()
    .join('+')}`;
}

/** Ids the sandbox itself made say nothing about what people see. */
function withoutMadeIds(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutMadeIds);
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(
    ([key, inner]) =>
      !(
        (key === 'block_id' && /^blk0/.test(String(inner))) ||
        (key === 'action_id' && /^act0/.test(String(inner)))
      ),
  );
  return Object.fromEntries(kept.map(([key, inner]) => [key, withoutMadeIds(inner)]));
}
