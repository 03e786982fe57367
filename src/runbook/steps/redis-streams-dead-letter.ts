import { z } from 'zod';
import { formatDuration } from '../../kit/duration.ts';
import { RedisConnection, streamTarget } from '../input.ts';
import { defineStep, type StepResult } from '../step.ts';
import { askRedis } from '../systems/redis/ask-redis.ts';
import { locateMaster } from '../systems/redis/locate-master.ts';
import { overduePages, type SetAside, setAside } from '../systems/redis/set-aside.ts';
import { streamChangeMessages } from '../systems/redis/stream-change-messages.ts';
import { streamMessages } from '../systems/redis/stream-messages.ts';
import { viewStream } from '../systems/redis/stream-view.ts';
import { ChangeLogin, connectionOf, questionOf, StreamInput } from './redis-streams-pending.ts';

const input = StreamInput.omit({ vanished_after: true }).extend({
  redis: RedisConnection.describe(
    'The Redis: address, or sentinels and master; ACL of its account: -@all ~STREAM ~DEADLETTER +eval +xinfo +xpending +xrange +xadd +xack',
  ),
  ...ChangeLogin,
  ids: z
    .array(z.string().regex(/^\d+-\d+$/, 'must be an entry id such as 1795288285479-0'))
    .min(1)
    .max(100)
    .optional()
    .describe('The entries to set aside; without them those delivered too often'),
  dead_letter: z
    .string()
    .min(1)
    .max(200)
    .optional()
    .describe('The stream that keeps them; default `<stream>:dead`'),
  most: z.number().int().min(1).max(10_000).default(100).describe('No more entries than this are set aside'),
});

const timeoutMs = 30_000;

type Input = z.output<typeof input>;

const letterOf = ({ dead_letter, stream }: Input) => dead_letter ?? `${stream}:dead`;

/** Sets named entries, or poison entries, of a consumer group aside. */
export const redisStreamsDeadLetter = defineStep({
  name: 'redis-streams-dead-letter',
  about:
    'Copies named or poison entries of a consumer group to a dead-letter stream and acknowledges them, each in one step; needs no live consumer.',
  effect: 'change',
  input,
  example: {
    redis: { address: '10.0.0.1:6379' },
    stream: 'orders',
    group: 'billing',
    ids: ['1795288285479-0'],
  },
  targets: ['redis', 'stream', 'group', 'dead_letter'],
  timeoutMs,
  target: streamTarget,
  preview: (input, language) => {
    const say = streamChangeMessages(language);
    const what = input.ids ? say.entries(input.ids.join(', ')) : say.poison(input.poison_after, input.most);
    return say.previewDead(input.stream, input.group, what, letterOf(input), formatDuration(input.min_idle));
  },
  run: async (input, { signal, secret, language }): Promise<StepResult> => {
    const say = streamChangeMessages(language);
    const question = questionOf({ ...input, vanished_after: 0 });
    const { address, login } = await locateMaster(connectionOf(input), secret, input.patience, signal);
    const nothing = (sentence: string): StepResult => ({
      verdict: 'fail',
      sentence,
      evidence: { columns: [], rows: [] },
    });
    const before = await askRedis(address, login, input.patience, signal, (ask) => viewStream(ask, question));
    if (before.state !== 'answered') return nothing(say.untouched(address, before.reason));
    if (!before.value?.groups[0]) return nothing(streamMessages(language).missing(input.stream, input.group));

    const results: [id: string, result: SetAside][] = [];
    const deadLetter = letterOf(input);
    const answer = await askRedis(address, login, timeoutMs, signal, async (ask) => {
      for await (const { id, deliveries } of dueEntries(
        input,
        overduePages(ask, question, { batch: 100, most: 100_000 }),
      )) {
        signal.throwIfAborted();
        results.push([id, await setAside(ask, question, { id, deadLetter, deliveries })]);
      }
    });
    const count = (wanted: SetAside) => results.filter(([, result]) => result === wanted).length;
    const [dead, deleted, left] = [count('dead'), count('deleted'), count('left')];
    if (
      answer.state !== 'answered' &&
      (answer.state === 'denied' || answer.state === 'rejected') &&
      dead === 0
    ) {
      return nothing(say.untouched(address, answer.reason));
    }
    return {
      // The entries that were counted are aside; what the broken connection hid is unknown.
      verdict: answer.state !== 'answered' ? 'unknown' : left > 0 ? 'warn' : 'pass',
      sentence: say.setAside(dead, deadLetter, deleted, left),
      evidence: { columns: say.columns, rows: results.map(([id, result]) => [id, say.results[result]]) },
      facts: { dead, deleted, left },
    };
  },
});

/** What is to be set aside: the named entries whatever their count of deliveries, else the poison ones in their order. */
async function* dueEntries(
  { ids, poison_after: deliveries, most }: Input,
  pages: ReturnType<typeof overduePages>,
): AsyncGenerator<{ id: string; deliveries: number }> {
  if (ids !== undefined) {
    for (const id of ids) yield { id, deliveries: 1 };
    return;
  }
  let given = 0;
  for await (const page of pages) {
    for (const entry of page.filter((one) => one.deliveries >= deliveries)) {
      if (given === most) return;
      given += 1;
      yield { id: entry.id, deliveries };
    }
  }
}
