import { type Core, refuse } from '../core.ts';
import { addMessage, editMessage, removeMessage } from '../posts.ts';
import { wireMessage } from '../wire.ts';
import { type Channel, directChannel } from '../world.ts';
import { channelArg, messageArg, mustBeIn, mustBeOpen, text } from './args.ts';
import { content, metadataArg } from './content.ts';
import { mustHaveFiles } from './files.ts';
import type { Args, Method } from './registry.ts';

/** A text up to this length stays one message; a longer one is split (measured 2026-08-27, platform-facts §3.1). */
const unsplit = 4_040;
const part = 4_000;
const truncatedAt = 40_000;

/** The family `chat.*`. */
export const chatMethods: Record<string, Method> = {
  'chat.postMessage': (core, args) => {
    const channel = addressee(core, args);
    const isMember = channel.members.includes(core.app.botUser);
    if (!isMember && !core.app.scopes.includes('chat:write.public')) refuse('not_in_channel');
    mustBeOpen(channel);
    const threadTs = text(args, 'thread_ts');
    if (threadTs && !channel.messages.some((message) => message.ts === threadTs))
      refuse('cannot_reply_to_message');
    const { linkNames, blocks, attachments, ...said } = content(args, 'message');
    mustHaveFiles(core, blocks);
    const metadata = metadataArg(args) ?? undefined;
    const author = { user: core.app.botUser, byApp: true, threadTs, linkNames };
    const parts =
      blocks.length > 0 ? [said.text.slice(0, truncatedAt)] : split(said.text.slice(0, truncatedAt));
    const messages = parts.map((words, index) =>
      addMessage(core, channel, {
        ...author,
        text: words,
        ...(index === 0 && { blocks, attachments, metadata }),
      }),
    );
    const first = messages[0]!;
    return {
      channel: channel.id,
      ts: first.ts,
      message: wireMessage(first, core.app, core.world, { metadata: true }),
    };
  },
  'chat.update': (core, args) => {
    const channel = channelArg(core, args);
    mustBeOpen(channel, 'is_inactive');
    const message = messageArg(channel, args, 'ts');
    if (!message.byApp || message.subtype) refuse('cant_update_message');
    const { text: words, blocks, attachments, linkNames } = content(args, 'message');
    mustHaveFiles(core, blocks);
    if (words.length > part) refuse('msg_too_long');
    const metadata = metadataArg(args);
    editMessage(core, channel, message, {
      text: words,
      // Text alone takes the blocks away (platform-facts §3.8).
      blocks,
      attachments,
      linkNames,
      ...(metadata !== undefined && { metadata: metadata ?? undefined }),
    });
    const shown = wireMessage(message, core.app, core.world, { metadata: true });
    return { channel: channel.id, ts: message.ts, text: message.text, message: shown };
  },
  'chat.postEphemeral': (core, args) => {
    const channel = channelArg(core, args);
    mustBeIn(core, channel);
    mustBeOpen(channel);
    const user = text(args, 'user') ?? '';
    if (!channel.members.includes(user)) refuse('user_not_in_channel');
    const said = content(args, 'message');
    mustHaveFiles(core, said.blocks);
    if (said.text.length > part) refuse('msg_too_long');
    const message = addMessage(core, channel, {
      ...said,
      user: core.app.botUser,
      byApp: true,
      onlyFor: user,
      threadTs: text(args, 'thread_ts'),
    });
    return { message_ts: message.ts };
  },
  'chat.delete': (core, args) => {
    const channel = channelArg(core, args);
    const message = messageArg(channel, args, 'ts');
    if (!message.byApp || message.subtype || channel.archived) refuse('cant_delete_message');
    removeMessage(core, channel, message);
    return { channel: channel.id, ts: message.ts };
  },
  'chat.getPermalink': (core, args) => {
    const channel = channelArg(core, args);
    const message = messageArg(channel, args, 'message_ts');
    return { channel: channel.id, permalink: permalink(core.baseUrl(), channel.id, message.ts) };
  },
};

/** The link to a message, as people copy it from Slack; the sandbox's page opens it. */
export function permalink(baseUrl: string, channel: string, ts: string): string {
  return `${baseUrl}/archives/${channel}/p${ts.replace('.', '')}`;
}

function addressee(core: Core, args: Args): Channel {
  const named = text(args, 'channel') ?? '';
  const user = core.world.users.get(named);
  if (user) return user.kind === 'deactivated' ? refuse('channel_not_found') : direct(core, named);
  const byName = [...core.world.channels.values()].find(
    (channel) => channel.name === named.replace(/^#/, ''),
  );
  return named && byName ? channelArg(core, { channel: byName.id }) : channelArg(core, args);
}

function direct(core: Core, user: string): Channel {
  return directChannel(core.world, [core.app.botUser, user], core.now()).channel;
}

function split(words: string): string[] {
  if (words.length <= unsplit) return [words];
  const parts: string[] = [];
  for (let at = 0; at < words.length; at += part) parts.push(words.slice(at, at + part));
  return parts;
}
