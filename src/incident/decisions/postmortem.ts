import type { CommandOf, Decision } from '../commands.ts';
import type { Live } from '../state.ts';

/** Asks for the draft, once. */
export function requestPostmortem(command: CommandOf<'RequestPostmortem'>, state: Live): Decision {
  return state.postmortem === null ? [{ type: 'PostmortemRequested', rule: command.rule }] : [];
}

/** The draft is published, or a closed one is open again. */
export function recordPullRequest(command: CommandOf<'RecordPullRequest'>, state: Live): Decision {
  const pull = state.postmortem?.pullRequest;
  const { number, url, branch, sha } = command;
  if (pull && pull.state !== 'closed' && pull.url === url && pull.sha === sha) return [];
  return [{ type: 'PullRequestOpened', number, url, branch, sha }];
}

/** A review of the draft. A repeat of the same verdict changes nothing; comments are always news. */
export function recordReview(command: CommandOf<'RecordReview'>, state: Live): Decision {
  const pull = state.postmortem?.pullRequest;
  if (!pull) return { refused: 'no-pull-request' };
  if (command.kind !== 'commented' && pull.state === command.kind) return [];
  return [{ type: 'PullRequestReviewed', kind: command.kind, reviewer: command.reviewer }];
}

/** The end of the draft's review. */
export function recordPullRequestClosed(
  command: CommandOf<'RecordPullRequestClosed'>,
  state: Live,
): Decision {
  const pull = state.postmortem?.pullRequest;
  if (!pull) return { refused: 'no-pull-request' };
  const ended = command.merged ? 'merged' : 'closed';
  return pull.state === ended
    ? []
    : [{ type: 'PullRequestClosed', merged: command.merged, closer: command.closer }];
}
