import type { KnownBlock } from '@slack/types';
import { reasonOf } from '../../kit/failure.ts';
import type { Log } from '../../kit/log.ts';
import type { Outbound } from '../../kit/outbound.ts';
import { section } from '../blocks.ts';
import type { SlackCall } from '../client.ts';
import { maskTexts } from '../mask-texts.ts';

/** What one person is told: `text` is mrkdwn with its outside parts escaped; without `blocks` it is shown as one section. */
export type Answer = { text: string; blocks?: KnownBlock[] };

/** Where the answer to one request can go. */
export type ReplyTo = { user: string; channel: string | null; responseUrl: string | null };

/** A plain answer. */
export const say = (text: string): Answer => ({ text });

/**
 * Tells one person something that only they see. A response URL reaches them also where the bot is no member; an ephemeral
 * message and at last a direct message follow when it can't be used. It never throws: an unheard answer is logged.
 */
export function createTell(parts: {
  call: SlackCall;
  outbound: Outbound;
  redact: (text: string) => string;
  log: Log;
}) {
  return async (to: ReplyTo, answer: Answer, options: { replace?: boolean } = {}): Promise<void> => {
    const message = {
      text: answer.text,
      blocks: answer.blocks ?? [section(answer.text)],
      unfurl_links: false,
      unfurl_media: false,
    };
    const ways: (() => Promise<unknown>)[] = [];
    const { responseUrl, channel, user } = to;
    if (responseUrl) {
      const how = { response_type: 'ephemeral', replace_original: options.replace ?? false };
      const body = JSON.stringify({ ...maskTexts(message, parts.redact), ...how });
      const headers = { 'content-type': 'application/json' };
      ways.push(() => parts.outbound(responseUrl, { method: 'POST', headers, body, party: 'Slack' }));
    }
    if (channel) ways.push(() => parts.call('chat.postEphemeral', { channel, user, ...message }));
    ways.push(() => parts.call('chat.postMessage', { channel: user, ...message }));
    for (const way of ways) {
      try {
        await way();
        return;
      } catch (error) {
        parts.log.warn({ user, reason: reasonOf(error) }, 'An answer to a person in Slack was not accepted');
      }
    }
  };
}

/** Tells one person something; see `createTell`. */
export type Tell = ReturnType<typeof createTell>;
