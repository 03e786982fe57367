import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Failure } from '../kit/failure.ts';
import type { Draft, Published } from './draft.ts';
import { ensureBranch, type GitPlace, type Head } from './ensure-branch.ts';
import { runGit } from './run-git.ts';

/**
 * Publishes a draft without GitHub: a real branch with a real commit in the bare repository at `directory`, which is created with
 * an empty first commit on `main` where it is missing. Run again it changes nothing. git is found in `searchPath` (PATH); `step` is told
 * every git command beforehand. The state is read from the repository: a branch whose commits are on `main` is merged.
 */
export async function publishLocally(
  directory: string,
  draft: Draft,
  options: { searchPath: string; step?: (name: string) => void | Promise<void> },
): Promise<Published> {
  const git: Git = async (args, input) => {
    await options.step?.(`git ${args[0]}`);
    return runGit(directory, args, { searchPath: options.searchPath, ...input });
  };
  await ensureRepository(directory, git);
  const place = placeOf(git);
  const sha = await ensureBranch(place, draft);
  const merged = await asked(git(['merge-base', '--is-ancestor', sha, 'refs/heads/main']));
  return {
    number: null,
    url: pathToFileURL(resolve(directory)).href,
    branch: draft.branch,
    sha,
    state: merged === undefined ? 'open' : 'merged',
    warnings: [],
  };
}

type Git = (args: string[], input?: { stdin?: string; env?: Record<string, string> }) => Promise<string>;

/** A git question whose "no" is an exit code: undefined for no. */
async function asked(answer: Promise<string>): Promise<string | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof Failure && error.code === 'git-failed') return undefined;
    throw error;
  }
}

const firstCommit = { message: 'Postmortems\n', name: 'Muster', email: 'muster@localhost', at: 0 };

async function ensureRepository(directory: string, git: Git): Promise<void> {
  // `git init` locks the configuration, so two drafts at the same moment must not both run it on a repository that stands.
  if (await asked(git(['rev-parse', '--verify', '--quiet', 'refs/heads/main']))) return;
  await mkdir(directory, { recursive: true });
  // It also completes a repository that was interrupted while it was made.
  await git(['init', '--bare', '--quiet', '--initial-branch=main']);
  const place = placeOf(git);
  const tree = await git(['mktree']);
  await place.create('main', await commitTree(git, tree, [], firstCommit));
}

function commitTree(git: Git, tree: string, parents: string[], commit: Draft['commit']): Promise<string> {
  const date = `@${Math.floor(commit.at / 1000)} +0000`;
  return git(['commit-tree', tree, ...parents.flatMap((parent) => ['-p', parent])], {
    stdin: commit.message,
    env: {
      GIT_AUTHOR_NAME: commit.name,
      GIT_AUTHOR_EMAIL: commit.email,
      GIT_AUTHOR_DATE: date,
      GIT_COMMITTER_NAME: commit.name,
      GIT_COMMITTER_EMAIL: commit.email,
      GIT_COMMITTER_DATE: date,
    },
  });
}

function placeOf(git: Git): GitPlace {
  const head = async (branch: string): Promise<Head | undefined> => {
    const format = '%(objectname) %(tree) %(authoremail)';
    const line = await git(['for-each-ref', `--format=${format}`, `refs/heads/${branch}`]);
    const [sha, tree, email] = line.split(' ');
    return sha && tree && email ? { sha, tree, email: email.replace(/^<|>$/g, '') } : undefined;
  };
  // An all-zero old value means "must not exist yet"; git refuses the update otherwise.
  const setRef = async (branch: string, from: string, to: string): Promise<boolean> => {
    const ref = `refs/heads/${branch}`;
    if ((await asked(git(['update-ref', ref, to, from]))) !== undefined) return true;
    if (((await head(branch))?.sha ?? nothing) !== from) return false;
    throw new Failure({
      code: 'git-failed',
      what: 'git did not accept the branch',
      value: branch,
      remedy: 'Check that Muster may write to the repository and that no lock file is left in it.',
    });
  };
  return {
    head,
    base: async () => (await head('main')) as Head,
    holds: async (commit, path) => (await asked(git(['cat-file', '-e', `${commit}:${path}`]))) !== undefined,
    async tree(base, files) {
      const folder = await mkdtemp(join(tmpdir(), 'muster-index-'));
      const env = { GIT_INDEX_FILE: join(folder, 'index') };
      try {
        await git(['read-tree', base], { env });
        for (const { path, content } of files) {
          const blob = await git(['hash-object', '-w', '--stdin'], { stdin: content });
          await git(['update-index', '--add', '--cacheinfo', `100644,${blob},${path}`], { env });
        }
        return await git(['write-tree'], { env });
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    },
    commit: (tree, parent, commit) => commitTree(git, tree, [parent], commit),
    create: (branch, sha) => setRef(branch, nothing, sha),
    move: setRef,
  };
}

const nothing = '0'.repeat(40);
