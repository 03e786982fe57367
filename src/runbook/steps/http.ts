import { z } from 'zod';
import { Failure } from '../../kit/failure.ts';
import { createOutbound } from '../../kit/outbound.ts';
import { httpMessages } from '../http/http-messages.ts';
import { judgeHttp } from '../http/judge-http.ts';
import { Duration, SecretRef } from '../input.ts';
import { defineStep } from '../step.ts';

const input = z.strictObject({
  url: z.url({ protocol: /^https?$/ }).describe('What to request'),
  method: z.enum(['GET', 'HEAD']).default('GET'),
  headers: z
    .record(z.string(), z.union([z.string(), SecretRef]))
    .default({})
    .describe('Request headers; a secret by its name'),
  status: z
    .array(z.number().int().min(100).max(599))
    .min(1)
    .default([200])
    .describe('The statuses that are right'),
  contains: z.string().min(1).max(500).optional().describe('Text the body must contain'),
  json: z
    .strictObject({
      path: z.string().regex(/^[^.]+(\.[^.]+)*$/, 'must be names separated by dots'),
      equals: z.union([z.string(), z.number(), z.boolean(), z.null()]),
    })
    .optional()
    .describe('A value inside a JSON body (names and indexes separated by dots) and what it must be'),
  within: Duration.prefault('2s').describe('An answer slower than this is a warning'),
  requests: z.number().int().min(1).max(10).default(3).describe('How many requests, one after the other'),
  timeout: Duration.prefault('4s').describe('How long one request may take'),
});

/** What an HTTP check expects, once parsed. */
export type HttpExpectation = z.output<typeof input>;

/** A probe must not be answered by our own circuit breaker, and may look at private addresses: the file names its target. */
const outbound = createOutbound({ maxBytes: 256 * 1024, allowPrivate: true, breaker: (_, work) => work() });

/** Asks one address a few times and compares status, body and latency with what is expected. */
export const http = defineStep({
  name: 'http',
  about: 'Requests a URL (GET or HEAD, redirects not followed) and checks status, body and latency.',
  effect: 'read',
  input,
  example: {
    url: 'https://orders.example.com/healthz',
    json: { path: 'checks.database', equals: 'up' },
    within: '500ms',
  },
  targets: ['url'],
  timeoutMs: 30_000,
  target: ({ url }) => `http ${new URL(url).host}`,
  run: async (input, { signal, secret, language }) => {
    const headers = Object.fromEntries(
      Object.entries(input.headers).map(([name, value]) => [
        name,
        typeof value === 'string' ? value : secret(value.secretRef),
      ]),
    );
    const samples = [];
    for (let count = 0; count < input.requests; count++) {
      const begin = performance.now();
      const outcome = await outbound(input.url, {
        method: input.method,
        // A probe leaves no connection waiting in the pool.
        headers: { ...headers, connection: 'close' },
        statuses: 'any',
        timeoutMs: input.timeout,
        signal,
      }).catch((error: unknown) => {
        if (error instanceof Failure && error.code !== 'cancelled') return error;
        throw error;
      });
      samples.push({ outcome, ms: Math.round(performance.now() - begin) });
      // A target that hangs is not asked again: one time-out says it.
      if (outcome instanceof Failure) break;
    }
    return judgeHttp(samples, input, httpMessages(language));
  },
});
