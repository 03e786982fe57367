import type { Language } from '../incident/words.ts';

const en = {
  limit: (value: string) => `limit ${value}`,
  opened: 'incident',
  described: (title: string, from: string, to: string, zone: string) =>
    `Line chart of ${title}, ${from} to ${to} (${zone})`,
  ends: (name: string, value: string) => `${name} ends at ${value}`,
  noValues: 'no values',
};
export type ChartWords = typeof en;

const ko: ChartWords = {
  limit: (value) => `기준 ${value}`,
  opened: '인시던트',
  described: (title, from, to, zone) => `${title} 꺾은선 차트, ${from}부터 ${to}까지(${zone})`,
  ends: (name, value) => `${name} 마지막 값 ${value}`,
  noValues: '값 없음',
};

/** The few words a chart itself brings, in the channel's language. */
export const chartWords = (language: Language): ChartWords => (language === 'ko' ? ko : en);
