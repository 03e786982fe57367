import { reasonOf } from '../kit/failure.ts';
import type { Log } from '../kit/log.ts';
import type { SlackCall } from './client.ts';
import { refusalOf } from './failure-of.ts';
import type { Message } from './message.ts';

/** Keeps Slack from making mentions and links by itself; `chat.update` would by default (platform-facts §3.7). */
const untouched = { parse: 'none', link_names: false } as const;
const unfurled = { unfurl_links: false, unfurl_media: false } as const;

/** Refusals that are about how a message is laid out, not about what it says. */
const layoutTroubles = new Set([
  'invalid_blocks',
  'invalid_blocks_format',
  'msg_blocks_too_long',
  'block_mismatch',
]);

/** Posts a message and resolves with its `ts`. */
export async function postMessage(
  where: { channel: string; metadata?: object },
  message: Message,
  call: SlackCall,
  log: Log,
): Promise<string> {
  const send = (content: Partial<Message>) =>
    call<{ ts: string }>('chat.postMessage', { ...where, ...content, ...untouched, ...unfurled });
  return (await orPlain(message, send, log)).ts;
}

/** Puts a message in the place of an earlier one. */
export async function updateMessage(
  where: { channel: string; ts: string },
  message: Message,
  call: SlackCall,
  log: Log,
): Promise<void> {
  await orPlain(message, (content) => call('chat.update', { ...where, ...content, ...untouched }), log);
}

/** A layout that Slack does not accept is our mistake; people still get the sentence. */
async function orPlain<T>(
  message: Message,
  send: (content: Partial<Message>) => Promise<T>,
  log: Log,
): Promise<T> {
  try {
    return await send(message);
  } catch (error) {
    if (!layoutTroubles.has(refusalOf(error) ?? '')) throw error;
    log.error({ why: reasonOf(error) }, 'Slack refused a layout; the text alone is sent');
    return send({ text: message.text });
  }
}
