import { createHmac } from 'node:crypto';
import { createServer, request as httpRequest, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createGithubDoor } from '../../src/github/door.ts';
import type { PullRequestNews } from '../../src/github/news.ts';
import { publishPullRequest } from '../../src/github/publish-pull-request.ts';
import { silent } from '../../src/kit/log.ts';
import { draft } from './draft-example.ts';
import { closeSandboxes, startGithub } from './sandbox.ts';

const secret = "It's a Secret to Everybody";
const sign = (body: string, key = secret) => `sha256=${createHmac('sha256', key).update(body).digest('hex')}`;

let server: Server;
let url = '';
let heard: PullRequestNews[] = [];
let remembered = new Set<string>();
let failing = false;

beforeEach(async () => {
  heard = [];
  remembered = new Set();
  failing = false;
  const door = createGithubDoor({
    secret,
    handle: async (news) => {
      if (failing) throw new Error('Redis is down');
      heard.push(news);
    },
    seen: async (id) => remembered.has(id),
    remember: async (id) => void remembered.add(id),
    log: silent,
  });
  server = createServer((request, response) => void door(request, response)).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhooks/github`;
});

afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await closeSandboxes();
});

function post(body: string, headers: Record<string, string> = {}): Promise<number> {
  const common = { 'content-type': 'application/json', 'x-github-event': 'ping', 'x-github-delivery': 'd1' };
  const all = { ...common, 'x-hub-signature-256': sign(body), ...headers };
  return fetch(url, { method: 'POST', headers: all, body }).then((answer) => answer.status);
}

describe('the signature', () => {
  test('GitHub’s own test vector is accepted', async () => {
    const vector = 'sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17';
    expect(sign('Hello, World!')).toBe(vector);
    expect(await post('Hello, World!', { 'x-hub-signature-256': vector })).toBe(202);
  });

  test.each([
    ['of another body', sign('Hello, World?')],
    ['made with another secret', sign('Hello, World!', 'other')],
    ['made with an empty secret', sign('Hello, World!', '\0')],
    ['missing', ''],
    ['cut short', 'sha256=757107'],
    ['with the old algorithm', 'sha1=757107ea0eb2509fc211221cce984b8a37570b6d'],
    ['in capitals', sign('Hello, World!').toUpperCase()],
    ['not hexadecimal', `sha256=${'z'.repeat(64)}`],
  ])('%s is 401', async (_why, signature) => {
    expect(await post('Hello, World!', { 'x-hub-signature-256': signature })).toBe(401);
  });

  test('an empty body is 401, not a crash', async () => {
    expect(await post('', { 'x-hub-signature-256': sign('') })).toBe(401);
  });
});

describe('what can’t be read', () => {
  test.each([
    ['not JSON', 'x'],
    ['another shape', '{"action":"closed"}'],
    ['null', 'null'],
    ['a prototype', '{"__proto__":{"action":"closed"}}'],
  ])('%s is 400', async (_why, body) => {
    expect(await post(body, { 'x-github-event': 'pull_request' })).toBe(400);
    expect(heard).toEqual([]);
  });

  test('a delivery without its id is 400', async () => {
    expect(await post('{}', { 'x-github-delivery': '' })).toBe(400);
  });

  test('over 25 MB is 413 before it is read', async () => {
    const status = await new Promise((resolve, reject) => {
      const headers = { 'content-length': String(26 * 1024 * 1024) };
      const request = httpRequest(url, { method: 'POST', headers }, (answer) => resolve(answer.statusCode));
      request.on('error', reject);
      request.flushHeaders();
    });
    expect(status).toBe(413);
  });

  test('over 25 MB without saying so is 413 as well', async () => {
    const status = await new Promise((resolve) => {
      const request = httpRequest(url, { method: 'POST' }, (answer) => resolve(answer.statusCode));
      request.on('error', () => {});
      const megabyte = Buffer.alloc(1024 * 1024);
      const more = () => {
        while (!request.destroyed && request.write(megabyte));
        if (!request.destroyed) request.once('drain', more);
      };
      request.once('response', () => request.destroy());
      more();
    });
    expect(status).toBe(413);
  });
});

describe('what the look-alike sends', () => {
  async function published() {
    const { github, connect } = await startGithub();
    github.webhooks.subscribe({ url, secret });
    const { url: page } = await publishPullRequest(connect(), draft);
    const common = { repository: 'acme/shop', pullRequest: 1, branch: draft.branch, url: page };
    return { github, common };
  }

  test('reviews, closing, reopening and the merge arrive as news, in order', async () => {
    const { github, common } = await published();
    github.as('jun-p').review(1, 'COMMENT', 'What about the scope?');
    github.as('jun-p').review(1, 'REQUEST_CHANGES', 'The scope is missing.');
    github.as('minji-k').review(1, 'APPROVE');
    github.as('jun-p').close(1);
    github.as('jun-p').reopen(1);
    github.as('minji-k').merge(1);
    await github.webhooks.settled();
    expect(heard).toEqual([
      { ...common, kind: 'commented', by: 'jun-p' },
      { ...common, kind: 'changes-requested', by: 'jun-p' },
      { ...common, kind: 'approved', by: 'minji-k' },
      { ...common, kind: 'closed', by: 'jun-p' },
      { ...common, kind: 'reopened', by: 'jun-p' },
      { ...common, kind: 'merged', by: 'minji-k' },
    ]);
    expect(github.webhooks.deliveries.map((delivery) => delivery.status)).toEqual(Array(7).fill(202));
  });

  test('the same delivery twice is handled once', async () => {
    const { github } = await published();
    github.as('minji-k').review(1, 'APPROVE');
    await github.webhooks.settled();
    const delivery = github.webhooks.deliveries.at(-1);
    await github.webhooks.redeliver(delivery?.id ?? '');
    expect(delivery?.status).toBe(202);
    expect(heard).toHaveLength(1);
  });

  test('one that could not be kept is 503, and is handled when it is delivered again', async () => {
    const { github } = await published();
    failing = true;
    github.as('minji-k').review(1, 'APPROVE');
    await github.webhooks.settled();
    const delivery = github.webhooks.deliveries.at(-1);
    expect(delivery?.status).toBe(503);
    failing = false;
    await github.webhooks.redeliver(delivery?.id ?? '');
    expect(delivery?.status).toBe(202);
    expect(heard).toMatchObject([{ kind: 'approved' }]);
  });

  test('a pull request of a fork with a branch of the same name is no news', async () => {
    const { github } = await published();
    github.as('jun-p').close(1);
    await github.webhooks.settled();
    const body = github.webhooks.deliveries.at(-1)?.body ?? '';
    const fork = JSON.parse(body);
    fork.pull_request.head.repo.full_name = 'mallory/shop';
    heard = [];
    expect(
      await post(JSON.stringify(fork), { 'x-github-event': 'pull_request', 'x-github-delivery': 'd9' }),
    ).toBe(202);
    expect(heard).toEqual([]);
  });
});
