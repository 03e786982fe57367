import { Octokit } from '@octokit/rest';
import { afterEach, describe, expect, test } from 'vitest';
import { publishPullRequest } from '../../../src/github/publish-pull-request.ts';
import { draft } from '../../github/draft-example.ts';
import { closeSandboxes, startGithub } from '../../github/sandbox.ts';

afterEach(closeSandboxes);

const quiet = { debug() {}, info() {}, warn() {}, error() {} };
const at = { owner: 'acme', repo: 'shop' };

async function start(more: Parameters<typeof startGithub>[0] = {}) {
  const started = await startGithub(more);
  const octokit = (token?: string) =>
    new Octokit({ baseUrl: started.github.apiUrl(), log: quiet, ...(token !== undefined && { auth: token }) })
      .rest;
  return { ...started, octokit, rest: octokit('ghp-write') };
}

/** Status, message and field errors of what a call was refused with. */
async function refusal(call: Promise<unknown>) {
  const error = await call.then(
    () => expect.unreachable('the call must be refused'),
    (caught) => caught,
  );
  const { message, errors } = error.response.data;
  return { status: error.status, message, ...(errors && { errors }) };
}

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

describe('documented refusals of the git database', () => {
  test('references', async () => {
    const { rest, github } = await start();
    const sha = github.repository.branches.get('main') ?? '';
    const create = (ref: string, to = sha) => rest.git.createRef({ ...at, ref, sha: to });
    expect((await create('refs/heads/a/b')).data).toMatchObject({ ref: 'refs/heads/a/b', object: { sha } });
    expect(await refusal(create('refs/heads/a/b'))).toEqual({
      status: 422,
      message: 'Reference already exists',
    });
    expect(await refusal(create('refs/heads/c', '0'.repeat(40)))).toEqual({
      status: 422,
      message: 'Object does not exist',
    });
    expect(await refusal(create('refs/heads/has space'))).toMatchObject({ status: 422 });
    expect(await refusal(rest.git.getRef({ ...at, ref: 'heads/nope' }))).toEqual({
      status: 404,
      message: 'Not Found',
    });
    expect(await refusal(rest.git.updateRef({ ...at, ref: 'heads/nope', sha }))).toEqual({
      status: 422,
      message: 'Reference does not exist',
    });
    const { data: tree } = await rest.git.createTree({
      ...at,
      tree: [{ path: 'x', mode: '100644', type: 'blob', content: 'x' }],
    });
    const { data: stray } = await rest.git.createCommit({
      ...at,
      message: 'stray',
      tree: tree.sha,
      parents: [],
    });
    expect(await refusal(rest.git.updateRef({ ...at, ref: 'heads/a/b', sha: stray.sha }))).toEqual({
      status: 422,
      message: 'Update is not a fast forward',
    });
    await rest.git.updateRef({ ...at, ref: 'heads/a/b', sha: stray.sha, force: true });
    await rest.git.deleteRef({ ...at, ref: 'heads/a/b' });
    expect(github.repository.branches.has('a/b')).toBe(false);
  });

  test('an empty repository', async () => {
    const { rest } = await start({ files: undefined as never });
    expect(await refusal(rest.git.createBlob({ ...at, content: 'x' }))).toEqual({
      status: 409,
      message: 'Git Repository is empty.',
    });
  });

  test.each(['/etc/passwd', '../x', 'a/../b', '.git/config', 'a//b', 'a/'])('the path %s', async (path) => {
    const { rest } = await start();
    const tree = [{ path, mode: '100644', type: 'blob', content: 'x' }] as const;
    expect(await refusal(rest.git.createTree({ ...at, tree: [...tree] }))).toMatchObject({ status: 422 });
  });

  test('files are read back as they were written', async () => {
    const { rest } = await start();
    const { data } = await rest.repos.getContent({ ...at, path: 'README.md' });
    expect(Buffer.from((data as { content: string }).content, 'base64').toString()).toBe('# Shop\n');
    expect(await refusal(rest.repos.getContent({ ...at, path: 'nope.md' }))).toMatchObject({ status: 404 });
  });
});

describe('documented refusals of pull requests', () => {
  async function opened(more: Parameters<typeof startGithub>[0] = {}) {
    const started = await start(more);
    await publishPullRequest(started.connect(), draft);
    return started;
  }
  const wanted = { ...at, title: 'x', head: draft.branch, base: 'main' };
  const pull = { ...at, pull_number: 1 };

  test('opening', async () => {
    const { rest, github } = await opened();
    const custom = (message: string) => [
      expect.objectContaining({ resource: 'PullRequest', code: 'custom', message }),
    ];
    expect(await refusal(rest.pulls.create(wanted))).toMatchObject({
      status: 422,
      message: 'Validation Failed',
      errors: custom('A pull request already exists for acme:postmortem/inc-42.'),
    });
    expect(await refusal(rest.pulls.create({ ...wanted, head: 'nope' }))).toMatchObject({
      errors: [{ field: 'head', code: 'invalid' }],
    });
    expect(await refusal(rest.pulls.create({ ...wanted, base: 'nope' }))).toMatchObject({
      errors: [{ field: 'base', code: 'invalid' }],
    });
    expect(await refusal(rest.pulls.create({ ...wanted, title: '' }))).toMatchObject({
      errors: [{ field: 'title', code: 'missing_field' }],
    });
    github.repository.branches.set('same', github.repository.branches.get('main') ?? '');
    expect(await refusal(rest.pulls.create({ ...wanted, head: 'same' }))).toMatchObject({
      errors: custom('No commits between main and same'),
    });
  });

  test('listing finds by head and state', async () => {
    const { rest, github } = await opened();
    const list = async (state: 'all' | 'open' | 'closed', head = 'acme:postmortem/inc-42') =>
      (await rest.pulls.list({ ...at, state, head })).data.length;
    expect([
      await list('open'),
      await list('closed'),
      await list('all'),
      await list('all', 'acme:other'),
    ]).toEqual([1, 0, 1, 0]);
    github.as('jun-p').close(1);
    expect([await list('open'), await list('closed'), await list('all')]).toEqual([0, 1, 1]);
  });

  test('reviewing: nobody decides on their own, and a rejection needs words', async () => {
    const { rest } = await opened();
    const review = (event: 'APPROVE' | 'REQUEST_CHANGES' | 'COMMENT', body = '') =>
      rest.pulls.createReview({ ...pull, event, body });
    expect(await refusal(review('APPROVE'))).toMatchObject({
      status: 422,
      errors: ['Can not approve your own pull request'],
    });
    expect(await refusal(review('REQUEST_CHANGES', 'x'))).toMatchObject({
      errors: ['Can not request changes on your own pull request'],
    });
    expect(await refusal(review('COMMENT'))).toMatchObject({ status: 422 });
    expect((await review('COMMENT', 'note')).data.state).toBe('COMMENTED');
  });

  test('asking for reviews', async () => {
    const { rest } = await opened();
    const ask = (...reviewers: string[]) => rest.pulls.requestReviewers({ ...pull, reviewers });
    expect(await refusal(ask('muster-bot'))).toEqual({
      status: 422,
      message: 'Review cannot be requested from pull request author.',
    });
    expect((await refusal(ask('minji-k', 'stranger'))).message).toContain('is not a collaborator');
    expect((await ask('jun-p')).data.requested_reviewers?.map((user) => user.login)).toEqual([
      'minji-k',
      'jun-p',
    ]);
  });

  test('merging: protection, a moved head, a conflict, and only once', async () => {
    const { rest, github } = await opened({ requiredApprovals: 1 });
    const merge = (sha?: string) => rest.pulls.merge({ ...pull, ...(sha && { sha }) });
    expect(await refusal(merge())).toEqual({
      status: 405,
      message: 'At least 1 approving review is required by reviewers with write access.',
    });
    github.as('minji-k').review(1, 'APPROVE');
    github.as('jun-p').review(1, 'REQUEST_CHANGES', 'no');
    expect(await refusal(merge())).toMatchObject({ status: 405 });
    github.as('jun-p').review(1, 'APPROVE');
    expect(await refusal(merge('0'.repeat(40)))).toEqual({
      status: 409,
      message: 'Head branch was modified. Review and try the merge again.',
    });
    expect(await refusal(rest.pulls.merge({ ...pull, merge_method: 'rebase' }))).toMatchObject({
      status: 405,
    });
    const { data } = await merge();
    expect(data).toMatchObject({ merged: true, sha: github.repository.branches.get('main') });
    expect(github.repository.store.commit(data.sha)?.parents).toHaveLength(2);
    expect(await refusal(merge())).toEqual({ status: 405, message: 'Pull Request is not mergeable' });
    expect((await rest.pulls.get(pull)).data).toMatchObject({
      state: 'closed',
      merged: true,
      merged_by: { login: 'muster-bot' },
    });
  });

  test('a file changed on both sides does not merge', async () => {
    const { rest, github, connect } = await opened();
    const other = {
      ...draft,
      branch: 'other',
      files: [{ path: draft.files[0]?.path ?? '', content: 'other' }],
    };
    await publishPullRequest(connect(), other);
    github.as('minji-k').merge(1);
    expect(await refusal(rest.pulls.merge({ ...at, pull_number: 2 }))).toEqual({
      status: 405,
      message: 'Pull Request is not mergeable',
    });
  });

  test('files, labels and comments', async () => {
    const { rest } = await opened();
    const { data: files } = await rest.pulls.listFiles(pull);
    expect(files).toMatchObject([
      { filename: 'postmortems/2026/inc-42.md', status: 'added', additions: 3, deletions: 0 },
    ]);
    expect(files[0]?.patch).toBe('@@ -0,0 +1,3 @@\n+# INC-42\n+\n+Redis 장애');
    const issue = { ...at, issue_number: 1 };
    await rest.issues.addLabels({ ...issue, labels: ['p1', 'postmortem'] });
    expect((await rest.issues.listLabelsOnIssue(issue)).data.map((label) => label.name)).toEqual([
      'postmortem',
      'p1',
    ]);
    await rest.issues.createComment({ ...issue, body: 'hello' });
    expect((await rest.issues.listComments(issue)).data).toMatchObject([
      { body: 'hello', user: { login: 'muster-bot' } },
    ]);
    expect(await refusal(rest.issues.createComment({ ...issue, body: '' }))).toMatchObject({ status: 422 });
    expect(await refusal(rest.pulls.get({ ...at, pull_number: 9 }))).toMatchObject({ status: 404 });
  });

  test('closing and opening again; a merged one stays merged', async () => {
    const { rest, github } = await opened();
    expect((await rest.pulls.update({ ...pull, state: 'closed' })).data.state).toBe('closed');
    expect((await rest.pulls.update({ ...pull, state: 'open' })).data.state).toBe('open');
    github.as('minji-k').merge(1);
    expect(await refusal(rest.pulls.update({ ...pull, state: 'open' }))).toMatchObject({ status: 422 });
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
