import { childOf, type Prepared, prepare } from '../app/harness.ts';
import type { MusterChild } from '../app/muster-child.ts';
import { type RedisProxy, startRedisProxy } from '../app/redis-proxy.ts';
import { fillStream, stuckOrders } from '../app/stuck-stream.ts';
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
      return stuckOrders(target.address);
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
