import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { silent } from '../../src/kit/log.ts';
import { checkServer, createConnector, untilReady } from '../../src/redis/connect.ts';
import { createDurability } from '../../src/redis/durable.ts';
import { type RedisNode, startRedisNode } from '../parts/redis-node.ts';
import { describeWithRedis } from './store.ts';

describeWithRedis('durability', () => {
  let master: RedisNode;
  let replica: RedisNode;
  beforeAll(async () => {
    master = await startRedisNode(['appendonly yes']);
    replica = await startRedisNode([`replicaof 127.0.0.1 ${master.port}`]);
    await vi.waitFor(
      async () => expect(await master.client.info('replication')).toMatch(/state=online/),
      15_000,
    );
  });
  afterAll(async () => {
    await replica.stop();
    await master.stop();
  });

  const connect = async (node: RedisNode) => {
    const redis = createConnector({ kind: 'url', url: `redis://127.0.0.1:${node.port}` }, silent).impatient();
    await untilReady(redis, 5000);
    return redis;
  };

  it('waits for a replica, and rejects while none confirms', async () => {
    const redis = await connect(master);
    const durable = createDurability(redis, Date.now);
    await Promise.all(Array.from({ length: 20 }, () => durable()));
    replica.freeze();
    await expect(durable()).rejects.toMatchObject({ code: 'redis-not-replicated' });
    replica.thaw();
    await expect
      .poll(
        () =>
          durable().then(
            () => 'ok',
            () => 'no',
          ),
        { timeout: 10_000 },
      )
      .toBe('ok');
    redis.disconnect();
  });

  it('refuses a Redis that evicts', async () => {
    const redis = await connect(master);
    await redis.config('SET', 'maxmemory-policy', 'allkeys-lru');
    await expect(checkServer(redis)).rejects.toMatchObject({ code: 'redis-evicts' });
    await redis.config('SET', 'maxmemory-policy', 'noeviction');
    expect(await checkServer(redis)).toEqual([]);
    redis.disconnect();
  });
});
