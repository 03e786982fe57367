import { z } from 'zod';
import { Failure } from '../../../kit/failure.ts';
import type { Answer } from '../../../kit/outbound.ts';
import type { AskApi } from '../http/ask-api.ts';

/** Labels of a series, and its value at one moment; null where it is no number (0/0, a quantile of nothing). */
export type Sample = { labels: Record<string, string>; value: number | null };
/** Labels of a series, and its values over time (epoch milliseconds). */
export type Line = { labels: Record<string, string>; points: [at: number, value: number][] };

/** Why Prometheus gave no values. `bad-query` and `execution` are its own verdict on the query; the rest is about reaching it. */
export type PrometheusTrouble = {
  trouble:
    | 'bad-query'
    | 'execution'
    | 'query-timeout'
    | 'unavailable'
    | 'denied'
    | 'not-prometheus'
    | 'too-large'
    | 'unreachable';
  /** Its own words, or ours on the transport. */
  reason: string;
};

const value = z.tuple([z.number(), z.string()]);
const labels = z.record(z.string(), z.string());
const Instant = z.union([
  z.object({
    resultType: z.literal('vector'),
    result: z.array(z.object({ metric: labels, value: value.optional() })),
  }),
  z.object({ resultType: z.literal('scalar'), result: value }),
]);
const Range = z.object({
  resultType: z.literal('matrix'),
  result: z.array(z.object({ metric: labels, values: z.array(value).default([]) })),
});
const Envelope = z.object({
  status: z.string(),
  data: z.unknown().optional(),
  errorType: z.string().optional(),
  error: z.string().optional(),
});

/** Asks for the values of a query at one moment (epoch milliseconds). A scalar is one series without labels. */
export async function askInstant(
  ask: AskApi,
  query: string,
  at: number,
): Promise<Sample[] | PrometheusTrouble> {
  const answer = await ask({
    path: '/api/v1/query',
    query: [
      ['query', query],
      ['time', seconds(at)],
    ],
  });
  const data = read(answer, Instant);
  if ('trouble' in data) return data;
  if (data.resultType === 'scalar') return [{ labels: {}, value: finite(data.result[1]) }];
  return data.result.flatMap(({ metric, value }) =>
    value ? [{ labels: metric, value: finite(value[1]) }] : [],
  );
}

/** Asks for the values of a query between two moments (epoch milliseconds), one every `stepMs`. What is no number is left out. */
export async function askRange(
  ask: AskApi,
  query: string,
  { from, to, stepMs }: { from: number; to: number; stepMs: number },
): Promise<Line[] | PrometheusTrouble> {
  const answer = await ask({
    path: '/api/v1/query_range',
    query: [
      ['query', query],
      ['start', seconds(from)],
      ['end', seconds(to)],
      ['step', String(stepMs / 1000)],
    ],
  });
  const data = read(answer, Range);
  if ('trouble' in data) return data;
  return data.result.map(({ metric, values }) => ({
    labels: metric,
    points: values.flatMap(([at, text]): [number, number][] => {
      const number = finite(text);
      return number === null ? [] : [[Math.round(at * 1000), number]];
    }),
  }));
}

/** The kinds of errors of Prometheus' HTTP API, "Format overview". */
const kinds: Record<string, PrometheusTrouble['trouble']> = {
  bad_data: 'bad-query',
  execution: 'execution',
  timeout: 'query-timeout',
  canceled: 'query-timeout',
  unavailable: 'unavailable',
  internal: 'unavailable',
};

function read<T>(answer: Answer | Failure, schema: z.ZodType<T>): T | PrometheusTrouble {
  if (answer instanceof Failure) {
    const trouble = answer.code === 'answer-too-large' ? 'too-large' : 'unreachable';
    return { trouble, reason: answer.code };
  }
  const { status } = answer;
  if (status === 401 || status === 403) return { trouble: 'denied', reason: `HTTP ${status}` };
  const envelope = Envelope.safeParse(jsonOf(answer.text)).data;
  if (envelope?.status === 'error') {
    const trouble = kinds[envelope.errorType ?? ''] ?? 'execution';
    return { trouble, reason: envelope.error ?? envelope.errorType ?? '' };
  }
  const data = schema.safeParse(envelope?.data);
  if (status === 200 && data.success) return data.data;
  const trouble = status >= 500 ? 'unavailable' : 'not-prometheus';
  return { trouble, reason: `HTTP ${status}` };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const seconds = (at: number): string => (at / 1000).toFixed(3);

/** `+Inf` and `NaN` are no values that anybody could compare or draw. */
const finite = (text: string): number | null => {
  const number = Number(text);
  return Number.isFinite(number) && text !== '' ? number : null;
};
