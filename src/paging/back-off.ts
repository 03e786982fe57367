import type { Failure } from '../kit/failure.ts';

/** A party may ask for any wait; a page that waits longer than this is none. */
const longestAskedMs = 600_000;

/** Milliseconds before try number `tries + 1`: 1, 2, 4 … at most 60 s, or what the other side asked for (at most 10 min). */
export function backOffMs(tries: number, askedMs?: number): number {
  if (askedMs !== undefined) return Math.min(askedMs, longestAskedMs);
  return Math.min(1000 * 2 ** Math.max(0, tries - 1), 60_000);
}

/** When to try again after `tries` failed tries, epoch milliseconds; null when trying again cannot help. */
export const retryAt = (failure: Failure, tries: number, now: number): number | null =>
  failure.retry === 'never' ? null : now + backOffMs(tries, failure.retryAfterMs);
