import { z } from 'zod';
import { Duration, RedisConnection } from '../input.ts';
import { askRedis } from '../redis/ask-redis.ts';
import { judgeStream } from '../redis/judge-stream.ts';
import { locateMaster, unanswered } from '../redis/locate-master.ts';
import { viewStream } from '../redis/stream-view.ts';
import { defineStep } from '../step.ts';

/** What both stream steps need to know. */
export const StreamInput = z.strictObject({
  redis: RedisConnection.describe('The Redis: address, or sentinels and master'),
  stream: z.string().min(1).max(200).describe('The key of the stream'),
  group: z.string().min(1).max(200).describe('The consumer group'),
  min_idle: Duration.prefault('60s').describe('Entries pending for longer are overdue'),
  vanished_after: Duration.prefault('60s').describe(
    'A consumer that asked for nothing for this long has vanished',
  ),
  poison_after: z
    .number()
    .int()
    .min(2)
    .max(1000)
    .default(5)
    .describe('Entries delivered this often are poison'),
  patience: Duration.prefault('2s').describe('How long Redis may take before it counts as silent'),
});

/** The question behind an input. */
export const questionOf = (input: z.output<typeof StreamInput>) => ({
  stream: input.stream,
  group: input.group,
  minIdleMs: input.min_idle,
  vanishedAfterMs: input.vanished_after,
  poisonAfter: input.poison_after,
});

/** Reads who holds what in a consumer group, and for how long. */
export const redisStreamsPending = defineStep({
  name: 'redis-streams-pending',
  about:
    'Reads a Redis Streams consumer group: pending per consumer, oldest idle, vanished consumers, poison entries.',
  effect: 'read',
  input: StreamInput,
  example: { redis: { address: '10.0.0.1:6379' }, stream: 'orders', group: 'billing' },
  targets: ['redis', 'stream', 'group'],
  timeoutMs: 10_000,
  target: ({ stream, group }) => `redis-stream ${stream} ${group}`,
  run: async (input, { signal, secret, language }) => {
    const { address, login } = await locateMaster(input.redis, secret, input.patience, signal);
    const question = questionOf(input);
    const answer = await askRedis(address, login, input.patience, signal, (ask) => viewStream(ask, question));
    if (answer.state !== 'answered') throw unanswered(address, answer.state, answer.reason);
    return judgeStream(answer.value, question, language);
  },
});
