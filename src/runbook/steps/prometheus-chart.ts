import { z } from 'zod';
import { Duration } from '../input.ts';
import { defineStep } from '../step.ts';
import { askApi } from '../systems/http/ask-api.ts';
import { askRange } from '../systems/prometheus/ask-prometheus.ts';
import { chartMessages } from '../systems/prometheus/chart-messages.ts';
import { Moment, PrometheusConnection, prometheusTarget } from '../systems/prometheus/connection-input.ts';
import { judgeChart } from '../systems/prometheus/judge-chart.ts';
import { readComparison } from '../systems/prometheus/read-comparison.ts';
import { troubleResult } from '../systems/prometheus/trouble-messages.ts';
import { unitOf } from '../systems/prometheus/unit-of.ts';
import { Unit } from './prometheus-query.ts';

/** Points of one line: as many as a phone can show. */
const points = 60;

const input = z.strictObject({
  ...PrometheusConnection,
  query: z
    .string()
    .min(1)
    .max(8000)
    .describe("PromQL. Of an alert's condition what is measured is drawn, and its limit as a line"),
  title: z.string().min(1).max(80).describe('What is drawn, for people'),
  unit: Unit.optional().describe('Unit of the values; without it the names of the metrics tell'),
  limit: z.number().optional().describe('A limit to draw where the query has none; above it is a warning'),
  around: Moment.optional().describe('The event; now by default'),
  alert_began: Moment.optional().describe('The moment to mark as the beginning of the alert'),
  before: Duration.prefault('10m').describe('How much to draw before the event'),
  after: Duration.prefault('5m').describe('How much after it; what has not happened yet is drawn before'),
});

/** Draws one metric around an event. */
export const prometheusChart = defineStep({
  name: 'prometheus-chart',
  about:
    'Draws a metric around an event (15 minutes by default): the picture is posted to the channel and kept for the postmortem. An alert’s own query can be given as it is.',
  effect: 'read',
  input,
  example: {
    url: 'http://prometheus:9090',
    query: 'sum(rate(http_requests_total{service="orders",code=~"5.."}[5m])) > 1',
    title: 'Failed orders',
    around: '2026-11-21T10:05:00Z',
  },
  targets: ['url'],
  timeoutMs: 15_000,
  target: prometheusTarget,
  run: async (input, context) => {
    const { language, now } = context;
    const say = chartMessages(language);
    const comparison = readComparison(input.query);
    const measured = comparison?.measured ?? input.query;
    const to = Math.min(now(), (input.around ?? now()) + input.after);
    const from = to - input.before - input.after;
    const stepMs = Math.max(1000, Math.ceil((to - from) / points / 1000) * 1000);
    const lines = await askRange(askApi(input, context), measured, { from, to, stepMs });
    if ('trouble' in lines) return troubleResult(lines, input.url, language);
    const { title, limit, alert_began: began } = input;
    const own = limit === undefined ? null : { operator: '>' as const, limit };
    const fires =
      comparison && comparison.limit !== null
        ? { operator: comparison.operator, limit: comparison.limit }
        : own;
    const marks = began === undefined ? [] : [{ at: began, label: say.alertBegan }];
    return judgeChart(
      lines,
      { title, unit: input.unit ?? unitOf(measured), from, to, stepMs, fires, marks },
      say,
    );
  },
});
