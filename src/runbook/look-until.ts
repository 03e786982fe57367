import { setTimeout as delay } from 'node:timers/promises';

/** Looks again every `everyMs` until `enough`, for at most `forMs`; gives back the last look. Stops with the signal. */
export async function lookUntil<T>(
  look: () => Promise<T>,
  enough: (value: T) => boolean,
  { everyMs, forMs, signal }: { everyMs: number; forMs: number; signal: AbortSignal },
): Promise<T> {
  const deadline = performance.now() + forMs;
  for (;;) {
    const value = await look();
    if (enough(value) || performance.now() + everyMs > deadline) return value;
    await delay(everyMs, undefined, { signal });
  }
}
