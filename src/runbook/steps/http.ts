import { z } from 'zod';
import { Duration } from '../input.ts';
import { defineStep } from '../step.ts';
import { httpMessages } from '../systems/http/http-messages.ts';
import { JsonPath } from '../systems/http/json-path.ts';
import { judgeHttp } from '../systems/http/judge-http.ts';
import { createProbe, HttpRequestInput, isAnswer } from '../systems/http/probe.ts';

const input = z.strictObject({
  ...HttpRequestInput,
  method: z.enum(['GET', 'HEAD']).default('GET'),
  status: z
    .array(z.number().int().min(100).max(599))
    .min(1)
    .default([200])
    .describe('The statuses that are right; a 4xx that is meant belongs here'),
  contains: z.string().min(1).max(500).optional().describe('Text the body must contain'),
  json: z
    .strictObject({
      path: JsonPath,
      equals: z.union([z.string(), z.number(), z.boolean(), z.null()]),
    })
    .optional()
    .describe('Values inside a JSON body (JSONPath, RFC 9535) and what every one of them must be'),
  within: Duration.prefault('2s').describe('An answer slower than this is a warning'),
  requests: z.number().int().min(1).max(10).default(3).describe('How many requests, one after the other'),
});

/** What an HTTP check expects, once parsed. */
export type HttpExpectation = z.output<typeof input>;

/** Asks one address a few times and compares status, body and latency with what is expected. */
export const http = defineStep({
  name: 'http',
  about: 'Requests a URL (GET or HEAD, redirects not followed) and checks status, body and latency.',
  effect: 'read',
  input,
  example: {
    url: 'https://orders.example.com/healthz',
    json: { path: '$.checks.database', equals: 'up' },
    within: '500ms',
  },
  targets: ['url'],
  timeoutMs: 30_000,
  target: ({ url }) => `http ${new URL(url).host}`,
  run: async (input, { signal, secret, language }) => {
    const probe = createProbe(input, secret);
    const samples = [];
    for (let count = 0; count < input.requests; count++) {
      const sample = await probe({ method: input.method }, signal);
      samples.push(sample);
      // A target that hangs is not asked again: one time-out says it.
      if (!isAnswer(sample.outcome)) break;
    }
    return judgeHttp(samples, input, httpMessages(language));
  },
});
