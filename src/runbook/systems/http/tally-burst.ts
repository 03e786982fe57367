import type { BurstInput } from './burst.ts';
import { selectJson } from './json-path.ts';
import { type HttpSample, isAnswer } from './probe.ts';

/** Requests of one phase, by what became of them. Percentiles are milliseconds. */
export type Tally = {
  requests: number;
  right: number;
  intended: number;
  client: number;
  server: number;
  silent: number;
  other: number;
  p50: number;
  p95: number;
  p99: number;
  /** Errors by the code in their body. */
  codes: Map<string, number>;
};

/** How many different error codes are kept. */
const maxCodes = 8;

/** Counts one phase of a burst: an intended 4xx apart from another one, and those from 5xx and silence. */
export function tally(samples: readonly HttpSample[], input: BurstInput): Tally {
  const count: Tally = {
    requests: samples.length,
    ...{ right: 0, intended: 0, client: 0, server: 0, silent: 0, other: 0, p50: 0, p95: 0, p99: 0 },
    codes: new Map(),
  };
  for (const { outcome } of samples) {
    const kind = isAnswer(outcome) ? kindOf(outcome.status, input) : 'silent';
    count[kind]++;
    if (!isAnswer(outcome) || kind === 'right' || kind === 'intended') continue;
    const selected = selectJson(outcome.text, input.code);
    const code = selected === 'no-json' ? undefined : selected[0];
    if (typeof code !== 'string' && typeof code !== 'number') continue;
    const name = `${outcome.status} ${String(code).slice(0, 40)}`;
    if (count.codes.has(name) || count.codes.size < maxCodes)
      count.codes.set(name, (count.codes.get(name) ?? 0) + 1);
  }
  const times = samples
    .filter(({ outcome }) => isAnswer(outcome))
    .map(({ ms }) => ms)
    .toSorted((a, b) => a - b);
  return { ...count, p50: percentile(times, 50), p95: percentile(times, 95), p99: percentile(times, 99) };
}

function kindOf(status: number, input: BurstInput): 'right' | 'intended' | 'client' | 'server' | 'other' {
  if (input.status.includes(status)) return 'right';
  if (input.intended.includes(status)) return 'intended';
  if (status >= 500) return 'server';
  return status >= 400 ? 'client' : 'other';
}

/** The nearest-rank percentile of sorted values; 0 of none. */
export const percentile = (sorted: readonly number[], rank: number): number =>
  sorted[Math.max(0, Math.ceil((rank / 100) * sorted.length) - 1)] ?? 0;
