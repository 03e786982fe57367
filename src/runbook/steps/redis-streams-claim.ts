import { z } from 'zod';
import { formatDuration } from '../../kit/duration.ts';
import { RedisConnection, streamTarget } from '../input.ts';
import { defineStep, type StepResult } from '../step.ts';
import { askRedis } from '../systems/redis/ask-redis.ts';
import { type Claimed, claimEntries } from '../systems/redis/claim-entries.ts';
import { takersOf } from '../systems/redis/judge-stream.ts';
import { locateMaster } from '../systems/redis/locate-master.ts';
import { streamMessages } from '../systems/redis/stream-messages.ts';
import { viewStream } from '../systems/redis/stream-view.ts';
import { ChangeLogin, connectionOf, questionOf, StreamInput } from './redis-streams-pending.ts';

const input = StreamInput.extend({
  redis: RedisConnection.describe(
    'The Redis: address, or sentinels and master; ACL of its account: -@all ~STREAM ~DEADLETTER +xinfo +xpending +xautoclaim +eval +xrange +xadd +xack',
  ),
  ...ChangeLogin,
  consumer: z
    .string()
    .min(1)
    .max(200)
    .optional()
    .describe('Who takes the entries over; default the live consumer with the least pending'),
  dead_letter: z
    .string()
    .min(1)
    .max(200)
    .optional()
    .describe('The stream that keeps poison entries; default `<stream>:dead`'),
  batch: z.number().int().min(1).max(1000).default(100).describe('Entries per XAUTOCLAIM'),
  most: z
    .number()
    .int()
    .min(1)
    .max(100_000)
    .default(1000)
    .describe('No more entries than this are moved by one approval'),
});

const timeoutMs = 30_000;

const letterOf = ({ dead_letter, stream }: z.output<typeof input>) => dead_letter ?? `${stream}:dead`;

/** Moves stuck entries to a live consumer and sets poison entries aside. */
export const redisStreamsClaim = defineStep({
  name: 'redis-streams-claim',
  about:
    'Claims entries idle for too long for a live consumer (XAUTOCLAIM, bounded batches) and sets poison entries aside in a dead-letter stream.',
  effect: 'change',
  input,
  example: { redis: { address: '10.0.0.1:6379' }, stream: 'orders', group: 'billing', most: 500 },
  targets: ['redis', 'stream', 'group', 'consumer', 'dead_letter'],
  timeoutMs,
  target: streamTarget,
  preview: (input, language) => {
    const say = streamMessages(language);
    const consumer = input.consumer ?? say.liveConsumer;
    const idle = formatDuration(input.min_idle);
    const what = say.preview(idle, consumer, input.most, input.batch, input.poison_after, letterOf(input));
    return `${input.stream} / ${input.group}: ${what}`;
  },
  run: async (input, { signal, secret, language }) => {
    const say = streamMessages(language);
    const nothing = (sentence: string): StepResult => ({
      verdict: 'fail',
      sentence,
      evidence: { columns: [], rows: [] },
    });
    const { address, login } = await locateMaster(connectionOf(input), secret, input.patience, signal);
    const question = questionOf(input);
    const before = await askRedis(address, login, input.patience, signal, (ask) => viewStream(ask, question));
    if (before.state !== 'answered') return nothing(say.untouched(address, before.reason));
    const group = before.value?.groups[0];
    if (group === undefined) return nothing(say.missing(input.stream, input.group));
    const takers = takersOf(group, input.vanished_after);
    if (input.consumer !== undefined && !takers.includes(input.consumer)) {
      return nothing(say.unknownConsumer(input.consumer, input.group));
    }
    const consumer = input.consumer ?? takers[0];
    if (consumer === undefined) return nothing(say.noLiveConsumer(input.group));

    const bounds = { consumer, deadLetter: letterOf(input), batch: input.batch, most: input.most };
    let soFar: Claimed = { moved: 0, dead: 0, deleted: 0 };
    const answer = await askRedis(address, login, timeoutMs, signal, async (ask) => {
      await claimEntries(ask, question, bounds, signal, (done) => {
        soFar = done;
      });
      return viewStream(ask, question);
    });
    const rest = answer.state === 'answered' ? (answer.value?.groups[0] ?? null) : null;
    const remaining = rest === null ? '?' : `${rest.overdue}${rest.more ? '+' : ''}`;
    const { moved, dead, deleted } = soFar;
    if ((answer.state === 'denied' || answer.state === 'rejected') && moved + dead + deleted === 0) {
      return nothing(say.untouched(address, answer.reason));
    }
    const rows = say.claimRows;
    return {
      // The entries that were counted did move; what the broken connection hid is unknown.
      verdict: answer.state === 'answered' ? (rest?.overdue ? 'warn' : 'pass') : 'unknown',
      sentence: say.claimed(moved, consumer, dead, bounds.deadLetter, deleted, remaining),
      evidence: {
        columns: say.claimColumns,
        rows: [
          [rows.moved, String(moved)],
          [rows.dead, String(dead)],
          [rows.deleted, String(deleted)],
          [rows.remaining, remaining],
        ],
      },
      facts: { moved, dead, deleted, remaining: rest?.overdue ?? null, consumer },
    };
  },
});
