import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { startMuster } from '../app/muster.ts';
import { readSettings, type Settings, secretsOf } from '../config/settings.ts';
import { Failure } from '../kit/failure.ts';
import { createLog } from '../kit/log.ts';
import { createRedactor } from '../kit/redact.ts';
import { findRedisServer } from '../redis/embedded.ts';
import { loadRunbooks } from '../runbook/file/load-runbooks.ts';
import { catalogue } from '../runbook/registry.ts';
import { readBehaviour, writeBehaviour } from './behaviour.ts';
import { freePort } from './child.ts';
import { type LookAlikeOptions, repository, startLookAlikes } from './look-alikes.ts';
import { startOrderWriter } from './order-writer.ts';
import { findPrometheus, startPrometheus } from './prometheus.ts';
import type { Scene } from './scene.ts';
import { masterName, startRedisSet } from './sentinel-host.ts';
import { startWatcher } from './watcher.ts';

const root = resolve(import.meta.dirname, '../..');

/** What the stage is built with. */
export type StageOptions = LookAlikeOptions &
  Pick<Scene, 'say' | 'visitor' | 'pace'> & {
    path: string;
    logLevel: string;
    /** Gives up building when it aborts. */
    signal: AbortSignal;
    /** Use the small watcher even where Prometheus is installed. */
    watcher: boolean;
  };

/** The stage: everything the demo needs, embedded. `url` is the one address of the page. */
export type Stage = {
  url: string;
  source: 'prometheus' | 'watcher';
  scene: Scene;
  changed: () => void;
  stop: () => Promise<void>;
};

/**
 * Starts the look-alikes, the Redis set with its writer, the measuring and Muster itself, each in a private folder. What was
 * started is stopped again when something else does not start.
 */
export async function buildStage(options: StageOptions): Promise<Stage> {
  const endings: (() => unknown)[] = [];
  const stop = async (): Promise<void> => {
    for (const end of endings.splice(0).toReversed()) await end();
  };
  try {
    return { ...(await build(options, endings)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function build(options: StageOptions, endings: (() => unknown)[]): Promise<Omit<Stage, 'stop'>> {
  const { now, path, say, visitor, pace, signal } = options;
  const started = (end: () => unknown): void => {
    endings.push(end);
    signal.throwIfAborted();
  };
  const program = findRedisServer(path);
  if (program === null) throw noRedis();
  const folder = mkdtempSync(join(tmpdir(), 'muster-demo-'));
  started(() => rmSync(folder, { recursive: true, force: true }));
  const { url, slack, github, githubToken, ...pages } = await startLookAlikes(options);
  started(pages.stop);
  const redis = await startRedisSet(join(folder, 'redis-set'), program);
  started(redis.stop);
  const writer = await startOrderWriter(redis.sentinels);
  started(writer.stop);

  const env = {
    HOST: '127.0.0.1',
    PORT: String(await freePort()),
    DATA_DIR: join(folder, 'data'),
    LOG_LEVEL: options.logLevel,
    ALERTMANAGER_TOKEN: randomBytes(24).toString('hex'),
    SLACK_BOT_TOKEN: slack.app.botToken,
    SLACK_SIGNING_SECRET: slack.app.signingSecret,
    SLACK_API_URL: `${url}/api/`,
    GITHUB_TOKEN: githubToken,
    GITHUB_REPOSITORY: repository,
    GITHUB_API_URL: github.apiUrl(),
    GITHUB_WEBHOOK_SECRET: randomBytes(24).toString('hex'),
  };
  const settings = settingsOf(env);
  const redact = createRedactor(secretsOf(settings));
  const targets = { sentinels: redis.sentinels, nodes: redis.nodes, master: masterName };
  const { runbooks } = await loadRunbooks(join(root, 'runbooks'), catalogue);
  const muster = await startMuster({
    settings,
    muster: readBehaviour(writeBehaviour(targets, now())),
    runbooks,
    redact,
    secret: () => '',
    path,
    roles: { web: true, worker: true },
    location: null,
    now,
    report: createLog({ level: options.logLevel, mask: redact }),
  });
  started(muster.stop);
  slack.setRequestUrl(`${muster.url}/slack/events`);
  github.webhooks.subscribe({ url: `${muster.url}/webhooks/github`, secret: env.GITHUB_WEBHOOK_SECRET });

  const measuringOptions = {
    folder: join(folder, 'measuring'),
    target: writer.metricsAddress,
    webhookUrl: `${muster.url}/webhooks/alertmanager`,
    token: env.ALERTMANAGER_TOKEN,
  };
  const programs = options.watcher ? null : findPrometheus(path);
  const { source, quiet, stop } = programs
    ? await startPrometheus(programs, measuringOptions)
    : startWatcher(measuringOptions);
  started(stop);

  const { find } = muster.store;
  const newest = async () => (await find.latest(1))[0]?.id ?? 0;
  const parts = { slack, github, redis, writer };
  const scene = { ...parts, read: find.byId, newest, quiet, say, visitor, pace };
  return { url, source, changed: pages.changed, scene };
}

function settingsOf(env: Record<string, string>): Settings {
  const read = readSettings(env, () => '', true);
  if ('settings' in read) return read.settings;
  throw new Failure({
    code: 'demo-settings',
    what: "The demo's own settings are refused",
    value: read.problems.join('; '),
    remedy: 'This is a defect of the demo: please report it.',
    retry: 'never',
  });
}

const noRedis = (): Failure =>
  new Failure({
    code: 'redis-missing',
    what: 'The demo needs a Redis server, and none is installed',
    remedy: 'Install one: `sudo apt-get install redis-server` or `brew install valkey`.',
    retry: 'never',
  });
