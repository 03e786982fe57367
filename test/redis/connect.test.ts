import { expect, it, onTestFinished } from 'vitest';
import { silent } from '../../src/kit/log.ts';
import { createConnector } from '../../src/redis/connect.ts';
import { startRedisNode } from '../parts/redis-node.ts';
import { describeWithRedis } from './store.ts';

describeWithRedis('a connection', () => {
  it('comes back when ioredis gave it up while it connected, and stays away once we closed it', async () => {
    const node = await startRedisNode([]);
    onTestFinished(() => node.stop());
    const target = { kind: 'url', url: `redis://127.0.0.1:${node.port}` } as const;
    const connector = createConnector(target, silent);
    for (const open of [() => connector.impatient(), () => connector.blocking().duplicate()]) {
      const redis = open();
      let ends = 0;
      redis.on('end', () => ends++);
      // What the failover detector does with news that arrive while the connection is being made.
      (redis as unknown as { connector: { disconnect: () => void } }).connector.disconnect();
      await expect.poll(() => ends).toBe(1);
      await expect.poll(() => redis.status, { timeout: 5000 }).toBe('ready');
      redis.disconnect();
      await expect.poll(() => ends).toBe(2);
      expect(redis.status).toBe('end');
    }
  });
});
