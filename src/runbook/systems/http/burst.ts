import { z } from 'zod';
import { Duration } from '../../input.ts';
import type { Json } from '../../step.ts';
import { JsonPath } from './json-path.ts';
import { HttpRequestInput, type HttpSample, isAnswer, type Probe } from './probe.ts';

const statuses = z.array(z.number().int().min(100).max(599));

/** What a burst is told, whether it reads or writes. The limits of latency and errors are the usual objectives of a service. */
export const BurstInput = {
  ...HttpRequestInput,
  users: z.number().int().min(2).max(20).default(5).describe('Virtual users that ask at the same time'),
  requests: z.number().int().min(2).max(200).default(30).describe('Requests of all users together'),
  alone: z
    .number()
    .int()
    .min(1)
    .max(10)
    .default(3)
    .describe('Requests one at a time before them, to tell what only concurrency breaks'),
  status: statuses.min(1).default([200, 201, 202, 204]).describe('The statuses that are right'),
  intended: statuses
    .default([])
    .describe('4xx that are an answer and no fault (409 for a product that is sold out)'),
  code: JsonPath.default('$.code').describe('Where the body of an error has its code (JSONPath, RFC 9535)'),
  p95: Duration.prefault('300ms').describe('A slower 95th percentile is a warning'),
  p99: Duration.prefault('800ms').describe('A slower 99th percentile is a warning'),
};

/** The parsed input of a burst. */
export type BurstInput = z.output<z.ZodObject<typeof BurstInput>> & { method: string };

/** What was sent one at a time, what was sent by all users at once, and whether the burst ended early because so much failed. */
export type BurstView = { alone: HttpSample[]; together: HttpSample[]; stopped: boolean };

/** Requests that may fail with a server error, or without an answer, before no more are sent: a broken service is not hammered. */
const enoughFailures = 20;

/** After this time no further request is sent, so that the step keeps its budget. */
const sendMs = 6000;

/**
 * Asks one at a time, then with all users at once. It sends at most `alone + requests` requests, never more than `users` at the
 * same time, and repeats none. Where asking alone brings no answer at all, the burst is not begun.
 */
export async function runBurst(
  probe: Probe,
  input: Pick<BurstInput, 'alone' | 'users' | 'requests' | 'method'> & { body?: string },
  signal: AbortSignal,
): Promise<BurstView> {
  const begin = performance.now();
  const init = { method: input.method as 'GET', ...(input.body === undefined ? {} : { body: input.body }) };
  const alone: HttpSample[] = [];
  const inTime = () => performance.now() - begin < sendMs;
  for (let count = 0; count < input.alone && inTime(); count++) {
    alone.push(await probe(init, signal));
    if (!isAnswer(alone.at(-1)!.outcome)) return { alone, together: [], stopped: true };
  }
  const together: HttpSample[] = [];
  let sent = 0;
  let failures = 0;
  const goOn = () => sent < input.requests && failures < enoughFailures && inTime();
  const user = async () => {
    while (goOn()) {
      sent++;
      const sample = await probe(init, signal);
      together.push(sample);
      if (!isAnswer(sample.outcome) || sample.outcome.status >= 500) failures++;
    }
  };
  await Promise.all(Array.from({ length: input.users }, user));
  return { alone, together, stopped: sent < input.requests };
}

/** The body of a request as it is written in a runbook: text as it is, anything else as JSON. */
export const bodyText = (body: Json): string => (typeof body === 'string' ? body : JSON.stringify(body));
