import { afterEach, describe, expect, test } from 'vitest';
import { connectGithub } from '../../src/github/connection.ts';
import { publishPullRequest } from '../../src/github/publish-pull-request.ts';
import { readPullRequest } from '../../src/github/read-pull-request.ts';
import { silent } from '../../src/kit/log.ts';
import { startSandboxGithub } from '../../src/sandbox/github/sandbox-github.ts';
import { draft } from './draft-example.ts';

const now = () => Date.parse('2026-11-21T10:00:00Z');
const users = [
  { login: 'muster-bot', name: 'Muster' },
  { login: 'minji-k', name: 'Kim Minji' },
  { login: 'jun-p', name: 'Park Jun' },
];

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

async function sandbox() {
  const sandbox = await startSandboxGithub({
    repository: 'acme/shop',
    users,
    tokens: { 'ghp-write': { login: 'muster-bot', access: 'write' } },
    files: { 'README.md': '# Shop\n' },
    now,
  });
  open.push(sandbox);
  const connect = (step?: (name: string) => void) =>
    connectGithub(
      { apiUrl: sandbox.apiUrl(), repository: 'acme/shop', credential: { token: 'ghp-write' } },
      { log: silent, now, timeoutMs: 1000, ...(step && { step }) },
    );
  return { sandbox, connect };
}

/** What must be the same however often publishing was interrupted. */
function outcome({ repository, filesOn }: Awaited<ReturnType<typeof startSandboxGithub>>) {
  return {
    branches: [...repository.branches],
    files: filesOn(draft.branch),
    pulls: repository.pulls.map(({ title, body, head, base, headSha, labels, requestedReviewers, closed }) => ({
      title,
      body,
      head,
      base,
      headSha,
      labels,
      requestedReviewers,
      closed,
    })),
  };
}

describe('publishPullRequest', () => {
  test('makes one branch with the file, one pull request, its labels and reviewers', async () => {
    const { sandbox: github, connect } = await sandbox();
    const published = await publishPullRequest(connect(), draft);
    expect(published).toMatchObject({ number: 1, branch: 'postmortem/inc-42', state: 'open', warnings: [] });
    expect(published.url).toBe(`${github.url}/acme/shop/pull/1`);
    expect(github.repository.branches.get(draft.branch)).toBe(published.sha);
    expect(outcome(github)).toMatchObject({
      files: { 'README.md': '# Shop\n', 'postmortems/2026/inc-42.md': draft.files[0]?.content },
      pulls: [{ title: draft.title, labels: ['postmortem'], requestedReviewers: ['minji-k'] }],
    });
    expect(await readPullRequest(connect(), 1)).toMatchObject({ state: 'open', reviews: [] });
  });
});
