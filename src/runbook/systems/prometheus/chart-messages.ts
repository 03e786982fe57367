import type { Language } from '../../../incident/words.ts';

const en = {
  columns: ['series', 'last', 'highest', 'lowest'],
  alertBegan: 'alert began',
  noData: (title: string) =>
    `${title}: no data in this time. Nothing matches the query, or it was not collected.`,
  over: (title: string, series: string, value: string, operator: string, limit: string) =>
    `${title}: ${series}${value} at the end of the chart; the alert fires at ${operator} ${limit}.`,
  within: (title: string, series: string, value: string, limit: string) =>
    `${title}: ${series}${value} at the end of the chart, back within the limit (${limit}).`,
  stayed: (title: string, series: string, value: string, limit: string) =>
    `${title}: ${series}${value} at the end of the chart, within the limit (${limit}) all the time.`,
  plain: (title: string, series: string, value: string, highest: string) =>
    `${title}: ${series}${value} at the end of the chart, at most ${highest}.`,
  cut: (sentence: string, drawn: number, of: number) => `${sentence} ${drawn} of ${of} series are drawn.`,
};
export type ChartMessages = typeof en;

const ko: ChartMessages = {
  columns: ['시계열', '마지막', '최고', '최저'],
  alertBegan: '알림 시작',
  noData: (title) =>
    `${title}: 이 시간대의 데이터가 없습니다. 쿼리에 해당하는 시계열이 없거나 수집되지 않았습니다.`,
  over: (title, series, value, operator, limit) =>
    `${title}: 차트 마지막 값은 ${series}${value}입니다(알림 조건 ${operator} ${limit}).`,
  within: (title, series, value, limit) =>
    `${title}: 차트 마지막 값은 ${series}${value}이며 기준(${limit}) 안으로 돌아왔습니다.`,
  stayed: (title, series, value, limit) =>
    `${title}: 차트 마지막 값은 ${series}${value}이며 내내 기준(${limit}) 이내였습니다.`,
  plain: (title, series, value, highest) =>
    `${title}: 차트 마지막 값은 ${series}${value}, 최고값은 ${highest}입니다.`,
  cut: (sentence, drawn, of) => `${sentence} 시계열 ${of}개 중 ${drawn}개를 그렸습니다.`,
};

/** What the chart step says, in the channel's language. */
export const chartMessages = (language: Language): ChartMessages => (language === 'ko' ? ko : en);
