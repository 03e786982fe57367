import type { KnownBlock } from '@slack/types';

/** A message as Slack shows it. `text` is a whole sentence: screen readers and push notifications have nothing else. */
export type Message = { text: string; blocks: KnownBlock[] };

/** Slack refuses more than 50 blocks, and `msg_blocks_too_long` comes at about 13,200 characters over all (bolt-js#2509). */
const limits = { blocks: 50, characters: 13_000, text: 3000 };

/** True when these blocks fit into one message. */
export const fits = (blocks: KnownBlock[]): boolean =>
  blocks.length <= limits.blocks && JSON.stringify(blocks).length <= limits.characters;

/** A message within Slack's limits: of too many blocks those nearest the end give way, except for the very last. */
export function messageOf(text: string, blocks: KnownBlock[]): Message {
  const kept = [...blocks];
  while (!fits(kept) && kept.length > 1) kept.splice(-2, 1);
  return {
    text: text.length > limits.text ? `${text.slice(0, text.lastIndexOf(' ', limits.text))} …` : text,
    blocks: kept,
  };
}
