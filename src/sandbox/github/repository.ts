import { createHash } from 'node:crypto';
import {
  createObjectStore,
  filesOf,
  historyOf,
  type ObjectStore,
  putFiles,
  type TreeEntry,
} from './git-objects.ts';

/** An account that can act: a person, or the bot of an installed App. */
export type User = { login: string; id: number; name: string; type: 'User' | 'Bot' };

/** One submitted review. */
export type Review = {
  id: number;
  user: User;
  state: 'APPROVED' | 'CHANGES_REQUESTED' | 'COMMENTED';
  body: string;
  submittedAt: number;
  commit: string;
};

/** One comment in a pull request's conversation. */
export type Comment = { id: number; user: User; body: string; at: number };

/** A pull request. `closed` says when and by whom; `merged` is set beside it when it was merged. */
export type Pull = {
  number: number;
  title: string;
  body: string;
  author: User;
  head: string;
  base: string;
  draft: boolean;
  createdAt: number;
  updatedAt: number;
  closed?: { by: User; at: number } | undefined;
  merged?: { by: User; at: number; sha: string };
  /** The head and base commits: moving while open, frozen once closed. */
  headSha: string;
  baseSha: string;
  labels: string[];
  requestedReviewers: string[];
  reviews: Review[];
  comments: Comment[];
};

/** Everything one sandbox repository holds. */
export type Repository = {
  owner: string;
  name: string;
  defaultBranch: string;
  store: ObjectStore;
  /** Branch name → commit. */
  branches: Map<string, string>;
  pulls: Pull[];
  labels: Set<string>;
  users: User[];
  requiredApprovals: number;
  nextId(): number;
};

/** A stable avatar-free id for anything that GitHub numbers, so that two runs show the same ids. */
export const idOf = (text: string): number => createHash('sha1').update(text).digest().readUInt32BE(0) % 1e8;

/** The file tree of a commit by path; an unknown commit has no files. */
export const filesAt = (repository: Repository, commit: string): Map<string, TreeEntry> =>
  filesOf(repository.store, repository.store.commit(commit)?.tree ?? '');

/** The newest commit that both have in their history. */
export function mergeBase(repository: Repository, a: string, b: string): string | undefined {
  const known = new Set(historyOf(repository.store, a));
  return historyOf(repository.store, b).find((sha) => known.has(sha));
}

/** The commits a pull request would add, oldest first. */
export function commitsBetween(repository: Repository, base: string, head: string): string[] {
  const known = new Set(historyOf(repository.store, base));
  return historyOf(repository.store, head)
    .filter((sha) => !known.has(sha))
    .reverse();
}

/** Creates a repository; with `files` it has a first commit on its default branch, without it is empty. */
export function createRepository(options: {
  fullName: string;
  users: { login: string; name: string }[];
  files?: Record<string, string>;
  requiredApprovals?: number;
  now: number;
}): Repository {
  const [owner = '', name = ''] = options.fullName.split('/');
  const store = createObjectStore();
  let ids = 1000;
  const repository: Repository = {
    owner,
    name,
    defaultBranch: 'main',
    store,
    branches: new Map(),
    pulls: [],
    labels: new Set(['bug', 'documentation', 'enhancement']),
    users: options.users.map((user) => ({ ...user, id: idOf(user.login), type: 'User' })),
    requiredApprovals: options.requiredApprovals ?? 0,
    nextId: () => ++ids,
  };
  if (options.files) {
    const files = Object.entries(options.files).map(([path, text]) => ({
      path,
      mode: '100644',
      sha: store.putBlob(Buffer.from(text)),
    }));
    const signature = { name: owner, email: `${owner}@example.com`, seconds: Math.floor(options.now / 1000) };
    const commit = { parents: [], author: signature, committer: signature, message: 'Initial commit' };
    repository.branches.set('main', store.putCommit({ ...commit, tree: putFiles(store, files) }));
  }
  return repository;
}
