import { z } from 'zod';

/** What happened to a pull request, as far as Muster cares. `by` is a GitHub login. */
export type PullRequestNews = {
  /** `owner/name`, as the payload names it. */
  repository: string;
  pullRequest: number;
  branch: string;
  kind: 'approved' | 'changes-requested' | 'commented' | 'merged' | 'closed' | 'reopened';
  by: string;
  url: string;
};

const user = z.object({ login: z.string() }).nullable();
const pullRequest = z.object({
  number: z.number(),
  html_url: z.string(),
  merged: z.boolean().optional(),
  merged_by: user.optional(),
  head: z.object({ ref: z.string(), repo: z.object({ full_name: z.string() }).nullish() }),
});
const common = {
  repository: z.object({ full_name: z.string() }),
  sender: user.optional(),
  pull_request: pullRequest,
};

const payloads = {
  pull_request: z.object({ action: z.string(), ...common }),
  pull_request_review: z.object({
    action: z.string(),
    review: z.object({ state: z.string(), user }),
    ...common,
  }),
};

const reviewKinds: Record<string, PullRequestNews['kind']> = {
  approved: 'approved',
  changes_requested: 'changes-requested',
  commented: 'commented',
};

/**
 * Reads a webhook's body by its `X-GitHub-Event`: the news in it, `nothing` of interest, or `unreadable`. Pull requests from forks
 * are of no interest: anybody may name a branch of theirs like ours.
 */
export function readNews(event: string, text: string): PullRequestNews | 'nothing' | 'unreadable' {
  if (event !== 'pull_request' && event !== 'pull_request_review') return 'nothing';
  const body = parse(text);
  if (event === 'pull_request') {
    const { success, data } = payloads.pull_request.safeParse(body);
    if (!success) return 'unreadable';
    if (isForeign(data)) return 'nothing';
    const pull = data.pull_request;
    const by = data.sender?.login ?? 'ghost';
    if (data.action === 'reopened') return news(data, 'reopened', by);
    if (data.action !== 'closed') return 'nothing';
    return pull.merged ? news(data, 'merged', pull.merged_by?.login ?? by) : news(data, 'closed', by);
  }
  const { success, data } = payloads.pull_request_review.safeParse(body);
  if (!success) return 'unreadable';
  const kind = reviewKinds[data.review.state.toLowerCase()];
  if (data.action !== 'submitted' || !kind || isForeign(data)) return 'nothing';
  return news(data, kind, data.review.user?.login ?? 'ghost');
}

const isForeign = ({ pull_request: { head }, repository }: z.infer<typeof payloads.pull_request>): boolean =>
  head.repo?.full_name !== repository.full_name;

function news(
  data: z.infer<typeof payloads.pull_request>,
  kind: PullRequestNews['kind'],
  by: string,
): PullRequestNews {
  const { number, html_url: url, head } = data.pull_request;
  return { repository: data.repository.full_name, pullRequest: number, branch: head.ref, kind, by, url };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
