import type { Ask } from './ask-redis.ts';
import { pairs } from './info-fields.ts';

/** What to look at, and from when on something counts. Times are milliseconds; without a group all groups are looked at. */
export type StreamQuestion = {
  stream: string;
  group: string | null;
  minIdleMs: number;
  vanishedAfterMs: number;
  poisonAfter: number;
};

/** A question about one group. */
export type GroupQuestion = StreamQuestion & { group: string };

/** One consumer of a group. */
export type ConsumerView = {
  name: string;
  pending: number;
  /** Since it last tried something; before Redis 7.2 since it last got something, so that a waiting consumer seems idle. */
  idleMs: number;
  /** Since it last got something: Redis 7.2 and later, null before and for a consumer that never did. */
  inactiveMs: number | null;
  oldestIdleMs: number;
  /** The most deliveries that one of its overdue entries has seen. */
  deliveries: number;
};

/** A pending entry that was delivered too often. */
export type PoisonEntry = { id: string; consumer: string; idleMs: number; deliveries: number };

/** A consumer group at one moment. */
export type GroupView = {
  name: string;
  pending: number;
  /** Pending entries idle for at least the asked time; `more` when only the first were looked at. */
  overdue: number;
  more: boolean;
  /** Entries nobody has read; null before Redis 7 and after an XDEL or a trim inside the unread part. */
  lag: number | null;
  /** Whether there is any entry that the group has not read, known even where their number is not. */
  unread: boolean;
  /** Whether idle consumers tell attempts from results (Redis 7.2). */
  tellsAttempts: boolean;
  consumers: ConsumerView[];
  poison: PoisonEntry[];
};

/** A stream with the groups that were asked about, and the names of all it has. */
export type StreamView = { length: number; groups: GroupView[]; names: string[] };

/** How many pending entries one look reads at most: enough to name the culprit, bounded for a backlog of millions. */
const scanned = 1000;

/** How many groups are looked at when none is named. */
const mostGroups = 20;

/** Looks at a stream's groups with read commands only: XINFO and XPENDING. Null when there is no such stream. */
export async function viewStream(ask: Ask, question: StreamQuestion): Promise<StreamView | null> {
  const { stream, group } = question;
  let replies: [unknown, unknown];
  try {
    replies = await Promise.all([ask('XINFO', 'STREAM', stream), ask('XINFO', 'GROUPS', stream)]);
  } catch (error) {
    if (error instanceof Error && error.message.startsWith('ERR no such key')) return null;
    throw error;
  }
  const info = pairs(replies[0]);
  const all = (replies[1] as unknown[]).map(pairs);
  const asked = group === null ? all.slice(0, mostGroups) : all.filter(({ name }) => name === group);
  return {
    length: Number(info.length),
    names: all.map(({ name }) => name!),
    groups: await Promise.all(
      asked.map((fields) => groupView(ask, { ...question, group: fields.name! }, fields, info)),
    ),
  };
}

async function groupView(
  ask: Ask,
  question: GroupQuestion,
  fields: Record<string, string>,
  info: Record<string, string>,
): Promise<GroupView> {
  const { stream, group, minIdleMs } = question;
  const [consumers, entries] = await Promise.all([
    ask('XINFO', 'CONSUMERS', stream, group),
    ask('XPENDING', stream, group, 'IDLE', minIdleMs, '-', '+', scanned),
  ]);
  const overdue = (entries as unknown[][]).map(([id, consumer, idle, deliveries]) => ({
    id: String(id),
    consumer: String(consumer),
    idleMs: Number(idle),
    deliveries: Number(deliveries),
  }));
  const raw = (consumers as unknown[]).map(pairs);
  const lag =
    fields.lag === undefined || fields.lag === 'null' || fields.lag === '' ? null : Number(fields.lag);
  const lastDelivered = fields['last-delivered-id'] ?? '';
  return {
    name: group,
    pending: Number(fields.pending),
    overdue: overdue.length,
    more: overdue.length === scanned,
    lag,
    unread: lag === null ? Number(info.length) > 0 && lastDelivered !== info['last-generated-id'] : lag > 0,
    tellsAttempts: raw.some(({ inactive }) => inactive !== undefined),
    consumers: raw.map(({ name = '', pending, idle, inactive }) => {
      const own = overdue.filter((entry) => entry.consumer === name);
      return {
        name,
        pending: Number(pending),
        idleMs: Number(idle),
        inactiveMs: inactive === undefined || Number(inactive) < 0 ? null : Number(inactive),
        oldestIdleMs: Math.max(0, ...own.map((entry) => entry.idleMs)),
        deliveries: Math.max(0, ...own.map((entry) => entry.deliveries)),
      };
    }),
    poison: overdue.filter((entry) => entry.deliveries >= question.poisonAfter),
  };
}
