import type { Command } from '../incident/commands.ts';
import type { Incident } from '../incident/state.ts';
import type { Actor } from '../incident/words.ts';

/** What a webhook told about a pull request; `by` is a GitHub login. */
export type PullRequestNews = {
  pullRequest: number;
  branch: string;
  kind: 'approved' | 'changes-requested' | 'commented' | 'merged' | 'closed' | 'reopened';
  by: string;
};

/** What reading a pull request gave; `reviews` holds the newest verdict of every reviewer, oldest first. */
export type PullRequestReading = {
  state: 'open' | 'merged' | 'closed';
  mergedBy: string | null;
  reviews: { by: string; kind: 'approved' | 'changes-requested' }[];
};

/** The number of the incident whose draft stands on a branch, or undefined for every other branch. */
export function incidentOfBranch(branch: string): number | undefined {
  const [, id] = /^postmortem\/inc-([1-9]\d{0,14})$/.exec(branch) ?? [];
  return id === undefined ? undefined : Number(id);
}

/**
 * The commands that a webhook amounts to. None when the pull request is not the recorded one, because anybody may name a
 * branch of a fork like ours; a webhook that overtakes the record is made up for by the next reading.
 */
export function commandsOfNews({ state }: Incident, news: PullRequestNews, at: number, by: Actor): Command[] {
  const pull = state.postmortem?.pullRequest;
  if (!pull || pull.number !== news.pullRequest) return [];
  const common = { at, by };
  const { number, url, branch, sha } = pull;
  if (news.kind === 'reopened') return [{ ...common, type: 'RecordPullRequest', number, url, branch, sha }];
  if (news.kind === 'merged' || news.kind === 'closed')
    return [{ ...common, type: 'RecordPullRequestClosed', merged: news.kind === 'merged', closer: news.by }];
  return [{ ...common, type: 'RecordReview', kind: news.kind, reviewer: news.by }];
}

/** The commands that bring the log up to a reading: verdicts it does not know yet, then the end of the review. */
export function commandsOfReading({ events }: Incident, reading: PullRequestReading, at: number): Command[] {
  const common = { at, by: { kind: 'muster', rule: 'pull-request-read' } } as const;
  const known = new Map<string, string>();
  for (const event of events) {
    if (event.type === 'PullRequestReviewed' && event.kind !== 'commented')
      known.set(event.reviewer, event.kind);
  }
  const commands: Command[] = reading.reviews
    .filter((review) => known.get(review.by) !== review.kind)
    .map(({ by, kind }) => ({ ...common, type: 'RecordReview', kind, reviewer: by }));
  if (reading.state !== 'open')
    commands.push({
      ...common,
      type: 'RecordPullRequestClosed',
      merged: reading.state === 'merged',
      closer: reading.mergedBy,
    });
  return commands;
}
