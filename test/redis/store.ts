import { afterAll, beforeAll, describe } from 'vitest';
import { type Room, type RoomName, roomNames } from '../../src/incident/room.ts';
import { silent } from '../../src/kit/log.ts';
import { createConnector, untilReady } from '../../src/redis/connect.ts';
import { createFinder } from '../../src/redis/find.ts';
import { createHandle } from '../../src/redis/handle.ts';
import { createIngest } from '../../src/redis/ingest.ts';
import { createIncidentLog } from '../../src/redis/log.ts';
import { createQueues } from '../../src/redis/queues.ts';
import { sync } from '../../src/redis/reconciler.ts';
import { withScripts } from '../../src/redis/scripts.ts';
import { hasRedis, type RedisNode, redisMissing, startRedisNode } from '../parts/redis-node.ts';

/** A store on a real Redis of the test's own, with a clock that the test moves. */
export async function startStore(node: RedisNode, clock: { now: number }) {
  const connector = createConnector({ kind: 'url', url: `redis://127.0.0.1:${node.port}` }, silent);
  const redis = withScripts(connector.impatient());
  await untilReady(redis, 5000);
  const now = () => clock.now;
  const log = createIncidentLog(redis, now, new Set(roomNames));
  const queues = createQueues(redis, connector, silent);
  const woken: { room: RoomName; id: number }[] = [];
  const handle = createHandle(log, async (incident, rooms) => {
    for (const room of rooms) woken.push({ room, id: incident.id });
  });
  const ingest = createIngest(redis, log, async (incident, rooms) => {
    for (const room of rooms) woken.push({ room, id: incident.id });
  });
  const deps = { redis, log, handle, now, report: silent };
  return {
    redis,
    connector,
    log,
    queues,
    handle,
    ingest,
    woken,
    find: createFinder(redis, log),
    sync: <A>(room: Room<A>, id: number) => sync(room, id, deps, new AbortController().signal),
    close: async () => {
      await queues.close();
      redis.disconnect();
    },
  };
}

export type Store = Awaited<ReturnType<typeof startStore>>;

/** Starts Redis and a store for a test file, and stops both after it. */
export function useStore(clock: { now: number }): () => Store {
  let node: RedisNode;
  let store: Store;
  beforeAll(async () => {
    node = await startRedisNode(['appendonly yes', 'appendfsync everysec']);
    store = await startStore(node, clock);
  });
  afterAll(async () => {
    await store.close();
    await node.stop();
  });
  return () => store;
}

/** A describe that skips with the reason where Redis cannot be had. */
export const describeWithRedis = (name: string, tests: () => void): void => {
  if (hasRedis) describe(name, tests);
  else describe.skip(`${name}: ${redisMissing}`, tests);
};
