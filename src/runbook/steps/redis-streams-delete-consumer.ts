import { z } from 'zod';
import { formatDuration } from '../../kit/duration.ts';
import { Duration, RedisConnection, streamTarget } from '../input.ts';
import { defineStep, type StepResult } from '../step.ts';
import { askRedis } from '../systems/redis/ask-redis.ts';
import { deleteConsumer } from '../systems/redis/delete-consumer.ts';
import { locateMaster } from '../systems/redis/locate-master.ts';
import { streamChangeMessages } from '../systems/redis/stream-change-messages.ts';
import { streamMessages } from '../systems/redis/stream-messages.ts';
import { viewStream } from '../systems/redis/stream-view.ts';
import { ChangeLogin, connectionOf, StreamInput } from './redis-streams-pending.ts';

const { stream, group, patience } = StreamInput.shape;

const input = z.strictObject({
  redis: RedisConnection.describe(
    'The Redis: address, or sentinels and master; ACL of its account: -@all ~STREAM +eval +xinfo +xpending +xgroup|delconsumer',
  ),
  ...ChangeLogin,
  stream,
  group,
  consumer: z
    .string()
    .min(1)
    .max(200)
    .optional()
    .describe('The consumer; default the one that is empty and silent for longest'),
  dead_after: Duration.prefault('1d').describe('It must have been silent for this long'),
  patience,
});

/** Deletes one consumer that holds nothing and is gone. */
export const redisStreamsDeleteConsumer = defineStep({
  name: 'redis-streams-delete-consumer',
  about:
    'Deletes one consumer of a group, only while it holds no entry and has been silent for long, both checked together with the deletion.',
  effect: 'change',
  input,
  example: {
    redis: { address: '10.0.0.1:6379' },
    stream: 'orders',
    group: 'billing',
    consumer: 'worker-7f9c',
  },
  targets: ['redis', 'stream', 'group', 'consumer'],
  timeoutMs: 15_000,
  target: streamTarget,
  preview: (input, language) => {
    const say = streamChangeMessages(language);
    const consumer = input.consumer ?? say.theOldest;
    return say.previewDelete(input.stream, input.group, consumer, formatDuration(input.dead_after));
  },
  run: async (input, { signal, secret, language }): Promise<StepResult> => {
    const say = streamChangeMessages(language);
    const { stream, group, dead_after: deadAfterMs } = input;
    const told = (verdict: StepResult['verdict'], sentence: string, consumer = ''): StepResult => ({
      verdict,
      sentence,
      evidence: { columns: [], rows: [] },
      facts: { consumer },
    });
    const { address, login } = await locateMaster(connectionOf(input), secret, input.patience, signal);
    const question = { stream, group, minIdleMs: 0, vanishedAfterMs: 0, poisonAfter: 1000 };
    const look = await askRedis(address, login, input.patience, signal, (ask) => viewStream(ask, question));
    if (look.state !== 'answered') return told('fail', say.untouched(address, look.reason));
    const found = look.value?.groups[0];
    if (found === undefined) return told('fail', streamMessages(language).missing(stream, group));
    const oldest = found.consumers
      .filter((one) => one.pending === 0 && Math.min(one.idleMs, one.inactiveMs ?? Infinity) >= deadAfterMs)
      .toSorted((a, b) => b.idleMs - a.idleMs)[0];
    const consumer = input.consumer ?? oldest?.name;
    if (consumer === undefined) return told('fail', say.nobodyDead(group, formatDuration(deadAfterMs)));

    const answer = await askRedis(address, login, input.patience, signal, (ask) =>
      deleteConsumer(ask, input, consumer, deadAfterMs),
    );
    if (answer.state === 'answered') {
      const verdict = answer.value === 'deleted' ? 'pass' : 'fail';
      return told(verdict, say.deleted[answer.value](consumer, group), consumer);
    }
    const refused = answer.state !== 'silent' && answer.state !== 'broken';
    return refused
      ? told('fail', say.untouched(address, answer.reason), consumer)
      : told('unknown', say.unclear(address, answer.reason), consumer);
  },
});
