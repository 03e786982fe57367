import { afterEach, describe, expect, test } from 'vitest';
import { publishPullRequest } from '../../../src/github/publish-pull-request.ts';
import { draft } from '../../github/draft-example.ts';
import { closeSandboxes } from '../../github/sandbox.ts';
import { at, refusal, start } from './octokit.ts';

afterEach(closeSandboxes);

describe('documented refusals of pull requests', () => {
  async function opened(more: Parameters<typeof start>[0] = {}) {
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
