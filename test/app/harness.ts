import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RunningMuster, startMuster } from '../../src/app/muster.ts';
import { startUp } from '../../src/cli/start-up.ts';
import type { Incident } from '../../src/incident/state.ts';
import { createLog } from '../../src/kit/log.ts';
import type { Outcome } from '../../src/sandbox/slack/outcome.ts';
import type { Channel } from '../../src/sandbox/slack/world.ts';
import { freePort, type RedisNode, startRedisNode, until } from '../parts/redis-node.ts';
import { type Behaviour, pagerSecret, writeMusterYaml } from './behaviour.ts';
import { cast, findButton, type Persona } from './cast.ts';
import { type MusterChild, prepareMuster } from './muster-child.ts';
import { type Outside, startOutside } from './outside.ts';
import { busy, readIncidents } from './read-log.ts';
import type { Tap } from './tap.ts';

/** How long a test waits for what should happen at once; a machine that others use too may be slow. */
export const patienceMs = 60_000;

export const alertToken = 'alertmanager-token-of-the-test';
const githubSecret = 'github-webhook-secret-of-the-test';
const pagerDutySecret = 'pagerduty-webhook-secret-of-the-test';

/** How a test wants its Muster. */
export type HarnessOptions = {
  behaviour?: Behaviour | ((redisPort: number) => Promise<Behaviour>);
  /** Watches every call that leaves Muster. */
  tap?: Tap;
  /** Further settings, or other values for those the harness sets. */
  env?: Record<string, string>;
  /** The clock of Muster and of everything outside; only for a Muster in the test's process. */
  now?: () => number;
  /** How often Muster asks Alertmanager, milliseconds. */
  reconcileEveryMs?: number;
  /** Rates of the Slack look-alike. */
  limits?: 'real' | 'off';
  /** Configuration lines of the Redis. */
  redisLines?: string[];
  /** Changes the address under which Muster reaches its Redis, for a proxy in between. */
  redisUrl?: (port: number) => Promise<string>;
};

/** Waits for a fact as long as a slow machine may need, or as long as the promise says. */
export const waitFor = (what: string, is: () => Promise<boolean> | boolean, ms = patienceMs): Promise<void> =>
  until(what, is, ms);

/** What is there before Muster starts: everything outside, a Redis of its own, a folder with its files, and its settings. */
export async function prepare(options: HarnessOptions = {}) {
  const now = options.now ?? Date.now;
  const { behaviour = {} } = options;
  const [outside, redis, port] = await Promise.all([
    startOutside(now, options),
    startRedisNode(['appendonly yes', 'appendfsync everysec', ...(options.redisLines ?? [])]),
    freePort(),
  ]);
  const folder = mkdtempSync(join(tmpdir(), 'muster-app-'));
  mkdirSync(join(folder, 'data'));
  const url = `http://127.0.0.1:${port}`;
  const env: Record<string, string> = {
    MUSTER_CONFIG: writeMusterYaml(
      folder,
      outside.pagerHookUrl,
      typeof behaviour === 'function' ? await behaviour(redis.port) : behaviour,
    ),
    HOST: '127.0.0.1',
    PORT: String(port),
    PUBLIC_URL: url,
    DATA_DIR: join(folder, 'data'),
    REDIS_URL: (await options.redisUrl?.(redis.port)) ?? `redis://127.0.0.1:${redis.port}`,
    ALERTMANAGER_TOKEN: alertToken,
    GITHUB_WEBHOOK_SECRET: githubSecret,
    PAGERDUTY_WEBHOOK_SECRET: pagerDutySecret,
    PAGER_HOOK_SECRET: pagerSecret,
    LINK_SECRET: 'link-secret-of-the-test-0123456789',
    ...outside.env,
    ...options.env,
  };
  outside.slack.setRequestUrl(`${url}/slack/events`);
  outside.github.webhooks.subscribe({ url: `${url}/webhooks/github`, secret: githubSecret });
  outside.pagerDuty.subscribe({ url: `${url}/webhooks/pagerduty`, secrets: [pagerDutySecret] });
  return {
    outside,
    redis,
    url,
    env,
    folder,
    now,
    ...acting(outside, redis, url, now),
    /** Stops everything outside and forgets the files. */
    clear: async () => {
      await outside.stop();
      await redis.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** What {@link prepare} gives. */
export type Prepared = Awaited<ReturnType<typeof prepare>>;

/** What people and senders can do, and what can be read without asking Muster. */
function acting({ slack }: Outside, redis: RedisNode, url: string, now: () => number) {
  const incidents = (): Promise<Incident[]> => readIncidents(redis.client);
  const channel = (id = 1): Channel | undefined =>
    [...slack.world.channels.values()].find(({ name }) => name.startsWith(`inc-${id}-`));
  const pagesOf = (who: Persona): Channel => slack.as(cast[who].slack).dm();
  /** One click on the newest such button; undefined while there is none. */
  const clickOnce = async (
    who: Persona,
    where: Channel | undefined,
    action: string,
  ): Promise<Outcome | undefined> => {
    const button = where && findButton(where, action, who);
    if (!button) return undefined;
    const at = button.value === undefined ? {} : { value: button.value };
    return slack.as(cast[who].slack).click(button.channel, button.ts, action, at);
  };
  return {
    incidents,
    channel,
    pagesOf,
    clickOnce,
    incident: async (id = 1): Promise<Incident | null> =>
      (await incidents()).find((one) => one.id === id) ?? null,
    /** Posts a body as Alertmanager does and answers with the status; 0 when nothing answered. */
    alert: async (body: unknown): Promise<number> =>
      fetch(`${url}/webhooks/alertmanager`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${alertToken}` },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      }).then(
        async (answer) => {
          await answer.arrayBuffer();
          return answer.status;
        },
        () => 0,
      ),
    /** Clicks as soon as the button is there. */
    click: async (who: Persona, where: () => Channel | undefined, action: string): Promise<Outcome> => {
      await slack.until(
        `the button ${action}`,
        () => where() && findButton(where() as Channel, action, who),
        20_000,
      );
      return (await clickOnce(who, where(), action)) as Outcome;
    },
    /** Waits until all lanes are empty and nothing is due. */
    rest: (): Promise<void> =>
      waitFor('Muster to rest', async () => (await busy(redis.client, now())) === null),
    /** Waits until an incident's log says so, read from Redis. */
    untilIncident: async (
      what: string,
      is: (incident: Incident) => boolean,
      ms = patienceMs,
      id = 1,
    ): Promise<Incident> => {
      let found: Incident | undefined;
      await until(
        what,
        async () => {
          found = (await incidents()).find((one) => one.id === id);
          return found !== undefined && is(found);
        },
        ms,
      );
      return found as Incident;
    },
  };
}

/** Muster in the test's own process, with the test's clock. */
export async function startInProcess(
  prepared: Prepared,
  { reconcileEveryMs }: Pick<HarnessOptions, 'reconcileEveryMs'> = {},
): Promise<RunningMuster> {
  const started = await startUp(prepared.env, true);
  if ('problems' in started) throw new Error(started.problems.join('\n'));
  const { settings, behaviour, redact, secret } = started;
  const report = createLog({ level: (process.env.LOG_LEVEL ?? 'silent') as 'silent', mask: redact });
  return startMuster({
    ...behaviour,
    settings,
    redact,
    secret,
    path: process.env.PATH ?? '',
    roles: { web: true, worker: true },
    location: null,
    now: prepared.now,
    reconcileEveryMs,
    report,
  });
}

/** A whole app for one test: prepared, started in the process and ready. `stop` also refuses calls that nobody expected. */
export async function startApp(options: HarnessOptions = {}) {
  const prepared = await prepare(options);
  const muster = await startInProcess(prepared, options);
  await waitFor('Muster to be ready', async () => (await fetch(`${prepared.url}/readyz`)).status === 200);
  return {
    ...prepared,
    muster,
    stop: async () => {
      await muster.stop();
      await prepared.clear();
      assert.deepEqual(prepared.outside.unexpected(), [], 'calls that nobody expected');
    },
  };
}

/** What {@link startApp} gives. */
export type App = Awaited<ReturnType<typeof startApp>>;

/** Muster as a child process over what was prepared. */
export const childOf = (prepared: Prepared): MusterChild =>
  prepareMuster(prepared.folder, prepared.url, prepared.env);
