import type { Ask } from './ask-redis.ts';
import { overduePages, setAside } from './set-aside.ts';
import type { GroupQuestion } from './stream-view.ts';

/** How much one claim may do. */
export type ClaimBounds = { consumer: string; deadLetter: string; batch: number; most: number };

/** What a claim did. Numbers are entries. */
export type Claimed = { moved: number; dead: number; deleted: number };

/**
 * Sets the poison entries aside, then moves idle entries to a live consumer in batches, at most \`most\` of each kind.
 * \`onProgress\` hears the running total after every batch, so that a broken connection can still say how far it came.
 */
export async function claimEntries(
  ask: Ask,
  question: GroupQuestion,
  bounds: ClaimBounds,
  signal: AbortSignal,
  onProgress: (soFar: Claimed) => void,
): Promise<Claimed> {
  const { stream, group, minIdleMs, poisonAfter } = question;
  const done: Claimed = { moved: 0, dead: 0, deleted: 0 };
  for await (const page of overduePages(ask, question, bounds)) {
    for (const { id } of page.filter(({ deliveries }) => deliveries >= poisonAfter)) {
      signal.throwIfAborted();
      const { deadLetter } = bounds;
      const result = await setAside(ask, question, { id, deadLetter, deliveries: poisonAfter });
      if (result !== 'left') done[result] += 1;
      onProgress({ ...done });
    }
    signal.throwIfAborted();
  }
  let cursor = '0-0';
  do {
    signal.throwIfAborted();
    const count = Math.min(bounds.batch, bounds.most - done.moved);
    const reply = (await ask(
      'XAUTOCLAIM',
      stream,
      group,
      bounds.consumer,
      minIdleMs,
      cursor,
      'COUNT',
      count,
      'JUSTID',
    )) as [string, string[], string[]?];
    cursor = reply[0];
    done.moved += reply[1].length;
    done.deleted += reply[2]?.length ?? 0;
    onProgress({ ...done });
  } while (cursor !== '0-0' && done.moved < bounds.most);
  return done;
}
