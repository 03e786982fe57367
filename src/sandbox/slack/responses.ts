import { blocksTooLong, checkBlocks } from './blocks/check.ts';
import type { ResponseTarget } from './capabilities.ts';
import type { Core } from './core.ts';
import { addMessage, editMessage, removeMessage } from './posts.ts';
import { type Json, type Message, messageAt } from './world.ts';

/** What an app says through a response URL or as the immediate answer to a command. */
export type Reply = {
  text?: unknown;
  blocks?: unknown;
  attachments?: unknown;
  response_type?: unknown;
  replace_original?: unknown;
  delete_original?: unknown;
  thread_ts?: unknown;
};

/** Shows a reply to the person (or the channel), or says why it can't be shown. */
export function applyReply(
  core: Core,
  target: ResponseTarget,
  reply: Reply,
): { message?: Message } | { error: string } {
  const channel = core.world.channels.get(target.channel)!;
  const original = target.ts === undefined ? undefined : messageAt(channel, target.ts, target.user);
  if (reply.delete_original === true) {
    if (original) removeMessage(core, channel, original);
    return {};
  }
  const blocks = (reply.blocks ?? []) as Json[];
  if (!Array.isArray(blocks)) return { error: 'invalid_blocks_format' };
  if (checkBlocks(blocks, 'message').length > 0 || blocksTooLong(blocks)) return { error: 'invalid_blocks' };
  const text = typeof reply.text === 'string' ? reply.text : '';
  const attachments = (reply.attachments ?? []) as Json[];
  if (!text && blocks.length === 0 && attachments.length === 0) return { error: 'no_text' };
  if (reply.replace_original === true && original) {
    editMessage(core, channel, original, { text, blocks, attachments });
    return { message: original };
  }
  const message = addMessage(core, channel, {
    user: core.app.botUser,
    byApp: true,
    text,
    blocks,
    attachments,
    threadTs: typeof reply.thread_ts === 'string' ? reply.thread_ts : undefined,
    onlyFor: reply.response_type === 'in_channel' ? undefined : target.user,
  });
  return { message };
}
