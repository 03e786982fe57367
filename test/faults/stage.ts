import { childOf, type Prepared, prepare } from '../app/harness.ts';
import type { MusterChild } from '../app/muster-child.ts';
import { type RedisProxy, startRedisProxy } from '../app/redis-proxy.ts';
import { createTap, type Tap } from '../app/tap.ts';

/** A stage for one story: the app with Muster as a child, a tap before everything it talks to, and the stream it repairs. */
export type Stage = Prepared & {
  tap: Tap;
  muster: MusterChild;
  target: RedisProxy;
  stop: () => Promise<void>;
};

/** Commands that only wait, look for a client or introduce one: a moment there says nothing. */
const idle = /^(hello|client|info|auth|select|ping|bzpopmin|quit|command)$/i;

/** Names a command by its first word, and a script by the start of its digest, so that each script counts for itself. */
const nameOf =
  (party: string) =>
  (words: string[]): string | null => {
    const [command = '', first = ''] = words;
    if (idle.test(command)) return null;
    const script = /^evalsha$/i.test(command) ? ` ${first.slice(0, 7)}` : '';
    return `${party} ${command.toUpperCase()}${script}`;
  };

/** Three orders that a consumer took ten minutes ago and never finished, and another consumer with nothing to do. */
async function fillStream({ client }: Prepared['redis']): Promise<void> {
  await client.xgroup('CREATE', 'orders', 'billing', '0', 'MKSTREAM');
  for (const order of ['1', '2', '3']) await client.xadd('orders', `1-${order}`, 'order', order);
  await client.xreadgroup('GROUP', 'billing', 'gone', 'COUNT', 3, 'STREAMS', 'orders', '>');
  await client.call('XCLAIM', 'orders', 'billing', 'gone', 0, '1-1', '1-2', '1-3', 'IDLE', 600_000, 'JUSTID');
  await client.xgroup('CREATECONSUMER', 'orders', 'billing', 'alive');
}

/** Sets the stage; Muster is not started yet. */
export async function setStage(): Promise<Stage> {
  const tap = createTap();
  const proxies: RedisProxy[] = [];
  const proxy = async (port: number, party: string): Promise<RedisProxy> => {
    const made = await startRedisProxy(port, tap, nameOf(party));
    proxies.push(made);
    return made;
  };
  let target: RedisProxy | undefined;
  const prepared = await prepare({
    tap,
    redisUrl: async (port) => `redis://${(await proxy(port, 'own-redis')).address}`,
    behaviour: async (port) => {
      target = await proxy(port, 'target-redis');
      const params = { redis: { address: target.address } };
      return {
        services: { orders: { name: 'Orders', owner: 'platform', runbook: 'stuck-orders', params } },
        runbooks: import.meta.dirname,
      };
    },
  });
  await fillStream(prepared.redis);
  const muster = childOf(prepared);
  return {
    ...prepared,
    tap,
    muster,
    target: target as RedisProxy,
    stop: async () => {
      await muster.kill();
      await prepared.clear();
      await Promise.all(proxies.map((one) => one.stop()));
    },
  };
}
