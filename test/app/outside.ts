import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { resolve } from 'node:path';
import express from 'express';
import { parse } from 'yaml';
import { createSandboxGithub } from '../../src/sandbox/github/sandbox-github.ts';
import { createSandboxPagerHook } from '../../src/sandbox/pager-hook/sandbox-pager-hook.ts';
import { createSandboxPagerDuty } from '../../src/sandbox/pagerduty/sandbox-pagerduty.ts';
import type { Manifest } from '../../src/sandbox/slack/manifest.ts';
import { createSlackSandbox } from '../../src/sandbox/slack/sandbox.ts';
import { cast, personas } from './cast.ts';
import { createTap, type Tap, tapped } from './tap.ts';

export const repository = 'example-org/postmortems';
export const routingKey = 'e'.repeat(32);
const githubToken = 'ghp_test0000000000000000000000000000';

const manifest = (): Manifest =>
  parse(readFileSync(resolve(import.meta.dirname, '../../deploy/slack-manifest.yaml'), 'utf8')) as Manifest;

/** What Slack says when Muster asks for something that does not exist or that it may not: a defect of Muster in any test. */
const defects =
  /^(unknown_method|invalid_arg|invalid_blocks|invalid_auth|not_authed|missing_scope|no_text|not_allowed)/;

/**
 * Everything Muster talks to, on one port of 127.0.0.1: Slack, GitHub, PagerDuty and a pager's webhook, each the look-alike
 * that the demo uses, and a tap in front of them all. Whatever else is called is remembered as strange.
 */
export async function startOutside(
  now: () => number,
  { limits = 'off', tap = createTap() }: { limits?: 'real' | 'off'; tap?: Tap } = {},
) {
  const strange: string[] = [];
  let url = '';
  const slack = createSlackSandbox({
    people: personas.map((id) => ({ id: cast[id].slack, name: id, realName: cast[id].name })),
    manifest: manifest(),
    limits,
    now,
  });
  const github = createSandboxGithub({
    repository,
    users: [...personas.map((id) => cast[id]), { login: 'muster', name: 'Muster' }],
    tokens: { [githubToken]: { login: 'muster', access: 'write' } },
    files: { 'README.md': '# Postmortems\n' },
    requiredApprovals: 1,
    publicUrl: () => `${url}/github`,
    now,
  });
  const pagerDuty = createSandboxPagerDuty({
    routingKeys: [routingKey],
    users: personas.map((id) => ({ id: `P${id}`, name: cast[id].name, email: `${id}@example.com` })),
    perMinute: 10_000,
    now,
  });
  const pagerHook = createSandboxPagerHook({ now });
  const masked = (path: string) => path.replace(/[0-9a-f]{40}/g, ':sha').replace(/(%2F|\/)/g, '/');
  const web = express()
    .disable('x-powered-by')
    .use(
      '/github',
      tapped(tap, (method, path) => `github ${method} ${masked(path)}`),
      github.router,
    )
    .use(
      '/pagerduty',
      tapped(tap, () => 'pagerduty enqueue'),
      pagerDuty.router,
    )
    .use(
      '/pager-hook',
      tapped(tap, () => 'pager-hook post'),
      pagerHook.router,
    )
    .use(
      tapped(
        tap,
        (_method, path) => `slack ${path.replace(/^\/api\//, '').replace(/^\/(response|upload)\/.*/, '$1')}`,
      ),
    )
    .use(slack.router)
    .use((request, response) => {
      strange.push(`${request.method} ${request.originalUrl}`);
      response.status(501).end();
    });
  const server = createServer(web);
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  url = `http://127.0.0.1:${(server.address() as { port: number }).port}`;
  slack.attach(server, url);

  return {
    tap,
    slack,
    github,
    pagerDuty,
    pagerHook,
    pagerHookUrl: `${url}/pager-hook/`,
    /** The settings that lead Muster here. */
    env: {
      SLACK_BOT_TOKEN: slack.app.botToken,
      SLACK_SIGNING_SECRET: slack.app.signingSecret,
      SLACK_API_URL: `${url}/api/`,
      GITHUB_TOKEN: githubToken,
      GITHUB_REPOSITORY: repository,
      GITHUB_API_URL: github.apiUrl(),
      PAGERDUTY_ROUTING_KEY: routingKey,
      PAGERDUTY_EVENTS_URL: `${url}/pagerduty`,
    },
    /** Calls that no Muster may ever make: to addresses that do not exist, or that Slack calls wrong. */
    unexpected: (): string[] => [
      ...strange,
      ...slack.journal.calls.flatMap(({ method, error, fault }) =>
        error !== undefined && fault === undefined && defects.test(error)
          ? [`slack ${method}: ${error}`]
          : [],
      ),
      ...pagerDuty.attempts.flatMap(({ status, action }) =>
        status === 400 ? [`pagerduty refused ${action || 'a body'}`] : [],
      ),
    ],
    async stop() {
      slack.close();
      pagerHook.faults.clear();
      pagerDuty.faults.clear();
      github.faults.clear();
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}

/** What {@link startOutside} gives. */
export type Outside = Awaited<ReturnType<typeof startOutside>>;
