import { type History, type Part, startPrometheus } from './prometheus.ts';

/** What a web service did: requests a second, the share that failed, and how long all of them took, at a moment. */
export type WebService = {
  service: string;
  rate: number;
  errors?: (at: number) => number;
  seconds?: (at: number) => number;
};

const buckets = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

/** The usual metrics of a web service as history: `http_requests_total{code}` and a histogram of its latency. */
export function webService({ service, rate, errors = () => 0, seconds = () => 0.08 }: WebService): History[] {
  const begin = Date.now() - 3_600_000;
  const stepMs = 5000;
  /** A counter that grows by `perSecond`, which may change over time. */
  const counter = (perSecond: (at: number) => number) => {
    let total = 0;
    let done = begin;
    return (at: number): number => {
      for (; done < at; done += stepMs) total += (perSecond(done) * stepMs) / 1000;
      return total;
    };
  };
  const bucket = (le: string, holds: (at: number) => boolean): History => ({
    name: 'http_request_duration_seconds_bucket',
    labels: { service, le },
    value: counter((at) => (holds(at) ? rate : 0)),
  });
  return [
    {
      name: 'http_requests_total',
      labels: { service, code: '200' },
      value: counter((at) => rate * (1 - errors(at))),
    },
    {
      name: 'http_requests_total',
      labels: { service, code: '500' },
      value: counter((at) => rate * errors(at)),
    },
    ...buckets.map((limit) => bucket(String(limit), (at) => seconds(at) <= limit)),
    bucket('+Inf', () => true),
  ];
}

/** The moment the tests started, less some minutes. */
export const ago = (minutes: number): number => startedAt - minutes * 60_000;
const startedAt = Date.now();

/** A moment as steps take it. */
export const iso = (at: number): string => new Date(at).toISOString();

/** A Prometheus that watches services in every state, and a few disks. */
export const startWatchedTraffic = (): Promise<Part> =>
  startPrometheus([
    ...webService({ service: 'healthy', rate: 20 }),
    ...webService({ service: 'failing', rate: 20, errors: (at) => (at > ago(6) ? 0.12 : 0.001) }),
    ...webService({ service: 'slow', rate: 20, seconds: () => 0.9 }),
    ...webService({ service: 'idle', rate: 0 }),
    ...webService({
      service: 'fixed',
      rate: 20,
      errors: (at) => (at < ago(20) ? 0.2 : 0),
      seconds: (at) => (at > ago(15) && at < ago(8) ? 2 : 0.08),
    }),
    { name: 'sometimes_total', value: (at) => (at > ago(6) && at < ago(4) ? null : at / 1000) },
    ...['a', 'b', 'c'].map((instance, index) => ({
      name: 'node_filesystem_avail_bytes',
      labels: { instance },
      value: () => 1024 ** 3 * (index + 1),
    })),
  ]);
