import { afterEach, describe, expect, test } from 'vitest';
import { publishPullRequest } from '../../../src/github/publish-pull-request.ts';
import { draft } from '../../github/draft-example.ts';
import { closeSandboxes } from '../../github/sandbox.ts';
import { at, refusal, start } from './octokit.ts';

afterEach(closeSandboxes);

describe('who may call', () => {
  test('no credential, a wrong one, and one that may only read', async () => {
    const { octokit } = await start();
    expect(await refusal(octokit().repos.get(at))).toEqual({
      status: 401,
      message: 'Requires authentication',
    });
    expect(await refusal(octokit('nope').repos.get(at))).toEqual({ status: 401, message: 'Bad credentials' });
    expect(await refusal(octokit('constructor').repos.get(at))).toEqual({
      status: 401,
      message: 'Bad credentials',
    });
    const reader = octokit('ghp-read');
    expect((await reader.repos.get(at)).data).toMatchObject({
      full_name: 'acme/shop',
      default_branch: 'main',
    });
    expect(await refusal(reader.git.createBlob({ ...at, content: 'x' }))).toEqual({
      status: 403,
      message: 'Resource not accessible by personal access token',
    });
    expect((await reader.users.getAuthenticated()).data.login).toBe('muster-bot');
  });

  test('another repository does not exist for the caller', async () => {
    const { rest } = await start();
    expect(await refusal(rest.repos.get({ owner: 'acme', repo: 'secret' }))).toEqual({
      status: 404,
      message: 'Not Found',
    });
  });

  test('a call without User-Agent is refused, as GitHub does', async () => {
    const { github } = await start();
    const { request } = await import('node:http');
    const status = await new Promise((resolve) =>
      request(`${github.apiUrl()}/user`, { headers: { authorization: 'token ghp-write' } }, (answer) =>
        resolve(answer.statusCode),
      ).end(),
    );
    expect(status).toBe(403);
  });
});

describe('limits', () => {
  const call = async (count: number, work: () => Promise<unknown>) => {
    for (let i = 0; i < count; i++) await work();
  };

  test('every answer tells where the primary limit stands', async () => {
    const { rest } = await start();
    const { headers } = await rest.repos.get(at);
    expect(headers).toMatchObject({
      'x-ratelimit-limit': '5000',
      'x-ratelimit-remaining': '4999',
      'x-ratelimit-used': '1',
    });
  });

  test('the primary limit answers 403 with nothing remaining and the time of reset', async () => {
    const { rest } = await start({ limits: { primaryPerHour: 2 } });
    await call(2, () => rest.repos.get(at));
    const error = await rest.repos.get(at).catch((caught) => caught);
    expect(error).toMatchObject({ status: 403, response: { headers: { 'x-ratelimit-remaining': '0' } } });
    expect(Number(error.response.headers['x-ratelimit-reset'])).toBeGreaterThan(1_795_000_000);
  });

  test('more than 80 writes in a minute meet the secondary limit with Retry-After', async () => {
    const { rest } = await start();
    await call(80, () => rest.git.createBlob({ ...at, content: 'x' }));
    const error = await rest.git.createBlob({ ...at, content: 'x' }).catch((caught) => caught);
    expect(error).toMatchObject({ status: 403, response: { headers: { 'retry-after': '60' } } });
    expect(error.message).toContain('secondary rate limit');
  });
});

test('webhooks can be lost, and are not sent again by themselves', async () => {
  const { github, connect } = await start();
  github.webhooks.subscribe({ url: 'http://127.0.0.1:9/none', secret: 's' });
  github.webhooks.lose(1);
  await publishPullRequest(connect(), draft);
  github.as('minji-k').review(1, 'APPROVE');
  await github.webhooks.settled();
  expect(github.webhooks.deliveries).toMatchObject([
    { event: 'pull_request', action: 'opened', lost: true, status: null },
    { event: 'pull_request_review', action: 'submitted', lost: false, status: null },
  ]);
});

test('every call is on record, with who made it and how it ended', async () => {
  const { github, rest } = await start();
  await rest.repos.get(at);
  await rest.git.getRef({ ...at, ref: 'heads/nope' }).catch(() => {});
  expect(github.calls).toMatchObject([
    { method: 'GET', path: '/repos/acme/shop', login: 'muster-bot', status: 200 },
    { method: 'GET', path: '/repos/acme/shop/git/ref/heads/nope', login: 'muster-bot', status: 404 },
  ]);
});
