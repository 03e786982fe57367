import { silent } from '../kit/log.ts';
import { plainText, slackText } from '../kit/text.ts';
import { section } from './blocks.ts';
import type { SlackCall } from './client.ts';
import { postMessage } from './send.ts';

/** Tells the operators something about Muster itself, in plain text. Rejects with a Failure when Slack does not take it. */
export type TellOperators = (text: string) => Promise<void>;

/** Creates the way to the operators' channel; with no channel configured nothing is sent. */
export function createTellOperators(call: SlackCall, channel: string | undefined): TellOperators {
  return async (text) => {
    if (channel === undefined) return;
    const shown = slackText(plainText(text, 2000));
    await postMessage({ channel }, { text: shown, blocks: [section(shown)] }, call, silent);
  };
}
