import { z } from 'zod';
import { durationPattern, parseDuration } from '../../../kit/duration.ts';
import { Duration } from '../../input.ts';
import { Moment, PrometheusConnection } from './connection-input.ts';
import { type SloQueries, signalNames, usualQueries } from './slo-view.ts';

const query = z.string().min(1).max(4000);

/** What the SLO steps ask about, and the objectives of field-knowledge §6 as defaults. */
export const SloInput = z.strictObject({
  ...PrometheusConnection,
  service: z.string().min(1).max(100).describe('The name of the service, for people'),
  selector: z
    .string()
    .max(1000)
    .nullable()
    .default(null)
    .describe(
      'Label matchers of http_requests_total (label code) and http_request_duration_seconds_bucket; service="…" by default',
    ),
  window: z
    .string()
    .regex(durationPattern, 'must be a duration such as 5m')
    .refine((text) => (parseDuration(text) ?? 0) >= 1000, 'must be at least 1s')
    .default('5m')
    .describe('Over how long rates and percentiles are taken'),
  queries: z
    .strictObject({
      rate: query.optional(),
      errors: query.nullable().optional(),
      p95: query.nullable().optional(),
      p99: query.nullable().optional(),
      saturation: query.optional(),
    })
    .default({})
    .describe(
      'PromQL in the place of the usual queries: requests a second, ratio of failed ones, seconds, ratio of use; null leaves one out',
    ),
  max_errors: z.number().min(0).max(1).default(0.01).describe('Objective: ratio of requests that fail'),
  max_p95: Duration.prefault('300ms').describe('Objective: 95th percentile of latency'),
  max_p99: Duration.prefault('800ms').describe('Objective: 99th percentile of latency'),
  max_saturation: z.number().min(0).max(1).default(0.9).describe('A ratio of use beyond this is a warning'),
});
export type SloInput = z.output<typeof SloInput>;

/** The moment an SLO is judged at. */
export const at = Moment.optional().describe('The moment that is asked about; now by default');

/** The queries of an input: the usual ones, except where the runbook has its own. */
export function queriesOf({ service, selector, window, queries }: SloInput): SloQueries {
  const usual = usualQueries(selector ?? `service=${JSON.stringify(service)}`, window);
  return Object.fromEntries(
    signalNames.flatMap((name) => {
      const own = queries[name];
      const chosen = own === undefined ? usual[name] : own;
      return chosen ? [[name, chosen]] : [];
    }),
  );
}

/** The objectives of an input, in seconds and ratios. */
export const limitsOf = ({ max_errors, max_p95, max_p99, max_saturation }: SloInput) => ({
  errors: max_errors,
  p95: max_p95 / 1000,
  p99: max_p99 / 1000,
  saturation: max_saturation,
});
