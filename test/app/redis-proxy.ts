import { connect, createServer, type Socket } from 'node:net';
import { createCutter, wordsOf } from './resp.ts';
import type { Tap } from './tap.ts';

/** A Redis seen through a proxy of the test's own. `commands` are those that took effect, as words. */
export type RedisProxy = { port: number; address: string; commands: string[][]; stop: () => Promise<void> };

/** The name under which a command is counted; null for what is none of our business (a client introducing itself). */
export type NameOf = (words: string[]) => string | null;

/** Stands in front of a Redis and shows every command to the tap before it is passed on. */
export async function startRedisProxy(upstreamPort: number, tap: Tap, nameOf: NameOf): Promise<RedisProxy> {
  const commands: string[][] = [];
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const upstream = connect(upstreamPort, '127.0.0.1');
    let asked = 0;
    let answered = 0;
    /** From this answer on nothing reaches the client any more: 0 after a strike before the effect. */
    let lostFrom = Number.POSITIVE_INFINITY;
    const strike = (): void => {
      void tap.strike().then(() => {
        client.destroy();
        upstream.destroy();
      });
    };
    const onCommand = (bytes: Buffer): void => {
      if (lostFrom !== Number.POSITIVE_INFINITY) return;
      const words = wordsOf(bytes);
      const name = nameOf(words);
      const fate = name === null ? 'go' : tap.enter(name);
      if (fate !== 'go') lostFrom = fate === 'before' ? 0 : asked;
      if (fate === 'before') {
        strike();
        return;
      }
      asked += 1;
      if (name !== null) commands.push(words);
      upstream.write(bytes);
    };
    const onAnswer = (bytes: Buffer): void => {
      if (answered < lostFrom) client.write(bytes);
      else if (answered === lostFrom) strike();
      answered += 1;
    };
    client.on('data', createCutter(onCommand));
    upstream.on('data', createCutter(onAnswer));
    for (const [one, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(one);
      one.on('error', () => {});
      one.on('close', () => {
        sockets.delete(one);
        other.destroy();
      });
    }
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as { port: number };
  return {
    port,
    address: `127.0.0.1:${port}`,
    commands,
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((closed) => server.close(closed));
    },
  };
}
