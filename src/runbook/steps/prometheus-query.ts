import { z } from 'zod';
import { defineStep } from '../step.ts';
import { askApi } from '../systems/http/ask-api.ts';
import { askInstant } from '../systems/prometheus/ask-prometheus.ts';
import { Moment, PrometheusConnection, prometheusTarget } from '../systems/prometheus/connection-input.ts';
import { judgeQuery } from '../systems/prometheus/judge-query.ts';
import { queryMessages } from '../systems/prometheus/query-messages.ts';
import { troubleResult } from '../systems/prometheus/trouble-messages.ts';
import { unitOf } from '../systems/prometheus/unit-of.ts';

const Limit = z
  .strictObject({ above: z.number().optional(), below: z.number().optional() })
  .refine(({ above, below }) => above !== undefined || below !== undefined, 'needs above or below');

/** Units that a query's values may have. */
export const Unit = z.enum(['seconds', 'ratio', 'bytes', 'per-second', 'number']);

const input = z.strictObject({
  ...PrometheusConnection,
  query: z.string().min(1).max(4000).describe('PromQL; what it selects should be aggregated to a few series'),
  shows: z.string().min(1).max(100).describe('What the values are, for people'),
  unit: Unit.optional().describe('Unit of the values; without it the names of the metrics tell'),
  warn: Limit.optional().describe('A value beyond this is a warning'),
  fail: Limit.optional().describe('A value beyond this is a failure'),
  cause: z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,59}$/, 'must be lower-case letters, digits and dashes')
    .optional()
    .describe('The name of what is wrong when it fails, where a failure of this query is proof'),
  no_data: z
    .enum(['unknown', 'pass', 'warn', 'fail'])
    .default('unknown')
    .describe('The verdict without data'),
  at: Moment.optional().describe('The moment that is asked about; now by default'),
});

/** Compares the values of one PromQL query with limits. */
export const prometheusQuery = defineStep({
  name: 'prometheus-query',
  about: 'Asks Prometheus for the values of one query and compares the worst with limits.',
  effect: 'read',
  input,
  example: {
    url: 'http://prometheus:9090',
    query: 'sum by (instance) (node_filesystem_avail_bytes{mountpoint="/data"})',
    shows: 'Free space on /data',
    fail: { below: 1_073_741_824 },
    cause: 'disk-full',
  },
  targets: ['url'],
  timeoutMs: 15_000,
  target: prometheusTarget,
  run: async (input, context) => {
    const ask = askApi(input, context);
    const samples = await askInstant(ask, input.query, input.at ?? context.now());
    if ('trouble' in samples) return troubleResult(samples, input.url, context.language);
    const expected = { ...input, unit: input.unit ?? unitOf(input.query) };
    return judgeQuery(samples, expected, queryMessages(context.language));
  },
});
