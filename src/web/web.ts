import { STATUS_CODES } from 'node:http';
import express, { type ErrorRequestHandler, type Express, type RequestHandler } from 'express';
import { reasonOf } from '../kit/failure.ts';
import type { Log } from '../kit/log.ts';
import { healthz, type ReadyCheck, readyz } from './health.ts';
import type { Metrics } from './metrics.ts';
import { within } from './within.ts';

/** A door of another room: everything under `path` goes to its handler, which reads the raw body itself. */
export type Door = { path: string; handler: RequestHandler };

/** What the web room needs from outside. */
export type WebOptions = {
  doors: readonly Door[];
  metrics: Metrics;
  /** Brings the gauges up to date before they are read; what takes longer than 2 s or fails is left out. */
  beforeScrape?: () => Promise<void>;
  /** When a piece of work last went well, epoch milliseconds. */
  lastWork: () => number;
  /** After how long without it the process counts as stalled; default 2 min. */
  stalledAfterMs?: number;
  ready: readonly ReadyCheck[];
  /** True once the process is stopping. */
  closing?: () => boolean;
  mask?: (text: string) => string;
  log: Log;
  now: () => number;
};

/** Headers of every answer: nothing may be guessed, framed, loaded or kept. A page that needs more sets its own. */
const headers = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'content-security-policy':
    "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
  'cache-control': 'no-store',
};

/**
 * Builds the one express app: `/healthz`, `/readyz`, `/metrics` and the doors. No body parser is mounted for all, because
 * signatures cover raw bytes. A door that breaks is answered 503 and never says why; nothing is ever redirected.
 */
export function createWeb(options: WebOptions): Express {
  const { metrics, log, now, beforeScrape, mask = (text) => text, closing = () => false } = options;
  const app = express();
  app.disable('x-powered-by').disable('etag').set('query parser', 'simple');
  app.use((_request, response, next) => {
    response.set(headers);
    if (closing()) response.set('connection', 'close');
    next();
  });
  app.get(
    '/healthz',
    healthz({ now, lastWork: options.lastWork, stalledAfterMs: options.stalledAfterMs ?? 120_000 }),
  );
  app.get('/readyz', readyz({ checks: options.ready, closing, mask }));
  app.get('/metrics', async (_request, response) => {
    if (beforeScrape)
      await within(beforeScrape(), 2000).catch((error) =>
        log.warn({ reason: reasonOf(error) }, 'some gauges are not up to date'),
      );
    const { type, text } = await metrics.read();
    response.set('content-type', type).send(text);
  });
  app.use('/webhooks', (_request, response, next) => {
    response.on('finish', () =>
      metrics.count('muster_webhook_requests_total', { code: String(response.statusCode) }),
    );
    next();
  });
  for (const { path, handler } of options.doors) app.use(path, handler);
  app.use((_request, response) => {
    response.status(404).type('text/plain').send('There is nothing here.\n');
  });
  app.use(lastHandler(log));
  return app;
}

/** Answers what nobody else answered: a request that can't be read with its 4xx, everything else with 503, without a reason. */
const lastHandler =
  (log: Log): ErrorRequestHandler =>
  (error, request, response, _next) => {
    const given = Number((error as { status?: unknown } | null)?.status);
    const status = given >= 400 && given < 500 ? given : 503;
    if (status === 503) log.error({ path: request.path, reason: reasonOf(error) }, 'a request broke');
    if (response.headersSent) {
      request.socket.destroy();
      return;
    }
    const text =
      status === 503 ? 'Something broke here; please try again.' : (STATUS_CODES[status] ?? 'Refused');
    response.status(status).type('text/plain').send(`${text}\n`);
  };
