import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** Every counter of Muster's own; the alert rules use these names. */
export const counters = {
  muster_pages_total: { help: 'Tries to page, by pager and outcome.', labels: ['pager', 'outcome'] },
  muster_webhook_requests_total: { help: 'Answers to webhooks, by status code.', labels: ['code'] },
  muster_webhook_refused_total: { help: 'Webhooks refused for good, by reason.', labels: ['reason'] },
  muster_slack_calls_total: {
    help: 'Slack Web API calls, by method and outcome.',
    labels: ['method', 'outcome'],
  },
} as const;

/** Every gauge of Muster's own. */
export const gauges = {
  muster_page_oldest_unsent_seconds: { help: 'How long the page that waits longest is overdue.', labels: [] },
  muster_queue_waiting: { help: 'Jobs that wait, by queue.', labels: ['queue'] },
  muster_sweep_last_timestamp_seconds: { help: 'When the sweep last ended well.', labels: [] },
  muster_incidents_open: { help: 'Incidents that are not resolved, by severity.', labels: ['severity'] },
} as const;

/** Every histogram of Muster's own, with its buckets in seconds. */
export const histograms = {
  muster_page_seconds: {
    help: 'From the moment a page was due until a pager accepted it.',
    labels: ['pager'],
    buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60],
  },
  muster_step_seconds: {
    help: 'How long runbook steps took, by step and verdict.',
    labels: ['step', 'verdict'],
    buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60],
  },
} as const;

type Names<T> = keyof T & string;
type Labels<T extends { labels: readonly string[] }> = Record<T['labels'][number], string>;

/** Where the whole process reports its numbers, and how they are read. Names and labels are checked by the compiler. */
export type Metrics = {
  count<N extends Names<typeof counters>>(name: N, labels: Labels<(typeof counters)[N]>): void;
  set<N extends Names<typeof gauges>>(name: N, labels: Labels<(typeof gauges)[N]>, value: number): void;
  /** Forgets the values of a gauge, before it is set anew for the labels that exist now. */
  reset(name: Names<typeof gauges>): void;
  observe<N extends Names<typeof histograms>>(
    name: N,
    labels: Labels<(typeof histograms)[N]>,
    seconds: number,
  ): void;
  /** All values in Prometheus' text format. */
  read(): Promise<{ type: string; text: string }>;
};

/** Creates the process's metrics in a registry of its own, with Node's default ones beside Muster's. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const make = <T extends object, R>(
    table: T,
    create: (name: string, row: T[keyof T]) => R,
  ): Map<string, R> =>
    new Map(Object.entries(table).map(([name, row]) => [name, create(name, row as T[keyof T])]));
  const counterOf = make(
    counters,
    (name, { help, labels }) => new Counter({ name, help, labelNames: [...labels], registers }),
  );
  const gaugeOf = make(
    gauges,
    (name, { help, labels }) => new Gauge({ name, help, labelNames: [...labels], registers }),
  );
  const histogramOf = make(
    histograms,
    (name, { help, labels, buckets }) =>
      new Histogram({ name, help, labelNames: [...labels], buckets: [...buckets], registers }),
  );
  return {
    count: (name, labels) => counterOf.get(name)?.inc(labels),
    set: (name, labels, value) => gaugeOf.get(name)?.set(labels, value),
    reset: (name) => gaugeOf.get(name)?.reset(),
    observe: (name, labels, seconds) => histogramOf.get(name)?.observe(labels, seconds),
    read: async () => ({ type: registry.contentType, text: await registry.metrics() }),
  };
}
