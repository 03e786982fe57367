import type { Github } from './connection.ts';
import { unlessMissing } from './github-failure.ts';

/** Where a pull request stands, with the newest verdict of every reviewer, oldest first. */
export type PullRequestReading = {
  number: number;
  url: string;
  branch: string;
  sha: string;
  state: 'open' | 'merged' | 'closed';
  /** Login of whoever merged it; GitHub's API does not say who closed one. */
  mergedBy: string | null;
  reviews: { by: string; kind: 'approved' | 'changes-requested' }[];
};

/** The state of a pull request as Muster speaks of it. */
export const stateOf = (pull: { state: string; merged_at: string | null }): PullRequestReading['state'] =>
  pull.merged_at ? 'merged' : pull.state === 'open' ? 'open' : 'closed';

const kinds: Record<string, 'approved' | 'changes-requested'> = {
  APPROVED: 'approved',
  CHANGES_REQUESTED: 'changes-requested',
};

/** Reads a pull request and its reviews, to heal lost webhooks. Undefined where GitHub knows no such pull request. */
export async function readPullRequest(
  github: Github,
  number: number,
): Promise<PullRequestReading | undefined> {
  const pull = await unlessMissing(
    github.call('read the pull request', (rest, at) => rest.pulls.get({ ...at, pull_number: number })),
  );
  if (!pull) return undefined;
  const listed = await github.call('read the reviews', (rest, at) =>
    rest.pulls.listReviews({ ...at, pull_number: number, per_page: 100 }),
  );
  const newest = new Map<string, 'approved' | 'changes-requested'>();
  for (const review of listed) {
    const kind = kinds[review.state];
    const by = review.user?.login ?? 'ghost';
    if (review.state === 'DISMISSED') newest.delete(by);
    if (!kind) continue;
    newest.delete(by);
    newest.set(by, kind);
  }
  return {
    number,
    url: pull.html_url,
    branch: pull.head.ref,
    sha: pull.head.sha,
    state: stateOf(pull),
    mergedBy: pull.merged_by?.login ?? null,
    reviews: [...newest].map(([by, kind]) => ({ by, kind })),
  };
}
