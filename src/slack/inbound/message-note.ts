import { z } from 'zod';
import { oneLine } from '../../kit/text.ts';
import type { Desk } from './desk.ts';
import { plainMessage } from './plain-message.ts';
import type { Raw } from './verb.ts';

const Message = z.object({
  ts: z.string().regex(/^\d+\.\d+$/),
  text: z.string().default(''),
  user: z.string().optional(),
  username: z.string().optional(),
  bot_profile: z.object({ name: z.string().optional() }).optional(),
});

/** A message as far as a note needs it. */
export type SlackMessage = z.infer<typeof Message>;

/** Reads a message of Slack's; null when it is none. */
export const readMessage = (message: unknown): SlackMessage | null => Message.safeParse(message).data ?? null;

/** Gets one message from Slack, also a reply in a thread; null when it is gone. */
export async function fetchMessage(
  { deps }: Desk,
  channel: string,
  ts: string,
): Promise<SlackMessage | null> {
  const only = { channel, oldest: ts, latest: ts, inclusive: true, limit: 1 };
  for (const [method, args] of [
    ['conversations.history', only],
    ['conversations.replies', { ...only, ts }],
  ] as const) {
    const { messages } = await deps.call(method, args);
    const found = (Array.isArray(messages) ? messages : []).map(readMessage).find((one) => one?.ts === ts);
    if (found) return found;
  }
  return null;
}

/** What the verb `note` needs to take over a message: its plain text, its author's name, its own time, its permalink. */
export async function noteOf(desk: Desk, channel: string, message: SlackMessage): Promise<Raw> {
  const { permalink } = await desk.deps.call('chat.getPermalink', { channel, message_ts: message.ts });
  const author = message.user ? (await desk.who.identify(message.user)).name : undefined;
  return {
    text: plainMessage(message.text, (user) => desk.who.nameOf(desk.who.personOf(user))) || '…',
    author: author ?? oneLine(message.bot_profile?.name ?? message.username ?? 'Slack', 80),
    writtenAt: Math.floor(Number(message.ts) * 1000),
    permalink: typeof permalink === 'string' ? permalink : null,
  };
}
