import { slackLink } from '../../kit/text.ts';
import type { Teller } from '../news.ts';
import { quiet } from './quiet.ts';

/** News about the postmortem's review. */
export const postmortemNews = {
  PostmortemRequested: quiet,
  PullRequestOpened: ({ number, url, branch }, { pen }) => ({
    symbol: '📝',
    line: pen.messages.news.draft(slackLink(url, number === null ? branch : `#${number}`)),
  }),
  PullRequestReviewed: ({ kind, reviewer }, { pen }) => ({
    symbol: '📝',
    line: pen.messages.news.reviewed[kind](pen.outside(reviewer, 80)),
  }),
  PullRequestClosed: ({ merged, closer }, { pen }) => {
    const { news } = pen.messages;
    const say = merged ? news.merged : news.closed;
    return { symbol: merged ? '🎉' : '📝', line: say(closer === null ? null : pen.outside(closer, 80)) };
  },
} satisfies {
  PostmortemRequested: Teller<'PostmortemRequested'>;
  PullRequestOpened: Teller<'PullRequestOpened'>;
  PullRequestReviewed: Teller<'PullRequestReviewed'>;
  PullRequestClosed: Teller<'PullRequestClosed'>;
};
