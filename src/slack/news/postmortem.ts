import type { Actor } from '../../incident/words.ts';
import { slackLink } from '../../kit/text.ts';
import type { Teller } from '../news.ts';
import type { Pen } from '../pen.ts';
import { quiet } from './quiet.ts';

/** News about the postmortem's review. */
export const postmortemNews = {
  PostmortemRequested: quiet,
  PullRequestOpened: ({ number, url, branch }, { pen }) => ({
    symbol: '📝',
    line: pen.messages.news.draft(slackLink(url, number === null ? branch : `#${number}`)),
  }),
  PullRequestReviewed: ({ kind, reviewer, by }, { pen }) => ({
    symbol: '📝',
    line: pen.messages.news.reviewed[kind](nameOf(by, reviewer, pen)),
  }),
  PullRequestClosed: ({ merged, closer, by }, { pen }) => {
    const { news } = pen.messages;
    const say = merged ? news.merged : news.closed;
    return { symbol: merged ? '🎉' : '📝', line: say(closer === null ? null : nameOf(by, closer, pen)) };
  },
} satisfies {
  PostmortemRequested: Teller<'PostmortemRequested'>;
  PullRequestOpened: Teller<'PullRequestOpened'>;
  PullRequestReviewed: Teller<'PullRequestReviewed'>;
  PullRequestClosed: Teller<'PullRequestClosed'>;
};

/** The person as muster.yaml names them, where it knows their login; else the login. */
const nameOf = (by: Actor, login: string, pen: Pen): string =>
  by.kind === 'person' && !by.person.startsWith('github:') ? pen.who(by.person) : pen.outside(login, 80);
