import { afterEach, describe, expect, test } from 'vitest';
import { publishPullRequest } from '../../src/github/publish-pull-request.ts';
import type { Fault, Injected } from '../../src/sandbox/faults.ts';
import type { SandboxGithub } from '../../src/sandbox/github/sandbox-github.ts';
import { draft } from './draft-example.ts';
import { closeSandboxes, startGithub } from './sandbox.ts';

afterEach(closeSandboxes);

/** What must be the same however often publishing was interrupted. */
const outcome = ({ repository, filesOn }: SandboxGithub) => ({
  branches: [...repository.branches],
  files: filesOn(draft.branch),
  pulls: repository.pulls.map(({ number, title, body, head, base, headSha, labels, requestedReviewers }) => ({
    number,
    title,
    body,
    head,
    base,
    headSha,
    labels,
    requestedReviewers,
  })),
});

async function cleanRun() {
  const { github, connect } = await startGithub();
  const calls: string[] = [];
  await publishPullRequest(connect({ step: (name) => calls.push(name) }), draft);
  return { calls, outcome: outcome(github) };
}

describe('a clean run', () => {
  test('makes one branch with the file, one pull request, its labels and reviewers', async () => {
    const { github, connect } = await startGithub();
    const published = await publishPullRequest(connect(), draft);
    expect(published).toEqual({
      number: 1,
      url: `${github.url}/acme/shop/pull/1`,
      branch: 'postmortem/inc-42',
      sha: github.repository.branches.get(draft.branch),
      state: 'open',
      warnings: [],
    });
    expect(outcome(github)).toMatchObject({
      files: { 'README.md': '# Shop\n', 'postmortems/2026/inc-42.md': draft.files[0]?.content },
      pulls: [{ title: draft.title, labels: ['postmortem'], requestedReviewers: ['minji-k'] }],
    });
  });

  test('run a second time writes nothing new and asks nobody again', async () => {
    const { github, connect } = await startGithub();
    const first = await publishPullRequest(connect(), draft);
    const before = outcome(github);
    const seen = github.calls.length;
    expect(await publishPullRequest(connect(), draft)).toEqual(first);
    expect(outcome(github)).toEqual(before);
    const writes = github.calls.slice(seen).filter((call) => call.method !== 'GET');
    // Storing the same tree again is how it is seen that nothing differs.
    expect(writes.map((call) => call.path)).toEqual(['/repos/acme/shop/git/trees']);
  });
});

describe('interrupted after any call and run again, the result equals the clean run', () => {
  const faults: Fault[] = [
    { kind: 'lose-reply' },
    { kind: 'cut-reply' },
    { kind: 'reset' },
    { kind: 'hang' },
    { kind: 'answer', status: 502 },
    { kind: 'answer', status: 429, headers: { 'retry-after': '1' } },
  ];
  test.each(faults)('%o', async (fault) => {
    const clean = await cleanRun();
    expect(clean.calls.length).toBeGreaterThanOrEqual(9);
    for (const [index, name] of clean.calls.entries()) {
      const { github, connect } = await startGithub();
      let count = 0;
      let injected: Injected | undefined;
      const step = () => {
        if (count++ === index) injected = github.faults.inject(/./, fault);
      };
      const timeoutMs = fault.kind === 'hang' ? 300 : 2000;
      const broken = await publishPullRequest(connect({ step, timeoutMs }), draft).catch((error) => error);
      expect(injected?.taken, name).toBe(1);
      // The status alone says "there is no such branch", whatever became of the body.
      const toldByStatus = fault.kind === 'cut-reply' && name === 'read the branch';
      if (!toldByStatus) expect(broken, name).toMatchObject({ name: 'Failure', retry: 'later' });
      await publishPullRequest(connect(), draft);
      expect(outcome(github), `after ${fault.kind} at ${name}`).toEqual(clean.outcome);
      await closeSandboxes();
    }
  });

  test('two replicas publishing at the same moment', async () => {
    const clean = await cleanRun();
    const { github, connect } = await startGithub();
    const both = await Promise.all([
      publishPullRequest(connect(), draft),
      publishPullRequest(connect(), draft),
    ]);
    expect(both[0]).toEqual(both[1]);
    expect(outcome(github)).toEqual(clean.outcome);
  });

  test.each(['create the branch', 'open the pull request'])('somebody faster at “%s”', async (name) => {
    const clean = await cleanRun();
    const { github, connect } = await startGithub();
    let raced = false;
    const step = async (now: string) => {
      if (now !== name || raced) return;
      raced = true;
      await publishPullRequest(connect(), draft);
    };
    await publishPullRequest(connect({ step }), draft);
    expect(raced).toBe(true);
    expect(outcome(github)).toEqual(clean.outcome);
  });
});

describe('what people did is kept', () => {
  const personsCommit = (github: SandboxGithub, content: string | null) => {
    const { store, branches } = github.repository;
    const parent = branches.get(draft.branch) ?? branches.get('main') ?? '';
    const signature = { name: 'Kim Minji', email: 'minji@example.com', seconds: 1 };
    const blob = store.putBlob(Buffer.from(content ?? 'x'));
    const tree =
      content === null
        ? store.putTree([{ path: 'x', mode: '100644', sha: blob }])
        : store.putTree([
            {
              path: 'postmortems',
              mode: '040000',
              sha: store.putTree([
                {
                  path: '2026',
                  mode: '040000',
                  sha: store.putTree([{ path: 'inc-42.md', mode: '100644', sha: blob }]),
                },
              ]),
            },
          ]);
    const sha = store.putCommit({
      tree,
      parents: [parent],
      author: signature,
      committer: signature,
      message: 'Edit',
    });
    branches.set(draft.branch, sha);
    return sha;
  };

  test('a draft that somebody edited is adopted as it is', async () => {
    const { github, connect } = await startGithub();
    await publishPullRequest(connect(), draft);
    const edited = personsCommit(github, '# Edited by a person\n');
    expect(await publishPullRequest(connect(), draft)).toMatchObject({ number: 1, sha: edited });
    expect(github.filesOn(draft.branch)['postmortems/2026/inc-42.md']).toBe('# Edited by a person\n');
  });

  test('a branch of that name without the draft gets it on top, and nothing is lost', async () => {
    const { github, connect } = await startGithub();
    personsCommit(github, null);
    await publishPullRequest(connect(), draft);
    expect(Object.keys(github.filesOn(draft.branch)).sort()).toEqual(['postmortems/2026/inc-42.md', 'x']);
  });

  test('a newer draft of our own becomes a second commit on the same pull request', async () => {
    const { github, connect } = await startGithub();
    const first = await publishPullRequest(connect(), draft);
    const newer = { ...draft, files: [{ path: 'postmortems/2026/inc-42.md', content: '# Newer\n' }] };
    const second = await publishPullRequest(connect(), newer);
    expect(second).toMatchObject({ number: 1, state: 'open' });
    expect(github.repository.store.commit(second.sha)?.parents).toEqual([first.sha]);
  });

  test.each(['merged', 'closed'] as const)(
    'one that was %s is reported, not opened a second time',
    async (state) => {
      const { github, connect } = await startGithub();
      await publishPullRequest(connect(), draft);
      if (state === 'merged') github.as('minji-k').merge(1);
      else github.as('minji-k').close(1);
      github.repository.branches.delete(draft.branch);
      expect(await publishPullRequest(connect(), draft)).toMatchObject({ number: 1, state });
      expect(github.repository.pulls).toHaveLength(1);
      expect(github.repository.branches.has(draft.branch)).toBe(false);
    },
  );

  test('a base that moved meanwhile does not matter', async () => {
    const { github, connect } = await startGithub();
    await publishPullRequest(connect(), draft);
    const other = {
      ...draft,
      branch: 'postmortem/inc-43',
      files: [{ path: 'postmortems/2026/inc-43.md', content: 'x' }],
    };
    await publishPullRequest(connect(), other);
    github.as('minji-k').merge(2);
    expect(await publishPullRequest(connect(), draft)).toMatchObject({ number: 1, state: 'open' });
    github.as('minji-k').merge(1);
    expect(Object.keys(github.filesOn('main')).sort()).toEqual([
      'README.md',
      'postmortems/2026/inc-42.md',
      'postmortems/2026/inc-43.md',
    ]);
  });
});

describe('decoration never stops the draft', () => {
  test('an unknown reviewer is a warning, the others are asked, and so is never the author', async () => {
    const { github, connect } = await startGithub();
    const reviewers = ['nobody-here', 'minji-k', 'muster-bot'];
    const published = await publishPullRequest(connect(), { ...draft, reviewers });
    expect(published.warnings).toEqual([expect.stringContaining('not a collaborator')]);
    expect(github.repository.pulls[0]?.requestedReviewers).toEqual(['minji-k']);
  });

  test('a refused label is a warning', async () => {
    const { connect } = await startGithub();
    const published = await publishPullRequest(connect(), { ...draft, labels: ['x'.repeat(51)] });
    expect(published.warnings).toHaveLength(1);
  });

  test('who has reviewed is not asked again', async () => {
    const { github, connect } = await startGithub();
    await publishPullRequest(connect(), draft);
    github.as('minji-k').review(1, 'APPROVE');
    await publishPullRequest(connect(), draft);
    expect(github.repository.pulls[0]?.requestedReviewers).toEqual([]);
  });
});

test('an empty repository is refused with the remedy', async () => {
  const { connect } = await startGithub({ files: undefined as never });
  await expect(publishPullRequest(connect(), draft)).rejects.toMatchObject({
    code: 'github-conflict',
    message: expect.stringContaining('first commit'),
  });
});
