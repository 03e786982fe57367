import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import express from 'express';
import { parse } from 'yaml';
import { startMuster } from '../app/muster.ts';
import { readSettings, type Settings, secretsOf } from '../config/settings.ts';
import { Failure } from '../kit/failure.ts';
import { createLog } from '../kit/log.ts';
import { createRedactor } from '../kit/redact.ts';
import { loadRunbooks } from '../runbook/load-runbooks.ts';
import { catalogue } from '../runbook/registry.ts';
import { createSandboxGithub } from '../sandbox/github/sandbox-github.ts';
import { createWorkspacePage } from '../sandbox/page/page.ts';
import type { Story as ShownStory } from '../sandbox/page/stories.ts';
import type { Manifest } from '../sandbox/slack/manifest.ts';
import { createSlackSandbox } from '../sandbox/slack/sandbox.ts';
import { readBehaviour, writeBehaviour } from './behaviour.ts';
import { cast, personas } from './cast.ts';
import { freePort } from './child.ts';
import { startOrderWriter } from './order-writer.ts';
import { findPrometheus, startPrometheus } from './prometheus.ts';
import type { Scene } from './scene.ts';
import { masterName, startRedisSet } from './sentinel-host.ts';
import { startWatcher } from './watcher.ts';

const root = resolve(import.meta.dirname, '../..');
const repository = 'example-org/postmortems';

/** What the stage is built with. */
export type StageOptions = {
  /** Port of the page; 0 takes a free one. */
  port: number;
  path: string;
  logLevel: string;
  now: () => number;
  say: (line: string) => void;
  paceMs: number;
  /** Use the small watcher even where Prometheus is installed. */
  watcher: boolean;
  stories: () => ShownStory[];
};

/** The stage: everything the demo needs, embedded. `url` is the one address of the page. */
export type Stage = {
  url: string;
  source: 'prometheus' | 'watcher';
  scene: Scene;
  changed: () => void;
  stop: () => Promise<void>;
};

/** Starts the look-alikes, the Redis set with its writer, the measuring and Muster itself, each in a private folder. */
export async function buildStage(options: StageOptions): Promise<Stage> {
  const { now, path, say } = options;
  const folder = mkdtempSync(join(tmpdir(), 'muster-demo-'));
  const redis = await startRedisSet(join(folder, 'redis-set'), path);
  const writer = await startOrderWriter(redis.sentinels);

  const slack = createSlackSandbox({ people: slackPeople(), manifest: manifest(), now });
  const githubToken = `ghp_${randomBytes(18).toString('hex')}`;
  let publicUrl = '';
  const github = createSandboxGithub({
    repository,
    users: [
      ...personas.map((id) => ({ login: cast[id].login, name: cast[id].name })),
      { login: 'muster', name: 'Muster' },
    ],
    tokens: { [githubToken]: { login: 'muster', access: 'write' } },
    files: { 'README.md': '# Postmortems\n\nWhat we learned.\n' },
    requiredApprovals: 1,
    publicUrl: () => `${publicUrl}/github`,
    now,
  });
  const page = createWorkspacePage({
    slack,
    title: 'Muster demo',
    tabs: [{ name: 'Pull request', href: '/github' }],
    stories: options.stories,
    now,
  });
  const web = express()
    .disable('x-powered-by')
    .use(slack.router)
    .use('/github', github.router)
    .use(page.router);
  const server = createServer(web);
  await new Promise<void>((listening) => server.listen(options.port, '127.0.0.1', listening));
  publicUrl = `http://127.0.0.1:${(server.address() as { port: number }).port}`;
  slack.attach(server, publicUrl);

  const port = await freePort();
  const env = {
    HOST: '127.0.0.1',
    PORT: String(port),
    DATA_DIR: join(folder, 'data'),
    LOG_LEVEL: options.logLevel,
    ALERTMANAGER_TOKEN: randomBytes(24).toString('hex'),
    SLACK_BOT_TOKEN: slack.app.botToken,
    SLACK_SIGNING_SECRET: slack.app.signingSecret,
    SLACK_API_URL: `${publicUrl}/api/`,
    GITHUB_TOKEN: githubToken,
    GITHUB_REPOSITORY: repository,
    GITHUB_API_URL: github.apiUrl(),
    GITHUB_WEBHOOK_SECRET: randomBytes(24).toString('hex'),
  };
  const settings = settingsOf(env);
  const redact = createRedactor(secretsOf(settings));
  const behaviour = writeBehaviour(
    { sentinels: redis.sentinels, nodes: redis.nodes, master: masterName },
    now(),
  );
  const { runbooks } = await loadRunbooks(join(root, 'runbooks'), catalogue);
  const muster = await startMuster({
    settings,
    muster: readBehaviour(behaviour),
    runbooks,
    redact,
    secret: () => '',
    path,
    roles: { web: true, worker: true },
    location: null,
    now,
    report: createLog({ level: options.logLevel, mask: redact }),
  });
  slack.setRequestUrl(`${muster.url}/slack/events`);
  github.webhooks.subscribe({ url: `${muster.url}/webhooks/github`, secret: env.GITHUB_WEBHOOK_SECRET });

  const measuringOptions = {
    folder: join(folder, 'measuring'),
    target: writer.metricsAddress,
    webhookUrl: `${muster.url}/webhooks/alertmanager`,
    token: env.ALERTMANAGER_TOKEN,
  };
  const programs = options.watcher ? null : findPrometheus(path);
  const measuring = programs
    ? await startPrometheus(programs, measuringOptions)
    : startWatcher(measuringOptions);

  const { find } = muster.store;
  return {
    url: publicUrl,
    source: measuring.source,
    scene: {
      slack,
      github,
      redis,
      writer,
      read: find.byId,
      newest: async () => (await find.latest(1))[0]?.id ?? 0,
      say,
      paceMs: options.paceMs,
    },
    changed: page.changed,
    stop: async () => {
      await measuring.stop();
      await muster.stop();
      await writer.stop();
      await redis.stop();
      page.close();
      slack.close();
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The demo's app is installed from the committed manifest, so that a scope that is missing there is missing here. */
const manifest = (): Manifest =>
  parse(readFileSync(join(root, 'deploy/slack-manifest.yaml'), 'utf8')) as Manifest;

const slackPeople = () =>
  personas.map((id) => ({
    id: cast[id].slack,
    name: id,
    realName: cast[id].name,
    email: `${id}@example.com`,
    title: cast[id].title,
    locale: id === 'minji' ? 'ko-KR' : 'en-US',
  }));

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
