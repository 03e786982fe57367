import { type Dispatcher, request } from 'undici';
import { type Breaker, createBreaker } from './breaker.ts';
import { Failure } from './failure.ts';
import { guardedAgent, refuseAddress } from './guarded-agent.ts';
import { failureOfStatus, failureOfTransport } from './outbound-failure.ts';

/** An answer of another party: final status, lower-case header names, body as UTF-8 text. */
export type Answer = { status: number; headers: Record<string, string>; text: string };

/** One outbound request; `statuses: 'any'` returns every status as an answer, otherwise all but 2xx is a Failure. */
export type OutboundInit = {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'HEAD';
  headers?: Record<string, string>;
  body?: string | Uint8Array;
  statuses?: 'ok' | 'any';
  /** Whole call, from resolving the name to the last byte; default from `createOutbound`. */
  timeoutMs?: number;
  /** Whose breaker counts this call; default the URL's origin. */
  party?: string;
  signal?: AbortSignal;
};

/** The guarded fetch that every call to another party goes through. */
export type Outbound = (url: string, init?: OutboundInit) => Promise<Answer>;

/**
 * Creates the guarded fetch. It promises: an end within `timeoutMs` (10 s), at most `maxBytes` (1 MB) of answer, no redirect followed
 * (a 3xx is the answer), the name resolved once and that address dialled, cloud metadata and link-local never reached and private
 * addresses only with `allowPrivate`, a circuit breaker per party, and every failure as a classified `Failure`
 * (codes: `timeout`, `refused`, `connection-lost`, `tls`, `rate-limited`, `http-5xx`, `http-4xx`, `http-3xx`, `answer-too-large`,
 * `address-blocked`, `circuit-open`, `cancelled`, `bad-address`). It retries nothing.
 * Only `refused`, `circuit-open` and the blocked ones say that the other side certainly never saw the request.
 */
export function createOutbound(
  options: {
    timeoutMs?: number;
    maxBytes?: number;
    allowPrivate?: boolean;
    breaker?: Breaker;
    ca?: string;
    /** Whether connections are kept for later requests (the default); else each is made for one request and ends with it. */
    keepAlive?: boolean;
  } = {},
): Outbound {
  const { timeoutMs: defaultTimeoutMs = 10_000, maxBytes = 1_048_576, allowPrivate = false } = options;
  const breaker = options.breaker ?? createBreaker();
  const shared = options.keepAlive === false ? undefined : guardedAgent(allowPrivate, options.ca);

  return async (address, init = {}) => {
    const url = parse(address);
    refuseAddress(url, allowPrivate);
    const shown = `${url.origin}${url.pathname}`;
    return breaker(init.party ?? url.origin, async () => {
      const timeoutMs = init.timeoutMs ?? defaultTimeoutMs;
      const deadline = AbortSignal.timeout(timeoutMs);
      const signal = init.signal ? AbortSignal.any([deadline, init.signal]) : deadline;
      const agent = shared ?? guardedAgent(allowPrivate, options.ca, signal);
      try {
        const answer = await exchange(url, init, agent, signal, maxBytes);
        if (init.statuses === 'any' || (answer.status >= 200 && answer.status < 300)) return answer;
        throw failureOfStatus(answer, shown);
      } catch (error) {
        if (init.signal?.aborted) {
          throw new Failure({
            code: 'cancelled',
            what: 'The request was cancelled',
            value: shown,
            remedy: 'Nothing to do.',
            cause: error,
          });
        }
        throw failureOfTransport(error, shown, timeoutMs);
      } finally {
        if (agent !== shared) agent.destroy().catch(() => {});
      }
    });
  };
}

async function exchange(
  url: URL,
  init: OutboundInit,
  dispatcher: Dispatcher,
  signal: AbortSignal,
  maxBytes: number,
): Promise<Answer> {
  const { statusCode, headers, body } = await request(url, {
    dispatcher,
    signal,
    method: init.method ?? 'GET',
    headers: { 'user-agent': 'Muster', ...init.headers },
    body: init.body ?? null,
  });
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBytes) {
      throw new Failure({
        code: 'answer-too-large',
        retry: 'never',
        what: `The answer is larger than ${maxBytes} bytes`,
        value: `${url.origin}${url.pathname}`,
        remedy: 'Check that the address is the right one, or ask it for less.',
      });
    }
    chunks.push(chunk);
  }
  return { status: statusCode, headers: flat(headers), text: Buffer.concat(chunks).toString('utf8') };
}

function flat(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  const entries = Object.entries(headers).map(([name, value]) => [
    name,
    Array.isArray(value) ? value.join(', ') : (value ?? ''),
  ]);
  return Object.fromEntries(entries);
}

function parse(address: string): URL {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url?.protocol === 'http:' || url?.protocol === 'https:') return url;
  throw new Failure({
    code: 'bad-address',
    retry: 'never',
    what: 'The address is not an absolute http or https URL',
    value: address.slice(0, 100).replace(/\/\/[^/]*@/, '//'),
    remedy: 'Correct the address in the configuration.',
  });
}
