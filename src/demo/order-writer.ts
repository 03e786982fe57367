import { createServer } from 'node:http';
import { Redis } from 'ioredis';
import { Counter, Registry } from 'prom-client';
import { freePort } from './child.ts';
import { masterName } from './sentinel-host.ts';

const writeEveryMs = 100;
const patienceMs = 800;

/** The small service of the demo: it writes orders to the master that the Sentinels name, and measures itself. */
export type OrderWriter = {
  metricsAddress: string;
  /** Orders written and failed since the start. */
  counts: () => { written: number; failed: number };
  /** The first failed write of every outage, epoch milliseconds, oldest first. */
  outages: () => number[];
  /** No orders come in, as at night. */
  pause: () => void;
  resume: () => void;
  stop: () => Promise<void>;
};

/** Starts writing ten orders a second and serving `/metrics` for Prometheus. */
export async function startOrderWriter(sentinels: string[]): Promise<OrderWriter> {
  const registry = new Registry();
  const counter = (name: string, help: string) => new Counter({ name, help, registers: [registry] });
  const written = counter('orders_written_total', 'Orders that were stored.');
  const failures = counter('orders_write_failures_total', 'Orders that could not be stored.');
  const counts = { written: 0, failed: 0 };

  const redis = new Redis({
    sentinels: sentinels.map((address) => ({ host: '127.0.0.1', port: Number(address.split(':')[1]) })),
    name: masterName,
    disconnectTimeout: 200,
    connectTimeout: 500,
    sentinelCommandTimeout: 500,
    commandTimeout: patienceMs,
    maxRetriesPerRequest: 0,
    enableOfflineQueue: false,
    enableReadyCheck: false,
    retryStrategy: () => 200,
    sentinelRetryStrategy: () => 200,
  });
  redis.on('error', () => {});

  let paused = false;
  const outages: number[] = [];
  let failing = false;
  const write = async (): Promise<void> => {
    if (paused) return;
    try {
      await redis.xadd('orders', 'MAXLEN', '~', 10_000, '*', 'total', '42000');
      written.inc();
      counts.written++;
      failing = false;
    } catch {
      failures.inc();
      counts.failed++;
      if (!failing) outages.push(Date.now());
      failing = true;
      // Silent, read-only or without replicas: the Sentinels are asked anew who the master is.
      if (redis.status === 'ready') redis.disconnect(true);
    }
  };
  const timer = setInterval(() => void write(), writeEveryMs);

  const port = await freePort();
  const server = createServer(async (_request, response) => {
    response.setHeader('content-type', registry.contentType);
    response.end(await registry.metrics());
  });
  await new Promise<void>((listening) => server.listen(port, '127.0.0.1', listening));

  return {
    metricsAddress: `127.0.0.1:${port}`,
    counts: () => ({ ...counts }),
    outages: () => [...outages],
    pause: () => {
      paused = true;
    },
    resume: () => {
      paused = false;
    },
    stop: async () => {
      clearInterval(timer);
      redis.disconnect();
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}
