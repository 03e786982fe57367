import { structuredPatch } from 'diff';
import { type Commit, filesOf, type Signature } from './git-objects.ts';
import {
  type Comment,
  commitsBetween,
  filesAt,
  idOf,
  mergeBase,
  type Pull,
  type Repository,
  type Review,
  type User,
} from './repository.ts';

/** Where the look-alike is reachable: the API under `/api/v3` as on GitHub Enterprise, pages beside it. */
export type Addresses = { web: string; api: string };

const iso = (at: number): string =>
  new Date(Math.floor(at / 1000) * 1000).toISOString().replace('.000Z', 'Z');

/** A user as the API shows it. */
export const showUser = (user: User, at: Addresses) => ({
  login: user.login,
  id: user.id,
  node_id: `U_${user.id}`,
  avatar_url: `${at.web}/avatars/${user.login}`,
  url: `${at.api}/users/${user.login}`,
  html_url: `${at.web}/${user.login}`,
  name: user.name,
  type: user.type,
  site_admin: false,
});

/** The repository as the API shows it. */
export const showRepository = (repository: Repository, at: Addresses) => {
  const fullName = `${repository.owner}/${repository.name}`;
  return {
    id: idOf(fullName),
    node_id: `R_${idOf(fullName)}`,
    name: repository.name,
    full_name: fullName,
    private: true,
    owner: showUser(
      { login: repository.owner, id: idOf(repository.owner), name: repository.owner, type: 'User' },
      at,
    ),
    html_url: `${at.web}/${fullName}`,
    url: `${at.api}/repos/${fullName}`,
    description: null,
    fork: false,
    default_branch: repository.defaultBranch,
    allow_merge_commit: true,
    allow_squash_merge: true,
    allow_rebase_merge: false,
    permissions: { admin: false, maintain: false, push: true, triage: true, pull: true },
  };
};

/** A branch as the git references API shows it. */
export const showRef = (repository: Repository, branch: string, sha: string, at: Addresses) => ({
  ref: `refs/heads/${branch}`,
  node_id: `REF_${idOf(branch)}`,
  url: `${at.api}/repos/${repository.owner}/${repository.name}/git/refs/heads/${branch}`,
  object: {
    type: 'commit',
    sha,
    url: `${at.api}/repos/${repository.owner}/${repository.name}/git/commits/${sha}`,
  },
});

const showSignature = (one: Signature) => ({
  name: one.name,
  email: one.email,
  date: iso(one.seconds * 1000),
});

/** A commit as the git database API shows it. */
export const showCommit = (repository: Repository, sha: string, commit: Commit, at: Addresses) => {
  const root = `${at.api}/repos/${repository.owner}/${repository.name}/git`;
  return {
    sha,
    node_id: `C_${sha}`,
    url: `${root}/commits/${sha}`,
    html_url: `${at.web}/${repository.owner}/${repository.name}/commit/${sha}`,
    author: showSignature(commit.author),
    committer: showSignature(commit.committer),
    message: commit.message,
    tree: { sha: commit.tree, url: `${root}/trees/${commit.tree}` },
    parents: commit.parents.map((parent) => ({ sha: parent, url: `${root}/commits/${parent}` })),
    verification: { verified: false, reason: 'unsigned', signature: null, payload: null },
  };
};

/** A tree as the git database API shows it; `recursive` lists every file below it. */
export const showTree = (repository: Repository, sha: string, recursive: boolean, at: Addresses) => {
  const entries = recursive
    ? [...filesOf(repository.store, sha).values()]
    : (repository.store.tree(sha) ?? []);
  const root = `${at.api}/repos/${repository.owner}/${repository.name}/git`;
  return {
    sha,
    url: `${root}/trees/${sha}`,
    tree: entries.map((entry) => {
      const type = entry.mode === '040000' ? 'tree' : 'blob';
      const size = repository.store.blob(entry.sha)?.length;
      return {
        ...entry,
        type,
        ...(size === undefined ? {} : { size }),
        url: `${root}/${type}s/${entry.sha}`,
      };
    }),
    truncated: false,
  };
};

/** A review as the API shows it; webhooks show the state in lower case. */
export const showReview = (repository: Repository, pull: Pull, review: Review, at: Addresses) => {
  const html = `${at.web}/${repository.owner}/${repository.name}/pull/${pull.number}`;
  return {
    id: review.id,
    node_id: `PRR_${review.id}`,
    user: showUser(review.user, at),
    body: review.body,
    state: review.state as string,
    html_url: `${html}#review-${review.id}`,
    pull_request_url: `${at.api}/repos/${repository.owner}/${repository.name}/pulls/${pull.number}`,
    author_association: 'COLLABORATOR',
    submitted_at: iso(review.submittedAt),
    commit_id: review.commit,
  };
};

/** A conversation comment as the API shows it. */
export const showComment = (repository: Repository, pull: Pull, comment: Comment, at: Addresses) => ({
  id: comment.id,
  node_id: `IC_${comment.id}`,
  url: `${at.api}/repos/${repository.owner}/${repository.name}/issues/comments/${comment.id}`,
  html_url: `${at.web}/${repository.owner}/${repository.name}/pull/${pull.number}#comment-${comment.id}`,
  body: comment.body,
  user: showUser(comment.user, at),
  created_at: iso(comment.at),
  updated_at: iso(comment.at),
});

/** A label as the API shows it. */
export const showLabel = (repository: Repository, name: string, at: Addresses) => ({
  id: idOf(name),
  node_id: `LA_${idOf(name)}`,
  url: `${at.api}/repos/${repository.owner}/${repository.name}/labels/${encodeURIComponent(name)}`,
  name,
  color: 'ededed',
  default: false,
  description: null,
});

/** A pull request as the API and the webhooks show it. */
export const showPull = (repository: Repository, pull: Pull, at: Addresses) => {
  const fullName = `${repository.owner}/${repository.name}`;
  const branch = (ref: string, sha: string) => ({
    label: `${repository.owner}:${ref}`,
    ref,
    sha,
    user: showUser(
      { login: repository.owner, id: idOf(repository.owner), name: repository.owner, type: 'User' },
      at,
    ),
    repo: showRepository(repository, at),
  });
  const asked = repository.users.filter((user) => pull.requestedReviewers.includes(user.login));
  return {
    id: idOf(`pull ${pull.number}`),
    node_id: `PR_${pull.number}`,
    url: `${at.api}/repos/${fullName}/pulls/${pull.number}`,
    html_url: `${at.web}/${fullName}/pull/${pull.number}`,
    number: pull.number,
    state: pull.closed ? 'closed' : 'open',
    locked: false,
    title: pull.title,
    body: pull.body || null,
    user: showUser(pull.author, at),
    labels: pull.labels.map((label) => showLabel(repository, label, at)),
    requested_reviewers: asked.map((user) => showUser(user, at)),
    requested_teams: [],
    draft: pull.draft,
    created_at: iso(pull.createdAt),
    updated_at: iso(pull.updatedAt),
    closed_at: pull.closed ? iso(pull.closed.at) : null,
    merged_at: pull.merged ? iso(pull.merged.at) : null,
    merge_commit_sha: pull.merged?.sha ?? null,
    merged: pull.merged !== undefined,
    merged_by: pull.merged ? showUser(pull.merged.by, at) : null,
    head: branch(pull.head, pull.headSha),
    base: branch(pull.base, pull.baseSha),
    commits: commitsBetween(repository, pull.baseSha, pull.headSha).length,
    comments: pull.comments.length,
  };
};

/** One changed file of a pull request with its unified diff. */
export type ChangedFile = {
  filename: string;
  sha: string;
  status: 'added' | 'modified' | 'removed';
  additions: number;
  deletions: number;
  changes: number;
  patch: string;
  hunks: ReturnType<typeof structuredPatch>['hunks'];
};

/** The files that a pull request changes since it left its base. */
export function changedFiles(repository: Repository, pull: Pull): ChangedFile[] {
  const origin = filesAt(repository, mergeBase(repository, pull.baseSha, pull.headSha) ?? '');
  const head = filesAt(repository, pull.headSha);
  const text = (sha: string | undefined) => repository.store.blob(sha ?? '')?.toString('utf8') ?? '';
  return [...new Set([...origin.keys(), ...head.keys()])]
    .filter((path) => origin.get(path)?.sha !== head.get(path)?.sha)
    .sort()
    .map((filename) => {
      const [was, is] = [origin.get(filename)?.sha, head.get(filename)?.sha];
      const patch = structuredPatch(filename, filename, text(was), text(is), '', '', { context: 3 });
      // Git counts from 0 where a side has no lines.
      const hunks = patch.hunks.map((hunk) => ({
        ...hunk,
        oldStart: hunk.oldLines === 0 ? hunk.oldStart - 1 : hunk.oldStart,
        newStart: hunk.newLines === 0 ? hunk.newStart - 1 : hunk.newStart,
      }));
      const lines = hunks.flatMap((hunk) => hunk.lines);
      const additions = lines.filter((line) => line.startsWith('+')).length;
      const deletions = lines.filter((line) => line.startsWith('-')).length;
      return {
        filename,
        sha: is ?? was ?? '',
        status: !was ? 'added' : !is ? 'removed' : 'modified',
        additions,
        deletions,
        changes: additions + deletions,
        hunks,
        patch: hunks
          .map(
            (hunk) =>
              `@@ -${hunk.oldStart},${hunk.oldLines} +${hunk.newStart},${hunk.newLines} @@\n${hunk.lines.join('\n')}`,
          )
          .join('\n'),
      };
    });
}
