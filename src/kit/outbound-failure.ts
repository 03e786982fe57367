import { Failure, reasonOf } from './failure.ts';

/**
 * The Failure for an answer that is no success: 429 (and 403 or 503 with `Retry-After`) is `rate-limited` with the wait asked for,
 * 5xx and 408 may be tried later, other 4xx and redirects never. The answer's text is not repeated, it may hold secrets.
 */
export function failureOfStatus(
  answer: { status: number; headers: Record<string, string> },
  shown: string,
): Failure {
  const { status, headers } = answer;
  const retryAfterMs = retryAfter(headers);
  const limited = status === 429 || (retryAfterMs !== undefined && (status === 403 || status === 503));
  if (limited) {
    return new Failure({
      code: 'rate-limited',
      what: `The other side asks us to slow down (HTTP ${status})`,
      value: shown,
      remedy: 'It is tried again after the wait it asked for.',
      retryAfterMs: retryAfterMs ?? 1000,
    });
  }
  const kind = status >= 500 ? 'http-5xx' : status >= 400 ? 'http-4xx' : 'http-3xx';
  return new Failure({
    code: kind,
    retry: status >= 500 || status === 408 ? 'later' : 'never',
    what: `The other side answered HTTP ${status}`,
    value: shown,
    remedy: remedyOf(status, kind),
  });
}

/** The Failure for a request that got no whole answer; a `Failure` passes through unchanged. */
export function failureOfTransport(error: unknown, shown: string, timeoutMs: number): Failure {
  const causes = causesOf(error);
  const known = causes.find((cause) => cause instanceof Failure);
  if (known) return known;
  const names = causes.flatMap((cause) => [(cause as { code?: unknown }).code, (cause as Error).name]);
  const is = (pattern: RegExp) => names.some((name) => pattern.test(String(name)));
  const parts = { value: shown, cause: error };
  if (is(/^(TimeoutError|UND_ERR_(HEADERS|BODY)_TIMEOUT)$/)) {
    return new Failure({
      ...parts,
      code: 'timeout',
      what: `No whole answer within ${timeoutMs} ms`,
      remedy: 'Check that the other side is alive and reachable.',
    });
  }
  if (is(/^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT)$/)) {
    return new Failure({
      ...parts,
      code: 'refused',
      what: `No connection: ${reasonOf(error)}`,
      remedy: 'Check the address, the network and that the other side runs.',
    });
  }
  if (is(/CERT|TLS|SSL|SELF_SIGNED/)) {
    return new Failure({
      ...parts,
      code: 'tls',
      what: `No secure connection: ${reasonOf(error)}`,
      remedy: 'Check the certificate and the CA (NODE_EXTRA_CA_CERTS).',
    });
  }
  return new Failure({
    ...parts,
    code: 'connection-lost',
    what: `The connection broke: ${reasonOf(error)}`,
    remedy: 'Whether the other side acted is unknown; check before repeating a change.',
  });
}

function retryAfter(headers: Record<string, string>): number | undefined {
  const value = headers['retry-after'];
  return value !== undefined && /^\d{1,6}$/.test(value.trim()) ? Number(value) * 1000 : undefined;
}

function remedyOf(status: number, kind: string): string {
  if (status === 401 || status === 403) return 'Check the credential and what it may do.';
  if (kind === 'http-5xx') return 'It is tried again later.';
  if (kind === 'http-3xx') return 'Redirects are not followed; configure the final address.';
  return 'Check the address and the request.';
}

/** An error and all it was caused by, outermost first. */
export function causesOf(error: unknown): unknown[] {
  const found: unknown[] = [];
  for (let next = error; next instanceof Error && found.length < 10; next = next.cause) {
    found.push(next, ...(next instanceof AggregateError ? next.errors : []));
  }
  return found;
}
