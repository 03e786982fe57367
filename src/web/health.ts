import type { RequestHandler } from 'express';
import { reasonOf } from '../kit/failure.ts';
import { within } from './within.ts';

/** One thing without which this process should get no traffic: null when it is there, else why it is not. */
export type ReadyCheck = { name: string; check: () => Promise<string | null> };

/** A check that has not answered after this long counts as missing. */
const checkMs = 2000;

/**
 * `/healthz`: 200 while the process does its work, 503 once the last piece of work that went well is older than
 * `stalledAfterMs`. Measured by work done, never by a flag; whoever watches restarts the process on 503.
 */
export function healthz(options: {
  lastWork: () => number;
  now: () => number;
  stalledAfterMs: number;
}): RequestHandler {
  const { lastWork, now, stalledAfterMs } = options;
  return (_request, response) => {
    const seconds = Math.max(0, Math.round((now() - lastWork()) / 1000));
    const alive = now() - lastWork() <= stalledAfterMs;
    response
      .status(alive ? 200 : 503)
      .type('text/plain')
      .send(alive ? `alive, last work ${seconds} s ago\n` : `stalled: no work went well for ${seconds} s\n`);
  };
}

/**
 * `/readyz`: 200 when nothing is missing, else 503 with the name and the reason of everything that is, as text, or as JSON
 * for those who accept it. Reasons pass through `mask`.
 */
export function readyz(options: {
  checks: readonly ReadyCheck[];
  closing: () => boolean;
  mask: (text: string) => string;
}): RequestHandler {
  const { checks, closing, mask } = options;
  const missing = async (): Promise<{ name: string; why: string }[]> => {
    if (closing()) return [{ name: 'process', why: 'it is stopping' }];
    const found = await Promise.all(
      checks.map(async ({ name, check }) => {
        const why = await within(check(), checkMs).catch((error) => reasonOf(error) || 'it failed');
        return why === null ? [] : [{ name, why: mask(why) }];
      }),
    );
    return found.flat();
  };
  return async (request, response) => {
    const absent = await missing();
    const ready = absent.length === 0;
    response.status(ready ? 200 : 503);
    if (request.accepts(['text', 'json']) === 'json') {
      response.json({ ready, missing: absent });
      return;
    }
    const lines = absent.map(({ name, why }) => `${name}: ${why}\n`);
    response.type('text/plain').send(ready ? 'ready\n' : `not ready\n${lines.join('')}`);
  };
}
