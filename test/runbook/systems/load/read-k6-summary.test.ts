import { describe, expect, it } from 'vitest';
import { readK6Summary } from '../../../../src/runbook/systems/load/read-k6-summary.ts';
import { exportedSummary, handledSummary, machineReadableSummary } from './summaries.ts';

const read = (json: object) => readK6Summary(JSON.stringify(json, null, 2));

describe('readK6Summary', () => {
  const run = {
    requests: 10_000,
    failures: 82,
    failureRatio: 0.0082,
    durations: { avg: 4.1, med: 3.9, max: 210.25, p90: 6.02, p95: 7.94, p99: 12.5 },
    checks: { passes: 9900, fails: 100 },
    users: 50,
  };
  const thresholds = [
    { metric: 'http_req_duration', limit: 'p(95)<300', ok: true },
    { metric: 'http_req_failed', limit: 'rate<0.01', ok: true },
  ];

  it('reads the same run from all three formats', () => {
    expect(read(handledSummary())).toEqual({ ...run, thresholds, runMs: 30_001 });
    expect(read(exportedSummary())).toEqual({ ...run, thresholds, runMs: null });
    const durations = { ...run.durations, p99: null };
    expect(read(machineReadableSummary())).toEqual({ ...run, durations, thresholds: [], runMs: 30_001 });
  });

  it('knows that true means missed in one format and kept in the other', () => {
    const missed = [{ ...thresholds[0]!, ok: false }, thresholds[1]];
    expect(read(handledSummary({ missed: true }))).toMatchObject({ thresholds: missed });
    expect(read(exportedSummary({ missed: true }))).toMatchObject({ thresholds: missed });
  });

  it.each([
    ['an empty text', '', 'is no JSON', ''],
    ['a broken one', '{\n  "metrics": {]\n}', 'is no JSON', 'line 2, column 15'],
    ['another JSON', '{"status":"ok"}', 'has no metrics', 'metrics'],
    ['a list', '[1]', 'has no metrics', 'metrics'],
    ['a word', '"x"', 'is no k6 summary', ''],
    [
      'a wrong type',
      '{"metrics":{"http_reqs":{"count":"many"}}}',
      'is no k6 summary',
      'metrics.http_reqs.count',
    ],
    [
      'a run without requests',
      '{"metrics":{"iterations":{"count":5,"rate":1}}}',
      'tells of no HTTP request',
      'metrics',
    ],
    [
      'the raw output',
      '{"type":"Metric","data":{},"metric":"vus"}\n{"type":"Point","data":{},"metric":"vus"}\n',
      'raw output of k6',
      'line 2',
    ],
    ['a novel', 'x'.repeat(2_000_001), 'is longer than', ''],
  ])('says what is wrong with %s, and where', (_, text, problem, place) => {
    expect(readK6Summary(text)).toEqual({ problem: expect.stringContaining(problem), place });
  });
});
