import { afterEach, expect, test } from 'vitest';
import { publishPullRequest } from '../../src/github/publish-pull-request.ts';
import { readPullRequest } from '../../src/github/read-pull-request.ts';
import { draft } from './draft-example.ts';
import { closeSandboxes, startGithub } from './sandbox.ts';

afterEach(closeSandboxes);

test('gives the newest verdict of every reviewer and the end', async () => {
  const { github, connect } = await startGithub();
  const connection = connect();
  const { sha } = await publishPullRequest(connection, draft);
  github.as('jun-p').review(1, 'REQUEST_CHANGES', 'more');
  github.as('minji-k').review(1, 'APPROVE');
  github.as('jun-p').review(1, 'COMMENT', 'thanks');
  expect(await readPullRequest(connection, 1)).toEqual({
    number: 1,
    url: `${github.url}/acme/shop/pull/1`,
    branch: draft.branch,
    sha,
    state: 'open',
    mergedBy: null,
    reviews: [
      { by: 'jun-p', kind: 'changes-requested' },
      { by: 'minji-k', kind: 'approved' },
    ],
  });
  github.as('jun-p').review(1, 'APPROVE');
  github.as('minji-k').merge(1);
  expect(await readPullRequest(connection, 1)).toMatchObject({
    state: 'merged',
    mergedBy: 'minji-k',
    reviews: [
      { by: 'minji-k', kind: 'approved' },
      { by: 'jun-p', kind: 'approved' },
    ],
  });
});

test('a closed one is closed, an unknown one is undefined', async () => {
  const { github, connect } = await startGithub();
  await publishPullRequest(connect(), draft);
  github.as('jun-p').close(1);
  expect(await readPullRequest(connect(), 1)).toMatchObject({ state: 'closed', mergedBy: null });
  expect(await readPullRequest(connect(), 2)).toBeUndefined();
});
