import type { Ask } from './ask-redis.ts';
import { pairs } from './info-fields.ts';

/** What to look at, and from when on something counts. Times are milliseconds. */
export type StreamQuestion = {
  stream: string;
  group: string;
  minIdleMs: number;
  vanishedAfterMs: number;
  poisonAfter: number;
};

/** One consumer of the group. */
export type ConsumerView = {
  name: string;
  pending: number;
  idleMs: number;
  oldestIdleMs: number;
  vanished: boolean;
};

/** A pending entry that was delivered too often. */
export type PoisonEntry = { id: string; consumer: string; idleMs: number; deliveries: number };

/** A consumer group at one moment. `null` stands for a stream or group that does not exist. */
export type StreamView = {
  length: number;
  pending: number;
  /** Pending entries idle for at least the asked time; `more` when only the first were looked at. */
  overdue: number;
  more: boolean;
  lag: number | null;
  consumers: ConsumerView[];
  poison: PoisonEntry[];
};

/** How many pending entries one look reads at most: enough to name the culprit, bounded for a backlog of millions. */
const scanned = 1000;

/** Looks at a consumer group with read commands only: XINFO and XPENDING. */
export async function viewStream(ask: Ask, question: StreamQuestion): Promise<StreamView | null> {
  const { stream, group, minIdleMs } = question;
  let replies: unknown[];
  try {
    replies = await Promise.all([
      ask('XINFO', 'STREAM', stream),
      ask('XINFO', 'GROUPS', stream),
      ask('XINFO', 'CONSUMERS', stream, group),
      ask('XPENDING', stream, group, 'IDLE', minIdleMs, '-', '+', scanned),
    ]);
  } catch (error) {
    if (error instanceof Error && /^(NOGROUP|ERR no such key)/.test(error.message)) return null;
    throw error;
  }
  const [info, groups, consumers, entries] = replies;
  const own = (groups as unknown[]).map(pairs).find(({ name }) => name === group);
  if (!own) return null;
  const overdue = (entries as unknown[][]).map(([id, consumer, idle, deliveries]) => ({
    id: String(id),
    consumer: String(consumer),
    idleMs: Number(idle),
    deliveries: Number(deliveries),
  }));
  const seen = (consumers as unknown[]).map(pairs).map((fields) => {
    const name = fields.name!;
    const idleMs = Number(fields.idle);
    const pending = Number(fields.pending);
    const idles = overdue.filter((entry) => entry.consumer === name).map((entry) => entry.idleMs);
    const vanished = pending > 0 && idleMs >= question.vanishedAfterMs;
    return { name, pending, idleMs, oldestIdleMs: Math.max(0, ...idles), vanished };
  });
  return {
    length: Number(pairs(info).length),
    pending: Number(own.pending),
    overdue: overdue.length,
    more: overdue.length === scanned,
    // Absent before Redis 7, and null after an XDEL or a trim inside the unread part.
    lag: own.lag === undefined || own.lag === 'null' || own.lag === '' ? null : Number(own.lag),
    consumers: seen,
    poison: overdue.filter((entry) => entry.deliveries >= question.poisonAfter),
  };
}
