import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { Duration, RedisConnection, RedisLogin, streamTarget } from '../input.ts';
import { defineStep, type StepResult } from '../step.ts';
import { askRedis, type Unanswered } from '../systems/redis/ask-redis.ts';
import { judgeStream, worthASecondLook } from '../systems/redis/judge-stream.ts';
import { locateMaster } from '../systems/redis/locate-master.ts';
import { sentinelMessages } from '../systems/redis/sentinel-messages.ts';
import { streamMessages } from '../systems/redis/stream-messages.ts';
import { viewStream } from '../systems/redis/stream-view.ts';

/** What all steps about one consumer group need to know. */
export const StreamInput = z.strictObject({
  redis: RedisConnection.describe('The Redis: address, or sentinels and master'),
  stream: z.string().min(1).max(200).describe('The key of the stream'),
  group: z.string().min(1).max(200).describe('The consumer group'),
  min_idle: Duration.prefault('60s').describe('Entries pending for longer are overdue'),
  vanished_after: Duration.prefault('60s').describe(
    'A consumer that asked for nothing for this long has vanished; more than its longest work and its BLOCK',
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

/** Changes may sign in with an account of their own; the one in `redis` then only finds the master. */
export const ChangeLogin = {
  username: RedisLogin.username.describe('ACL user for this change; default the one in redis'),
  password: RedisLogin.password,
};

/** The connection a change uses. */
export const connectionOf = (input: {
  redis: RedisConnection;
  username: string | undefined;
  password: RedisConnection['password'];
}): RedisConnection =>
  input.username === undefined
    ? input.redis
    : { ...input.redis, username: input.username, password: input.password };

/** The question behind an input. */
export const questionOf = <Group extends string | null>(
  input: Omit<z.output<typeof StreamInput>, 'group'> & { group: Group },
) => ({
  stream: input.stream,
  group: input.group,
  minIdleMs: input.min_idle,
  vanishedAfterMs: input.vanished_after,
  poisonAfter: input.poison_after,
});

const input = StreamInput.extend({
  redis: RedisConnection.describe(
    'The Redis: address, or sentinels and master; ACL of a reading account: -@all %R~STREAM +xinfo +xpending',
  ),
  group: z
    .string()
    .min(1)
    .max(200)
    .nullish()
    .transform((group) => group ?? null)
    .describe('The consumer group; without it all groups of the stream, at most 20'),
  max_lag: z
    .number()
    .int()
    .min(0)
    .default(10_000)
    .describe('More unread entries than this are a warning, though consumers are alive'),
  dead_after: Duration.prefault('1d').describe(
    'A consumer without entries that is silent for longer is dead',
  ),
  again_after: Duration.prefault('1s').describe(
    'A suspicion is confirmed by a second look after this time: who still acknowledges has not vanished',
  ),
});

/** Reads who holds what in the consumer groups of a stream, and for how long. */
export const redisStreamsPending = defineStep({
  name: 'redis-streams-pending',
  about:
    'Reads the consumer groups of a Redis stream: unread entries, pending per consumer, oldest idle, deliveries, vanished and dead consumers, poison entries.',
  effect: 'read',
  input,
  example: { redis: { address: '10.0.0.1:6379' }, stream: 'orders', group: 'billing' },
  targets: ['redis', 'stream', 'group'],
  timeoutMs: 10_000,
  target: streamTarget,
  run: async (input, { signal, secret, language }) => {
    const { address, login } = await locateMaster(input.redis, secret, input.patience, signal);
    const question = questionOf(input);
    const limits = { maxLag: input.max_lag, deadAfterMs: input.dead_after };
    const look = () => askRedis(address, login, input.patience, signal, (ask) => viewStream(ask, question));
    const unknown = ({ state, reason }: { state: Unanswered; reason: string }): StepResult => {
      const how = sentinelMessages(language).unanswered[state];
      const words = state === 'denied' || state === 'rejected' || state === 'broken' ? reason : '';
      const sentence = streamMessages(language).unasked(address, how, words);
      return { verdict: 'unknown', sentence, evidence: { columns: [], rows: [] } };
    };
    const first = await look();
    if (first.state !== 'answered') return unknown(first);
    if (!worthASecondLook(first.value, question, limits))
      return judgeStream(first.value, question, limits, language);
    await delay(Math.min(input.again_after, 3000), undefined, { signal });
    const second = await look();
    if (second.state !== 'answered') return unknown(second);
    return judgeStream(second.value, question, limits, language, first.value);
  },
});
