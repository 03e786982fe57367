import type { Teller } from '../news.ts';
import { quiet } from './quiet.ts';

/** News about reaching people. The first page is on the card; what follows it means that nobody answered. */
export const pagingNews = {
  LevelReached: ({ round, level, people }, { pen }) => {
    const { news } = pen.messages;
    if (level > 1) return { symbol: '📟', line: news.level(level, pen.whom(people)) };
    return round > 1 ? { symbol: '📟', line: news.again(pen.whom(people)) } : null;
  },
  NobodyOnCall: ({ level, rule }, { pen }) => ({
    symbol: '⚠️',
    line: pen.messages.news.nobody(level, pen.outside(rule, 120)),
  }),
  PageSent: quiet,
  PageFailed: ({ key, person, pager, why }, { incident, index, pen }) => {
    const before = incident.events.slice(0, index);
    if (before.some((event) => event.type === 'PageFailed' && event.key === key)) return null;
    const line = pen.messages.status.pageFailed(pen.who(person), pen.outside(pager, 40), pen.outside(why));
    return { symbol: '⚠️', line };
  },
  Acknowledged: ({ person, wasPaged }, { incident, pen }) => {
    const { news } = pen.messages;
    const pages = incident.state.treatment.page;
    const say = wasPaged || !pages ? news.acknowledged : news.acknowledgedUnpaged;
    return { symbol: '👀', line: say(pen.who(person)) };
  },
} satisfies {
  LevelReached: Teller<'LevelReached'>;
  NobodyOnCall: Teller<'NobodyOnCall'>;
  PageSent: Teller<'PageSent'>;
  PageFailed: Teller<'PageFailed'>;
  Acknowledged: Teller<'Acknowledged'>;
};
