import type { Ask } from './ask-redis.ts';
import type { GroupQuestion } from './stream-view.ts';

/** What became of one entry: set aside, acknowledged because its content had been deleted, or left because it is not due any more. */
export type SetAside = 'dead' | 'deleted' | 'left';

/**
 * Copies the entry to the dead-letter stream with where it came from, then acknowledges it, in one step, and only while it is
 * still pending, idle and delivered often enough. 1 = set aside, -1 = content deleted, 0 = left.
 */
const script = `
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

/** Sets one entry of a group aside, at once or not at all; needs the rights +eval +xpending +xrange +xadd +xack on both streams. */
export async function setAside(
  ask: Ask,
  { stream, group, minIdleMs }: GroupQuestion,
  { id, deadLetter, deliveries }: { id: string; deadLetter: string; deliveries: number },
): Promise<SetAside> {
  const result = await ask('EVAL', script, 2, stream, deadLetter, group, id, minIdleMs, deliveries);
  return result === 1 ? 'dead' : result === -1 ? 'deleted' : 'left';
}

/** Pending entries of one page that are idle for long enough. */
export type Overdue = { id: string; consumer: string; idleMs: number; deliveries: number };

/** Reads the overdue entries page by page, at most `most` of them, oldest first. */
export async function* overduePages(
  ask: Ask,
  { stream, group, minIdleMs }: GroupQuestion,
  { batch, most }: { batch: number; most: number },
): AsyncGenerator<Overdue[]> {
  let from = '-';
  for (let looked = 0; looked < most; ) {
    const page = (await ask('XPENDING', stream, group, 'IDLE', minIdleMs, from, '+', batch)) as unknown[][];
    yield page.map(([id, consumer, idle, deliveries]) => ({
      id: String(id),
      consumer: String(consumer),
      idleMs: Number(idle),
      deliveries: Number(deliveries),
    }));
    looked += page.length;
    if (page.length < batch) return;
    from = `(${String(page.at(-1)![0])}`;
  }
}
