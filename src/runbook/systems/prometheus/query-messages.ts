import type { Language } from '../../../incident/words.ts';

const en = {
  columns: ['series', 'value', 'limit'],
  noData: (shows: string) => `${shows}: no data. Nothing matches the query, or it is no longer collected.`,
  over: (shows: string, series: string, value: string, limit: string) =>
    `${shows}: ${series}${value}, the limit is ${limit}.`,
  fine: (shows: string, value: string, limit: string) => `${shows}: ${value}, within the limit of ${limit}.`,
  only: (shows: string, series: string, value: string) => `${shows}: ${series}${value}.`,
  more: (count: number) => ` (and ${count} more)`,
  notNumber: 'no number',
};
export type QueryMessages = typeof en;

const ko: QueryMessages = {
  columns: ['시계열', '값', '기준'],
  noData: (shows) =>
    `${shows}: 데이터가 없습니다. 쿼리에 해당하는 시계열이 없거나 더 이상 수집되지 않습니다.`,
  over: (shows, series, value, limit) => `${shows}: ${series}${value}, 기준(${limit})을 벗어났습니다.`,
  fine: (shows, value, limit) => `${shows}: ${value}, 기준(${limit}) 이내입니다.`,
  only: (shows, series, value) => `${shows}: ${series}${value}.`,
  more: (count) => ` (외 ${count}개)`,
  notNumber: '숫자 아님',
};

/** What the query step says, in the channel's language. */
export const queryMessages = (language: Language): QueryMessages => (language === 'ko' ? ko : en);
