import type { Json } from '../../src/runbook/step.ts';
import { hasRedis, type RedisNode, redisMissing, startRedisNode, until } from '../parts/redis-node.ts';
import type { Fault, System } from './system.ts';

const params = ({ address }: RedisNode): Record<string, Json> => ({
  stream_redis: { address, username: 'muster', password: { secretRef: 'REDIS_PASSWORD' } },
  stream: 'orders',
  stream_group: 'billing',
});

const read = ({ client }: RedisNode, consumer: string, count: number) =>
  client.xreadgroup('GROUP', 'billing', consumer, 'COUNT', count, 'STREAMS', 'orders', '>');

const idleOf = async ({ client }: RedisNode, consumer: string): Promise<number> => {
  const rows = (await client.xinfo('CONSUMERS', 'orders', 'billing')) as (string | number)[][];
  return Number(rows.find((row) => row[1] === consumer)?.[5] ?? -1);
};

/** A fault of the group `billing`, which has ten entries to begin with. */
const fault = (
  told: Pick<Fault<RedisNode>, 'name' | 'made' | 'verdict' | 'cause'>,
  make: (redis: RedisNode) => Promise<unknown>,
  more: Record<string, Json> = {},
): Fault<RedisNode> => ({
  ...told,
  runbook: 'redis-streams-pending',
  params: (redis) => ({ ...params(redis), ...more }),
  make: async (redis) => {
    await redis.client.xgroup('CREATE', 'orders', 'billing', '0', 'MKSTREAM');
    for (let n = 1; n <= 10; n++) await redis.client.xadd('orders', `1-${n}`, 'n', String(n));
    await make(redis);
    return async () => {
      await redis.client.flushall();
    };
  },
});

/** The faults of a consumer group. */
export const redisStreams: System<RedisNode> = {
  name: 'Redis Streams',
  missing: hasRedis ? null : redisMissing,
  start: async () => {
    const redis = await startRedisNode(['save ""']);
    const reading = ['resetchannels', '-@all', '%R~orders', '+xinfo', '+xpending'];
    await redis.client.call('ACL', 'SETUSER', 'muster', 'on', '>p4ss', ...reading);
    return redis;
  },
  stop: (redis) => redis.stop(),
  secrets: () => ({ REDIS_PASSWORD: 'p4ss' }),
  faults: [
    fault(
      {
        name: 'healthy control',
        made: 'A consumer that reads, with two entries in its hands and eight acknowledged.',
        verdict: 'pass',
        cause: null,
      },
      async (redis) => {
        await read(redis, 'worker-1', 10);
        for (let n = 1; n <= 8; n++) await redis.client.xack('orders', 'billing', `1-${n}`);
      },
    ),
    fault(
      {
        name: 'healthy control: a quiet stream',
        made: 'A consumer that waits for entries for 2 s (vanished after 1 s) while none arrive.',
        verdict: 'pass',
        cause: null,
      },
      async (redis) => {
        await read(redis, 'worker-1', 10);
        for (let n = 1; n <= 10; n++) await redis.client.xack('orders', 'billing', `1-${n}`);
        await until('it to be quiet', async () => (await idleOf(redis, 'worker-1')) > 2000);
      },
      { stream_vanished_after: '1s', stream_min_idle: '1s' },
    ),
    fault(
      {
        name: 'vanished consumer with entries pending',
        made: 'worker-1 reads four entries and never comes back (1 s); worker-2 goes on reading.',
        verdict: 'fail',
        cause: 'consumer-vanished',
      },
      async (redis) => {
        await read(redis, 'worker-1', 4);
        await until('it to be gone', async () => (await idleOf(redis, 'worker-1')) > 1000);
        await read(redis, 'worker-2', 2);
      },
      { stream_vanished_after: '1s', stream_min_idle: '1s' },
    ),
    fault(
      {
        name: 'poison entry',
        made: 'One entry is delivered seven times and never acknowledged, the others are.',
        verdict: 'fail',
        cause: 'poison-entries',
      },
      async (redis) => {
        await read(redis, 'worker-1', 10);
        for (let n = 1; n <= 10; n++) if (n !== 3) await redis.client.xack('orders', 'billing', `1-${n}`);
        for (let n = 0; n < 6; n++)
          await redis.client.xclaim('orders', 'billing', 'worker-1', 0, '1-3', 'IDLE', 90_000);
      },
    ),
    fault(
      {
        name: 'entries wait and nobody reads',
        made: 'The only consumer acknowledges what it has and stops (1 s); seven entries wait.',
        verdict: 'fail',
        cause: 'no-live-consumer',
      },
      async (redis) => {
        await read(redis, 'worker-1', 3);
        for (let n = 1; n <= 3; n++) await redis.client.xack('orders', 'billing', `1-${n}`);
        await until('it to be gone', async () => (await idleOf(redis, 'worker-1')) > 1000);
      },
      { stream_vanished_after: '1s' },
    ),
    fault(
      {
        name: 'group missing',
        made: 'XGROUP DESTROY; the stream has another group.',
        verdict: 'fail',
        cause: 'group-missing',
      },
      async ({ client }) => {
        await client.xgroup('CREATE', 'orders', 'shipping', '$');
        await client.xgroup('DESTROY', 'orders', 'billing');
      },
    ),
    fault(
      {
        name: 'dead consumer, empty',
        made: 'A consumer that never read (1 s), beside one that works: worth deleting, the cause of nothing.',
        verdict: 'warn',
        cause: null,
      },
      async (redis) => {
        await redis.client.xgroup('CREATECONSUMER', 'orders', 'billing', 'worker-0');
        await until('it to be dead', async () => (await idleOf(redis, 'worker-0')) > 1000);
        await read(redis, 'worker-1', 10);
        for (let n = 1; n <= 10; n++) await redis.client.xack('orders', 'billing', `1-${n}`);
      },
      { stream_vanished_after: '1s', stream_dead_after: '1s' },
    ),
  ],
};
