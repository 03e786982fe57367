/** How a failure may be retried: `later` with back-off, `never` because trying again cannot help. */
export type Retry = 'later' | 'never';

/**
 * Something broke. Its three parts tell an operator what failed, with which (already masked) value, and what to do;
 * `code` is stable and is used as a metric label. Expected outcomes are values, never a `Failure`.
 */
export class Failure extends Error {
  readonly code: string;
  readonly retry: Retry;
  readonly remedy: string;
  readonly value: string | undefined;
  /** Milliseconds the other side asked us to wait before the next try. */
  readonly retryAfterMs: number | undefined;

  constructor(parts: {
    code: string;
    what: string;
    remedy: string;
    retry?: Retry;
    value?: string;
    retryAfterMs?: number;
    cause?: unknown;
  }) {
    super(
      `${parts.what}${parts.value === undefined ? '' : ` (${parts.value})`}. ${parts.remedy}`,
      parts.cause === undefined ? undefined : { cause: parts.cause },
    );
    this.name = 'Failure';
    this.code = parts.code;
    this.retry = parts.retry ?? 'later';
    this.remedy = parts.remedy;
    this.value = parts.value;
    this.retryAfterMs = parts.retryAfterMs;
  }
}

/** The innermost message of an unknown error, for logs and one-line reports. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const inner = error.cause instanceof Error ? reasonOf(error.cause) : undefined;
  return inner && !error.message.includes(inner) ? `${error.message}: ${inner}` : error.message;
}
