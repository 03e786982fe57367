/** The numbers of one run. */
type Run = { requests?: number; failed?: number; p95?: number; p99?: number; missed?: boolean };

const numbersOf = ({ requests = 10_000, failed = 82, p95 = 7.94, p99 = 12.5 }: Run) => ({
  failed: { rate: failed / requests, passes: failed, fails: requests - failed },
  took: { avg: 4.1, min: 0.5, med: 3.9, max: 210.25, 'p(90)': 6.02, 'p(95)': p95, 'p(99)': p99 },
  reqs: { count: requests, rate: 333.3 },
  checks: { rate: 0.99, passes: 9900, fails: 100 },
});

/** The data that k6 gives `handleSummary`, in the shape of its own test of it (internal/js/summary_test.go). */
export function handledSummary(run: Run = {}): object {
  const { failed, took, reqs, checks } = numbersOf(run);
  const ok = run.missed !== true;
  return {
    root_group: { name: '', path: '', id: 'd41d8cd98f00b204e9800998ecf8427e', groups: [], checks: [] },
    options: { summaryTrendStats: ['avg', 'p(95)', 'p(99)'], summaryTimeUnit: '', noColor: false },
    state: { isStdErrTTY: false, isStdOutTTY: false, testRunDurationMs: 30_001 },
    metrics: {
      checks: { type: 'rate', contains: 'default', values: checks },
      http_req_duration: {
        type: 'trend',
        contains: 'time',
        values: took,
        thresholds: { 'p(95)<300': { ok } },
      },
      http_req_failed: {
        type: 'rate',
        contains: 'default',
        values: failed,
        thresholds: { 'rate<0.01': { ok: true } },
      },
      http_reqs: { type: 'counter', contains: 'default', values: reqs },
      vus_max: { type: 'gauge', contains: 'default', values: { value: 50, min: 10, max: 50 } },
    },
  };
}

/** The same run as `--summary-export` writes it: the way internal/js/summary-wrapper.js changes the data. */
export function exportedSummary(run: Run = {}): object {
  const { failed, took, reqs, checks } = numbersOf(run);
  const valued = ({ rate, ...rest }: { rate: number }) => ({ ...rest, value: rate });
  return {
    root_group: { name: '', path: '', id: 'd41d8cd98f00b204e9800998ecf8427e', groups: {}, checks: {} },
    metrics: {
      checks: valued(checks),
      http_req_duration: { ...took, thresholds: { 'p(95)<300': run.missed === true } },
      http_req_failed: { ...valued(failed), thresholds: { 'rate<0.01': false } },
      http_reqs: reqs,
      vus_max: { value: 50, min: 10, max: 50 },
    },
  };
}

/** The same run in the machine-readable schema 1.0.0 (internal/lib/summary/machine_readable.go). */
export function machineReadableSummary(run: Run = {}): object {
  const { failed, took, reqs } = numbersOf(run);
  const { 'p(99)': _, ...trend } = took;
  const rates = { matches: failed.passes, total: failed.passes + failed.fails, rate: failed.rate };
  return {
    version: '1.0.0',
    metadata: { generatedAt: '2026-11-20T10:00:00Z', k6Version: '2.3.0' },
    config: { duration: 30.001, execution: 'local' },
    results: {
      checks: { results: [{ name: 'status is 200', passes: 9900, fails: 100 }] },
      metrics: [
        { name: 'http_req_duration', type: 'trend', contains: 'time', values: trend },
        { name: 'http_req_failed', type: 'rate', contains: 'default', values: rates },
        { name: 'http_reqs', type: 'counter', contains: 'default', values: { count: reqs.count } },
        { name: 'vus_max', type: 'gauge', contains: 'default', values: { value: 50, min: 10, max: 50 } },
      ],
    },
  };
}
