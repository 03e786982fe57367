import type { Language } from '../../../incident/words.ts';
import type { SignalName } from './slo-view.ts';

const en = {
  columns: ['signal', 'value', 'limit', 'finding'],
  compareColumns: ['signal', 'before', 'after', 'finding'],
  signals: {
    rate: 'requests',
    errors: 'failed (5xx)',
    p95: 'p95',
    p99: 'p99',
    saturation: 'saturation',
  } as Record<SignalName, string>,
  ok: 'within',
  over: 'over',
  noData: 'no data',
  errors: (what: string, value: string, limit: string, rate: string) =>
    `${value} of the requests to ${what} fail (${rate}); the objective is ${limit}.`,
  slow: (what: string, percentile: string, value: string, limit: string) =>
    `${what} is slow: ${percentile} is ${value}, the objective is ${limit}.`,
  saturated: (what: string, value: string, limit: string) =>
    `${what} keeps its objectives, but is ${value} full (limit ${limit}).`,
  noSeries: (what: string) =>
    `There is no data on requests to ${what}; check that it is scraped and that selector and metric names are right.`,
  noTraffic: (what: string) => `${what} gets no requests, so nothing can be said about errors and latency.`,
  littleTraffic: (what: string, rate: string) =>
    `${what} gets ${rate}, too little for a ratio or a percentile to mean anything.`,
  missing: (what: string, signals: string) =>
    `${what} keeps the objectives that can be measured, but there is no data for ${signals}.`,
  fine: (what: string, parts: string) => `${what} keeps its objectives: ${parts}.`,
  part: (signal: string, value: string) => `${signal} ${value}`,
  trend: { better: 'better', worse: 'worse', same: 'same', unknown: 'unknown' },
  compared: {
    better: (what: string, parts: string) => `${what} is better than before: ${parts}.`,
    worse: (what: string, parts: string) => `${what} is worse than before: ${parts}.`,
    mixed: (what: string, parts: string) => `${what} is better in part and worse in part: ${parts}.`,
    same: (what: string) => `${what} is as before.`,
  },
  stillOver: (sentence: string, parts: string) => `${sentence} Still over the objective: ${parts}.`,
  nothingToCompare: (what: string, when: string) =>
    `${what} cannot be compared: there was no traffic or no data ${when}.`,
  before: 'before',
  after: 'after',
  change: (signal: string, from: string, to: string) => `${signal} ${from} → ${to}`,
};
export type SloMessages = typeof en;

const ko: SloMessages = {
  columns: ['지표', '값', '기준', '결과'],
  compareColumns: ['지표', '이전', '이후', '결과'],
  signals: { rate: '요청', errors: '실패(5xx)', p95: 'p95', p99: 'p99', saturation: '포화도' },
  ok: '기준 이내',
  over: '기준 초과',
  noData: '데이터 없음',
  errors: (what, value, limit, rate) =>
    `${what} 요청(${rate}) 중 ${value}가 실패하고 있습니다. 목표는 ${limit}입니다.`,
  slow: (what, percentile, value, limit) =>
    `${what} 응답이 느립니다. ${percentile}가 ${value}이며 목표는 ${limit}입니다.`,
  saturated: (what, value, limit) =>
    `${what}의 목표는 지켜지고 있지만 사용률이 ${value}입니다(기준 ${limit}).`,
  noSeries: (what) =>
    `${what} 요청에 대한 데이터가 없습니다. 수집 대상인지, 셀렉터와 지표 이름이 맞는지 확인하세요.`,
  noTraffic: (what) => `${what}에 들어오는 요청이 없어 오류율과 지연 시간을 판단할 수 없습니다.`,
  littleTraffic: (what, rate) => `${what}의 요청이 ${rate}로 너무 적어 비율과 백분위수에 의미가 없습니다.`,
  missing: (what, signals) => `측정할 수 있는 ${what}의 목표는 지켜지고 있지만 ${signals} 데이터가 없습니다.`,
  fine: (what, parts) => `${what}의 목표가 모두 지켜지고 있습니다: ${parts}.`,
  part: (signal, value) => `${signal} ${value}`,
  trend: { better: '개선', worse: '악화', same: '동일', unknown: '알 수 없음' },
  compared: {
    better: (what, parts) => `${what} 상태가 이전보다 좋아졌습니다: ${parts}.`,
    worse: (what, parts) => `${what} 상태가 이전보다 나빠졌습니다: ${parts}.`,
    mixed: (what, parts) => `${what}에서 일부 지표는 좋아지고 일부는 나빠졌습니다: ${parts}.`,
    same: (what) => `${what} 상태가 이전과 같습니다.`,
  },
  stillOver: (sentence, parts) => `${sentence} 아직 목표를 벗어난 지표: ${parts}.`,
  nothingToCompare: (what, when) => `${when} 시점에 ${what}의 트래픽이나 데이터가 없어 비교할 수 없습니다.`,
  before: '이전',
  after: '이후',
  change: (signal, from, to) => `${signal} ${from} → ${to}`,
};

/** What the SLO steps say, in the channel's language. */
export const sloMessages = (language: Language): SloMessages => (language === 'ko' ? ko : en);
