import { resolve } from 'node:path';
import type { RedisNode } from '../parts/redis-node.ts';
import type { Behaviour } from './behaviour.ts';

/** What muster.yaml says so that alerts of the service `orders` run the short runbook on the Redis at `address`. */
export const stuckOrders = (address: string): Behaviour => ({
  services: {
    orders: { name: 'Orders', owner: 'platform', runbook: 'stuck-orders', params: { redis: { address } } },
  },
  runbooks: resolve(import.meta.dirname, 'runbooks'),
});

/** Three orders that a consumer took ten minutes ago and never finished, and another consumer with nothing to do. */
export async function fillStream({ client }: RedisNode): Promise<void> {
  await client.xgroup('CREATE', 'orders', 'billing', '0', 'MKSTREAM');
  for (const order of ['1', '2', '3']) await client.xadd('orders', `1-${order}`, 'order', order);
  await client.xreadgroup('GROUP', 'billing', 'gone', 'COUNT', 3, 'STREAMS', 'orders', '>');
  await client.call(
    ...([
      'XCLAIM',
      'orders',
      'billing',
      'gone',
      '0',
      '1-1',
      '1-2',
      '1-3',
      'IDLE',
      '600000',
      'JUSTID',
    ] as const),
  );
  await client.xgroup('CREATECONSUMER', 'orders', 'billing', 'alive');
}
