import { z } from 'zod';
import { Failure } from '../../../kit/failure.ts';
import { type Answer, createOutbound, type OutboundInit } from '../../../kit/outbound.ts';
import { Duration, SecretRef } from '../../input.ts';
import { HttpUrl } from './http-url.ts';

/** A certificate authority in a step's input, beside those that Node trusts. */
export const CaText = z
  .string()
  .max(50_000)
  .refine((text) => text === '' || text.includes('-----BEGIN CERTIFICATE-----'), 'must be in PEM form')
  .default('')
  .describe('A private CA in PEM form that is trusted as well');

/** What every HTTP step asks with. */
export const HttpRequestInput = {
  url: HttpUrl.describe('What to request'),
  headers: z
    .record(z.string(), z.union([z.string(), SecretRef]))
    .default({})
    .describe('Request headers; a secret by its name'),
  timeout: Duration.prefault('4s').describe('How long one request may take'),
  ca: CaText,
};

/** One request: the answer, or the classified reason why there is none. */
export type HttpSample = { outcome: Answer | Failure; ms: number };

/** True when there is an answer, whatever its status. */
export const isAnswer = (outcome: Answer | Failure): outcome is Answer => 'status' in outcome;

/** Sends one request and says what came of it; throws only when the step was told to stop. */
export type Probe = (init: Pick<OutboundInit, 'method' | 'body'>, signal: AbortSignal) => Promise<HttpSample>;

/**
 * The one way HTTP steps connect: the guarded outbound request (its refusals stand), at most 256 KB of answer, redirects not
 * followed, a connection per request that nothing keeps. Our own circuit breaker must not answer for the target, and private
 * addresses may be looked at, because the runbook names the target.
 */
export function createProbe(
  input: z.output<z.ZodObject<typeof HttpRequestInput>>,
  secret: (name: string) => string,
): Probe {
  const outbound = createOutbound({
    maxBytes: 256 * 1024,
    allowPrivate: true,
    breaker: (_, work) => work(),
    keepAlive: false,
    ca: input.ca,
  });
  const headers = Object.fromEntries(
    Object.entries(input.headers).map(([name, value]) => [
      name,
      typeof value === 'string' ? value : secret(value.secretRef),
    ]),
  );
  return async (init, signal) => {
    const begin = performance.now();
    const outcome = await outbound(input.url, {
      ...init,
      headers: { ...headers, connection: 'close' },
      statuses: 'any',
      timeoutMs: input.timeout,
      signal,
    }).catch((error: unknown) => {
      if (error instanceof Failure && error.code !== 'cancelled') return error;
      throw error;
    });
    return { outcome, ms: Math.round(performance.now() - begin) };
  };
}

/** An address as it may be shown: query strings carry tokens often enough. */
export const withoutQuery = (url: string): string => url.replace(/[?#].*$/s, '');

/** An address with its query, so that people see which thing is meant; what is named like a secret is masked. */
export const withMaskedQuery = (url: string): string =>
  url.replace(/([?&][^=&#]*(?:token|key|secret|pass|sig|auth)[^=&#]*=)[^&#]*/gi, '$1…').replace(/#.*$/s, '');
