import type { AskApi } from '../http/ask-api.ts';
import { askInstant, type PrometheusTrouble } from './ask-prometheus.ts';

/** The golden signals that are looked at, in the order people read them. */
export const signalNames = ['rate', 'errors', 'p95', 'p99', 'saturation'] as const;
export type SignalName = (typeof signalNames)[number];

/** A value, null where there is no data (or no number), or why Prometheus gave none. */
export type Signal = { value: number | null } | PrometheusTrouble;

/** One service at one moment: requests a second, ratio of failed ones, seconds of the percentiles, ratio of use. */
export type SloView = Partial<Record<SignalName, Signal>>;

/** PromQL per signal; one that is absent is not looked at. */
export type SloQueries = Partial<Record<SignalName, string>>;

/**
 * The queries for a service whose metrics have the usual names, over a window (`5m`). Answers with a 5xx code count as errors; a
 * service that never had one has 0, one without the label `code` has no data instead of a false 0.
 */
export function usualQueries(selector: string, window: string): SloQueries {
  const requests = (more = '') =>
    `sum(rate(http_requests_total{${[selector, more].filter(Boolean).join(',')}}[${window}]))`;
  const percentile = (share: number) =>
    `histogram_quantile(${share}, sum by (le) (rate(http_request_duration_seconds_bucket{${selector}}[${window}])))`;
  return {
    rate: requests(),
    errors: `(${requests('code=~"5.."')} or 0 * ${requests('code=~".+"')}) / ${requests()}`,
    p95: percentile(0.95),
    p99: percentile(0.99),
  };
}

/** Asks for all signals at the same time. A query with several series counts with its largest value. */
export async function viewSlo(ask: AskApi, queries: SloQueries, at: number): Promise<SloView> {
  const asked = signalNames.flatMap((name) => {
    const query = queries[name];
    return query === undefined ? [] : [{ name, query }];
  });
  const signals = await Promise.all(asked.map(({ query }) => askInstant(ask, query, at)));
  return Object.fromEntries(
    signals.map((samples, index): [SignalName, Signal] => {
      if ('trouble' in samples) return [asked[index]!.name, samples];
      const values = samples.flatMap(({ value }) => (value === null ? [] : [value]));
      return [asked[index]!.name, { value: values.length > 0 ? Math.max(...values) : null }];
    }),
  );
}

/** The first reason why Prometheus gave nothing, if there is one. */
export const troubleOf = (view: SloView): PrometheusTrouble | undefined =>
  Object.values(view).find((signal): signal is PrometheusTrouble => 'trouble' in signal);

/** The value of a signal; null where there is none. */
export const signalValue = (view: SloView, name: SignalName): number | null => {
  const signal = view[name];
  return signal && 'value' in signal ? signal.value : null;
};
