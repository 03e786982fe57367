import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join, resolve } from 'node:path';
import express from 'express';
import { parse } from 'yaml';
import { Failure } from '../kit/failure.ts';
import { createSandboxGithub, type SandboxGithub } from '../sandbox/github/sandbox-github.ts';
import { createWorkspacePage } from '../sandbox/page/page.ts';
import type { Story as ShownStory } from '../sandbox/page/stories.ts';
import type { Manifest } from '../sandbox/slack/manifest.ts';
import { createSlackSandbox, type SlackSandbox } from '../sandbox/slack/sandbox.ts';
import { cast, personas } from './cast.ts';

/** The repository of the postmortems. */
export const repository = 'example-org/postmortems';

/** How the look-alikes are set up. */
export type LookAlikeOptions = {
  /** Port of the page; 0 takes a free one. */
  port: number;
  now: () => number;
  stories: () => ShownStory[];
  /** Scopes of the committed manifest that the workspace does not grant. */
  withoutScopes: readonly string[];
};

/** Slack and GitHub at one address, with the page on top. `changed` redraws open pages. */
export type LookAlikes = {
  url: string;
  slack: SlackSandbox;
  github: SandboxGithub;
  githubToken: string;
  changed: () => void;
  stop: () => Promise<void>;
};

/** Starts the look-alikes; a port that is taken is a Failure. */
export async function startLookAlikes(options: LookAlikeOptions): Promise<LookAlikes> {
  const { now, stories } = options;
  const slack = createSlackSandbox({
    people: slackPeople(),
    manifest: manifest(options.withoutScopes),
    team: { name: 'Example Shop' },
    now,
  });
  const githubToken = `ghp_${randomBytes(18).toString('hex')}`;
  let url = '';
  const github = createSandboxGithub({
    repository,
    users: [
      ...personas.map((id) => ({ login: cast[id].login, name: cast[id].name })),
      { login: 'muster', name: 'Muster' },
    ],
    tokens: { [githubToken]: { login: 'muster', access: 'write' } },
    files: { 'README.md': '# Postmortems\n\nWhat we learned.\n' },
    requiredApprovals: 1,
    beside: { name: 'Slack', href: '/' },
    publicUrl: () => `${url}/github`,
    now,
  });
  const page = createWorkspacePage({
    slack,
    title: 'Muster demo',
    tabs: [{ name: 'Pull requests', href: '/github' }],
    stories,
    now,
  });
  const web = express()
    .disable('x-powered-by')
    .use(slack.router)
    .use('/github', github.router)
    .use(page.router);
  const server = createServer(web);
  await new Promise<void>((listening, refused) => {
    server.once('error', (error: NodeJS.ErrnoException) => refused(portFailure(options.port, error)));
    server.listen(options.port, '127.0.0.1', listening);
  });
  url = `http://127.0.0.1:${(server.address() as { port: number }).port}`;
  slack.attach(server, url);
  return {
    url,
    slack,
    github,
    githubToken,
    changed: page.changed,
    stop: async () => {
      page.close();
      slack.close();
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}

const portFailure = (port: number, error: NodeJS.ErrnoException): Failure =>
  new Failure({
    code: 'demo-port',
    what: error.code === 'EADDRINUSE' ? 'The port is taken' : 'The page cannot listen',
    value: `127.0.0.1:${port}`,
    remedy: 'Choose another with --port; --port 0 takes a free one.',
    retry: 'never',
    cause: error,
  });

/** The demo's app is installed from the committed manifest, so that a scope that is missing there is missing here. */
function manifest(without: readonly string[]): Manifest {
  const file = resolve(import.meta.dirname, '../..', join('deploy', 'slack-manifest.yaml'));
  const read = parse(readFileSync(file, 'utf8')) as Manifest;
  const { scopes } = read.oauth_config;
  return {
    ...read,
    oauth_config: { scopes: { ...scopes, bot: scopes.bot.filter((scope) => !without.includes(scope)) } },
  };
}

const slackPeople = () =>
  personas.map((id) => ({
    id: cast[id].slack,
    name: id,
    realName: cast[id].name,
    email: `${id}@example.com`,
    title: cast[id].title,
    locale: id === 'minji' ? 'ko-KR' : 'en-US',
  }));
