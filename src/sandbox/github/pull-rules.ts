import { ApiError, notFound, validationFailed } from './api-error.ts';
import { putFiles } from './git-objects.ts';
import {
  commitsBetween,
  filesAt,
  mergeBase,
  type Pull,
  type Repository,
  type Review,
  type User,
} from './repository.ts';

/** What a reviewer says. */
export type ReviewEvent = 'APPROVE' | 'REQUEST_CHANGES' | 'COMMENT';

const reviewStates = {
  APPROVE: 'APPROVED',
  REQUEST_CHANGES: 'CHANGES_REQUESTED',
  COMMENT: 'COMMENTED',
} as const satisfies Record<ReviewEvent, Review['state']>;

/** Finds a pull request or throws GitHub's 404. */
export function pullOf(repository: Repository, number: number): Pull {
  const pull = repository.pulls.find((one) => one.number === number);
  if (!pull) throw notFound();
  if (!pull.closed) {
    pull.headSha = repository.branches.get(pull.head) ?? pull.headSha;
    pull.baseSha = repository.branches.get(pull.base) ?? pull.baseSha;
  }
  return pull;
}

/** Opens a pull request, with the documented 422s for a missing branch, no commits between, and a second one for the same head. */
export function openPull(
  repository: Repository,
  author: User,
  wanted: { title: string; body: string; head: string; base: string; draft: boolean },
  now: number,
): Pull {
  const [owner, branch] = wanted.head.includes(':')
    ? wanted.head.split(':', 2)
    : [repository.owner, wanted.head];
  const head = owner === repository.owner ? (branch ?? '') : '';
  const headSha = repository.branches.get(head);
  const baseSha = repository.branches.get(wanted.base);
  const refused = (more: { code: string; field?: string; message?: string }) =>
    validationFailed({ resource: 'PullRequest', ...more });
  if (!headSha) throw refused({ field: 'head', code: 'invalid' });
  if (!baseSha) throw refused({ field: 'base', code: 'invalid' });
  if (repository.pulls.some((one) => !one.closed && one.head === head && one.base === wanted.base))
    throw refused({
      code: 'custom',
      message: `A pull request already exists for ${repository.owner}:${head}.`,
    });
  if (commitsBetween(repository, baseSha, headSha).length === 0)
    throw refused({ code: 'custom', message: `No commits between ${wanted.base} and ${head}` });
  const pull: Pull = {
    ...wanted,
    number: repository.pulls.length + 1,
    author,
    head,
    createdAt: now,
    updatedAt: now,
    headSha,
    baseSha,
    labels: [],
    requestedReviewers: [],
    reviews: [],
    comments: [],
  };
  repository.pulls.push(pull);
  return pull;
}

/** Adds a review. Nobody approves or rejects their own pull request, and a comment or rejection needs words. */
export function submitReview(
  repository: Repository,
  number: number,
  user: User,
  wanted: { event: ReviewEvent; body: string },
  now: number,
): Review {
  const pull = pullOf(repository, number);
  if (!Object.hasOwn(reviewStates, wanted.event))
    throw validationFailed({ resource: 'PullRequestReview', field: 'event', code: 'invalid' });
  const refused = (error: string) => new ApiError(422, 'Unprocessable Entity', { errors: [error] });
  if (user.login === pull.author.login && wanted.event !== 'COMMENT')
    throw refused(
      wanted.event === 'APPROVE'
        ? 'Can not approve your own pull request'
        : 'Can not request changes on your own pull request',
    );
  if (wanted.event !== 'APPROVE' && !wanted.body.trim())
    throw refused('Review body is required when requesting changes or commenting');
  const review: Review = {
    id: repository.nextId(),
    user,
    state: reviewStates[wanted.event],
    body: wanted.body,
    submittedAt: now,
    commit: pull.headSha,
  };
  pull.reviews.push(review);
  pull.requestedReviewers = pull.requestedReviewers.filter((login) => login !== user.login);
  pull.updatedAt = now;
  return review;
}

/** The newest approval or rejection of every reviewer; comments do not change it. */
export function verdictsOf(pull: Pull): Map<string, Review['state']> {
  const verdicts = new Map<string, Review['state']>();
  for (const review of pull.reviews)
    if (review.state !== 'COMMENTED') verdicts.set(review.user.login, review.state);
  return verdicts;
}

/** Why a pull request can't be merged now, in GitHub's words, or undefined when it can. */
export function mergeObstacle(repository: Repository, pull: Pull): string | undefined {
  const verdicts = [...verdictsOf(pull).values()];
  const approvals = verdicts.filter((state) => state === 'APPROVED').length;
  const needed = repository.requiredApprovals;
  if (approvals < needed)
    return `At least ${needed} approving review is required by reviewers with write access.`;
  if (needed > 0 && verdicts.includes('CHANGES_REQUESTED'))
    return 'Changes have been requested by reviewers with write access.';
  if (pull.draft) return 'Pull Request is still a draft';
  if (!mergedFiles(repository, pull)) return 'Pull Request is not mergeable';
  return undefined;
}

/** The files after a merge, or undefined when both sides changed the same file differently. */
function mergedFiles(repository: Repository, pull: Pull) {
  const base = filesAt(repository, pull.baseSha);
  const head = filesAt(repository, pull.headSha);
  const origin = filesAt(repository, mergeBase(repository, pull.baseSha, pull.headSha) ?? '');
  for (const path of new Set([...origin.keys(), ...head.keys()])) {
    const [was, is, there] = [origin.get(path), head.get(path), base.get(path)];
    if (was?.sha === is?.sha) continue;
    if (there?.sha !== was?.sha && there?.sha !== is?.sha) return undefined;
    if (is) base.set(path, is);
    else base.delete(path);
  }
  return base;
}

/** Merges an open pull request with a merge commit or as one squashed commit. */
export function mergePull(
  repository: Repository,
  number: number,
  by: User,
  wanted: { method: string; sha?: string | undefined; message?: string | undefined },
  now: number,
): string {
  const pull = pullOf(repository, number);
  if (pull.closed) throw new ApiError(405, 'Pull Request is not mergeable');
  if (wanted.sha && wanted.sha !== pull.headSha)
    throw new ApiError(409, 'Head branch was modified. Review and try the merge again.');
  if (wanted.method === 'rebase')
    throw new ApiError(405, 'Rebase merges are not allowed on this repository.');
  const obstacle = mergeObstacle(repository, pull);
  const files = mergedFiles(repository, pull);
  if (obstacle || !files) throw new ApiError(405, obstacle ?? 'Pull Request is not mergeable');
  const signature = {
    name: by.name,
    email: `${by.login}@users.noreply.github.com`,
    seconds: Math.floor(now / 1000),
  };
  const squash = wanted.method === 'squash';
  const sha = repository.store.putCommit({
    tree: putFiles(repository.store, files.values()),
    parents: squash ? [pull.baseSha] : [pull.baseSha, pull.headSha],
    author: signature,
    committer: signature,
    message:
      wanted.message ??
      (squash
        ? `${pull.title} (#${number})`
        : `Merge pull request #${number} from ${repository.owner}/${pull.head}\n\n${pull.title}`),
  });
  repository.branches.set(pull.base, sha);
  pull.merged = { by, at: now, sha };
  pull.closed = { by, at: now };
  pull.updatedAt = now;
  return sha;
}

/** Closes an open pull request without merging it, or opens a closed one again. */
export function setPullState(
  repository: Repository,
  number: number,
  by: User,
  state: string,
  now: number,
): boolean {
  const pull = pullOf(repository, number);
  if (state === 'open' && pull.merged)
    throw validationFailed({
      resource: 'PullRequest',
      code: 'custom',
      field: 'state',
      message: 'state cannot be changed. The pull request cannot be reopened.',
    });
  if ((state === 'open') === !pull.closed) return false;
  pull.closed = state === 'open' ? undefined : { by, at: now };
  pull.updatedAt = now;
  return true;
}

/** Asks people to review: collaborators only, and never the author. */
export function requestReviewers(repository: Repository, number: number, logins: string[]): Pull {
  const pull = pullOf(repository, number);
  if (logins.includes(pull.author.login))
    throw new ApiError(422, 'Review cannot be requested from pull request author.');
  if (logins.some((login) => !repository.users.some((user) => user.login === login)))
    throw new ApiError(
      422,
      `Reviews may only be requested from collaborators. One or more of the users or teams you specified is not a collaborator of the ${repository.owner}/${repository.name} repository.`,
    );
  pull.requestedReviewers = [...new Set([...pull.requestedReviewers, ...logins])];
  return pull;
}
