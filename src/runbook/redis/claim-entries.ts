import type { Ask } from './ask-redis.ts';
import type { StreamQuestion } from './stream-view.ts';

/** How much one claim may do. */
export type ClaimBounds = { consumer: string; deadLetter: string; batch: number; most: number };

/** What a claim did. Numbers are entries. */
export type Claimed = { moved: number; dead: number; deleted: number };

/**
 * Sets one poison entry aside: copies it to the dead-letter stream with where it came from, then acknowledges it, in one step, and
 * only while it still is idle and poison. 1 = set aside, -1 = its content had been deleted (acknowledged), 0 = not any more.
 */
const setAside = `
local found = redis.call('XPENDING', KEYS[1], ARGV[1], 'IDLE', ARGV[3], ARGV[2], ARGV[2], 1)[1]
if not found or tonumber(found[4]) < tonumber(ARGV[4]) then return 0 end
local entry = redis.call('XRANGE', KEYS[1], ARGV[2], ARGV[2])[1]
if not entry then redis.call('XACK', KEYS[1], ARGV[1], ARGV[2]); return -1 end
local fields = entry[2]
for _, field in ipairs({'dead:stream', KEYS[1], 'dead:group', ARGV[1], 'dead:id', ARGV[2], 'dead:consumer', found[2], 'dead:deliveries', found[4]}) do
  table.insert(fields, tostring(field))
end
redis.call('XADD', KEYS[2], '*', unpack(fields))
redis.call('XACK', KEYS[1], ARGV[1], ARGV[2])
return 1`;

/**
 * Sets the poison entries aside, then moves idle entries to a live consumer in batches, at most \`most\` of each kind.
 * \`onProgress\` hears the running total after every batch, so that a broken connection can still say how far it came.
 */
export async function claimEntries(
  ask: Ask,
  question: StreamQuestion,
  bounds: ClaimBounds,
  signal: AbortSignal,
  onProgress: (soFar: Claimed) => void,
): Promise<Claimed> {
  const { stream, group, minIdleMs, poisonAfter } = question;
  const done: Claimed = { moved: 0, dead: 0, deleted: 0 };
  let from = '-';
  for (let looked = 0; looked < bounds.most; ) {
    signal.throwIfAborted();
    const page = (await ask(
      'XPENDING',
      stream,
      group,
      'IDLE',
      minIdleMs,
      from,
      '+',
      bounds.batch,
    )) as unknown[][];
    for (const [id, , , deliveries] of page) {
      if (Number(deliveries) < poisonAfter) continue;
      const result = await ask(
        'EVAL',
        setAside,
        2,
        stream,
        bounds.deadLetter,
        group,
        String(id),
        minIdleMs,
        poisonAfter,
      );
      if (result === 1) done.dead += 1;
      if (result === -1) done.deleted += 1;
      onProgress({ ...done });
    }
    looked += page.length;
    if (page.length < bounds.batch) break;
    from = `(${String(page.at(-1)![0])}`;
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
