import { z } from 'zod';

/** Milliseconds of a request's duration; null where the summary does not say. */
export type K6Durations = Record<'avg' | 'med' | 'max' | 'p90' | 'p95' | 'p99', number | null>;

/** What a k6 run came to, whichever way its summary was written. */
export type K6Summary = {
  requests: number;
  /** Requests that k6 counts as failed, and their part of all; null where the run measured none. */
  failures: number | null;
  failureRatio: number | null;
  durations: K6Durations;
  checks: { passes: number; fails: number } | null;
  /** The run's own limits; the machine-readable format leaves them out. */
  thresholds: { metric: string; limit: string; ok: boolean }[];
  /** Virtual users at most; milliseconds of the run. Null where the summary does not say. */
  users: number | null;
  runMs: number | null;
};

/** What is wrong with a text, and where: a line, or a path such as `metrics.http_reqs`. */
export type K6Problem = { problem: string; place: string };

/** No end-of-test summary comes near this many characters. */
const maxLength = 2_000_000;

const number = z.number().nullish();
const values = z.looseObject({
  count: number,
  rate: number,
  value: number,
  passes: number,
  fails: number,
  matches: number,
  total: number,
  max: number,
  avg: number,
  med: number,
  'p(90)': number,
  'p(95)': number,
  'p(99)': number,
});
type Values = z.output<typeof values>;

/** `k6 run --summary-export`: values and thresholds side by side, and a threshold is `true` when it was *missed*. */
const Exported = z.looseObject({
  metrics: z.record(z.string(), values.extend({ thresholds: z.record(z.string(), z.boolean()).optional() })),
});

/** What `handleSummary(data)` is given: values apart, and a threshold says `ok`. */
const Handled = z.looseObject({
  state: z.looseObject({ testRunDurationMs: number }).optional(),
  metrics: z.record(
    z.string(),
    z.looseObject({
      values,
      thresholds: z.record(z.string(), z.looseObject({ ok: z.boolean() })).optional(),
    }),
  ),
});

/** `--new-machine-readable-summary` (schema 1.0.0): a list of metrics, without thresholds. */
const MachineReadable = z.looseObject({
  config: z.looseObject({ duration: number }).optional(),
  results: z.looseObject({
    checks: z
      .looseObject({ results: z.array(z.looseObject({ passes: z.number(), fails: z.number() })).nullish() })
      .nullish(),
    metrics: z.array(z.looseObject({ name: z.string(), values })),
  }),
});

/**
 * Reads an end-of-test summary of k6 in any of its three formats (k6's internal/js/summary-wrapper.js and
 * internal/lib/summary say which). Never throws: what is no summary is a problem with its place.
 */
export function readK6Summary(text: string): K6Summary | K6Problem {
  if (text.length > maxLength) return { problem: `is longer than ${maxLength} characters`, place: '' };
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    if (/^\s*\{"(type|metric|data)":.*\}\s*\n\s*\{/.test(text.slice(0, 20_000)))
      return {
        problem: 'is the raw output of k6 (--out json), not its end-of-test summary',
        place: 'line 2',
      };
    const where = /line (\d+) column (\d+)/.exec(String(error));
    return { problem: 'is no JSON', place: where ? `line ${where[1]}, column ${where[2]}` : '' };
  }
  if (json === null || typeof json !== 'object') return { problem: 'is no k6 summary', place: '' };
  const read = 'results' in json ? readMachineReadable(json) : readMetrics(json);
  if ('problem' in read || read.requests > 0) return read;
  return { problem: 'tells of no HTTP request (http_reqs)', place: 'metrics' };
}

function readMetrics(json: object): K6Summary | K6Problem {
  const metrics: unknown = 'metrics' in json ? json.metrics : undefined;
  if (metrics === null || typeof metrics !== 'object')
    return { problem: 'is no k6 summary: it has no metrics', place: 'metrics' };
  // Only handleSummary keeps the values apart.
  const first: unknown = Object.values(metrics)[0];
  const handled = first !== null && typeof first === 'object' && 'values' in first;
  return handled ? readHandled(json) : readExported(json);
}

function readExported(json: unknown): K6Summary | K6Problem {
  const parsed = Exported.safeParse(json);
  if (!parsed.success) return problemOf(parsed.error);
  const metrics = new Map<string, Values>(Object.entries(parsed.data.metrics));
  const thresholds = Object.entries(parsed.data.metrics).flatMap(([metric, of]) =>
    Object.entries(of.thresholds ?? {}).map(([limit, missed]) => ({ metric, limit, ok: !missed })),
  );
  return summary(metrics, thresholds, null);
}

function readHandled(json: unknown): K6Summary | K6Problem {
  const parsed = Handled.safeParse(json);
  if (!parsed.success) return problemOf(parsed.error);
  const metrics = new Map(Object.entries(parsed.data.metrics).map(([name, of]) => [name, of.values]));
  const thresholds = Object.entries(parsed.data.metrics).flatMap(([metric, of]) =>
    Object.entries(of.thresholds ?? {}).map(([limit, { ok }]) => ({ metric, limit, ok })),
  );
  return summary(metrics, thresholds, parsed.data.state?.testRunDurationMs ?? null);
}

function readMachineReadable(json: unknown): K6Summary | K6Problem {
  const parsed = MachineReadable.safeParse(json);
  if (!parsed.success) return problemOf(parsed.error);
  const { results, config } = parsed.data;
  const metrics = new Map(results.metrics.map((metric) => [metric.name, metric.values]));
  const seconds = config?.duration ?? null;
  const checks = results.checks?.results ?? [];
  const sum = (of: 'passes' | 'fails') => checks.reduce((total, check) => total + check[of], 0);
  return {
    ...summary(metrics, [], seconds === null ? null : seconds * 1000),
    checks: checks.length === 0 ? null : { passes: sum('passes'), fails: sum('fails') },
  };
}

function summary(
  metrics: ReadonlyMap<string, Values>,
  thresholds: K6Summary['thresholds'],
  runMs: number | null,
): K6Summary {
  const failed = metrics.get('http_req_failed');
  const checks = metrics.get('checks');
  const took = metrics.get('http_req_duration');
  return {
    requests: metrics.get('http_reqs')?.count ?? 0,
    // Of this rate, "passes" counts the requests for which it is true that they failed.
    failures: failed?.passes ?? failed?.matches ?? null,
    failureRatio: failed?.rate ?? failed?.value ?? null,
    durations: {
      avg: took?.avg ?? null,
      med: took?.med ?? null,
      max: took?.max ?? null,
      p90: took?.['p(90)'] ?? null,
      p95: took?.['p(95)'] ?? null,
      p99: took?.['p(99)'] ?? null,
    },
    checks: checks ? { passes: checks.passes ?? 0, fails: checks.fails ?? 0 } : null,
    thresholds,
    users: metrics.get('vus_max')?.max ?? metrics.get('vus_max')?.value ?? null,
    runMs,
  };
}

function problemOf(error: z.ZodError): K6Problem {
  const { path = [], message = '' } = error.issues[0] ?? {};
  return { problem: `is no k6 summary: ${message}`, place: path.join('.') };
}
