import { Failure, reasonOf } from '../kit/failure.ts';
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

/** The code of the Failure that says: the same message is worth another try, its picture may be known by then. */
export const pictureNotReady = 'slack-picture-not-ready';

/**
 * Posts a message and resolves with its `ts`. Slack refuses a picture for a moment after its upload; with `mayWait` that is a
 * Failure (`slack-picture-not-ready`), without it the message goes without its pictures.
 */
export async function postMessage(
  where: { channel: string; metadata?: object },
  message: Message,
  call: SlackCall,
  log: Log,
  mayWait = false,
): Promise<string> {
  const send = (content: Partial<Message>) =>
    call<{ ts: string }>('chat.postMessage', { ...where, ...content, ...untouched, ...unfurled });
  return (await orPlain(message, send, log, mayWait)).ts;
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
  mayWait = false,
): Promise<T> {
  try {
    return await send(message);
  } catch (error) {
    if (!layoutTroubles.has(refusalOf(error) ?? '')) throw error;
    const blocks = message.blocks.filter(({ type }) => type !== 'image');
    if (blocks.length < message.blocks.length) {
      if (mayWait) throw notReady(error);
      log.warn({ why: reasonOf(error) }, 'Slack refused a message with a picture; it is sent without');
      return orPlain({ ...message, blocks }, send, log);
    }
    log.error({ why: reasonOf(error) }, 'Slack refused a layout; the text alone is sent');
    return send({ text: message.text });
  }
}

const notReady = (cause: unknown): Failure =>
  new Failure({
    code: pictureNotReady,
    what: 'Slack does not know the picture of a message yet',
    remedy: 'It is tried again at once, and goes without the picture before long.',
    retryAfterMs: 1000,
    cause,
  });
