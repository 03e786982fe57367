import type { Settings } from '../config/settings.ts';
import { roomNames } from '../incident/room.ts';
import type { Log } from '../kit/log.ts';
import { checkServer, createConnector, type RedisTarget, untilReady } from '../redis/connect.ts';
import { createDurability } from '../redis/durable.ts';
import { hasEmbeddedRedis, startEmbeddedRedis } from '../redis/embedded.ts';
import { createFinder } from '../redis/find.ts';
import { createIncidentLog } from '../redis/log.ts';
import { createQueues } from '../redis/queues.ts';
import { withScripts } from '../redis/scripts.ts';

/** Where the settings say that Redis is; null: nowhere, so an embedded one is wanted. */
function targetOf(settings: Settings): RedisTarget | null {
  const { REDIS_URL, REDIS_SENTINELS, REDIS_SENTINEL_MASTER, REDIS_USERNAME, REDIS_PASSWORD } = settings;
  if (REDIS_URL) return { kind: 'url', url: REDIS_URL };
  if (!REDIS_SENTINELS || !REDIS_SENTINEL_MASTER) return null;
  return {
    kind: 'sentinel',
    sentinels: REDIS_SENTINELS,
    master: REDIS_SENTINEL_MASTER,
    username: REDIS_USERNAME,
    password: REDIS_PASSWORD,
  };
}

/** False where the embedded Redis would have to be made first, so that there is nothing to look at. */
export const hasStore = (settings: Settings): boolean =>
  targetOf(settings) !== null || hasEmbeddedRedis(settings.DATA_DIR);

/** What to start the store with; `path` is the environment's PATH, where an embedded server is looked for. */
export type StoreOptions = { settings: Settings; path: string; now: () => number; report: Log };

/**
 * Opens Muster's memory: connects (or starts the embedded Redis), refuses a server that could lose incidents, and gives the
 * log, the lanes and the look-ups on it.
 */
export async function openStore({ settings, path, now, report }: StoreOptions) {
  const target = targetOf(settings);
  const embedded = target === null ? await startEmbeddedRedis(settings.DATA_DIR, path) : null;
  const connector = createConnector(target ?? { kind: 'socket', path: embedded?.socket ?? '' }, report);
  const redis = withScripts(connector.impatient());
  const waiting = connector.impatient();
  await Promise.all([untilReady(redis, 10_000), untilReady(waiting, 10_000)]);
  for (const warning of await checkServer(redis)) report.warn({ warning }, 'Redis could be safer');
  // Without a Slack there is no room that would ever take its jobs.
  const rooms = new Set(roomNames.filter((room) => room !== 'slack' || settings.SLACK_BOT_TOKEN));
  const log = createIncidentLog(redis, now, rooms);
  const queues = createQueues(redis, connector, report);
  return {
    redis,
    log,
    queues,
    find: createFinder(redis, log),
    durable: createDurability(waiting, now),
    /** Stops taking jobs, lets running ones end, and closes; the embedded server is saved and stopped. */
    close: async (): Promise<void> => {
      await queues.close();
      redis.disconnect();
      waiting.disconnect();
      await embedded?.stop();
    },
  };
}

/** What {@link openStore} gives. */
export type Store = Awaited<ReturnType<typeof openStore>>;
