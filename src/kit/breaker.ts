import {
  BrokenCircuitError,
  type CircuitBreakerPolicy,
  CircuitState,
  CountBreaker,
  circuitBreaker,
  handleWhen,
} from 'cockatiel';
import { Failure } from './failure.ts';

/** Runs a call unless too many calls to the same party failed lately; then it fails at once with code `circuit-open`. */
export type Breaker = <T>(party: string, run: () => Promise<T>) => Promise<T>;

/**
 * Creates one circuit breaker per party (field-knowledge §6): of the last 10 calls 5 failed or took longer than `slowMs` → open
 * for `openMs`, then 5 trial calls decide. Only what says something about the party's health counts: a refusal of our
 * request (`retry: 'never'`) or a rate limit does not.
 */
export function createBreaker(
  options: {
    slowMs?: number;
    openMs?: number;
    now?: () => number;
    onChange?: (party: string, open: boolean) => void;
  } = {},
): Breaker {
  const { slowMs = 2000, openMs = 30_000, now = performance.now.bind(performance), onChange } = options;
  const policies = new Map<string, CircuitBreakerPolicy>();

  function policyOf(party: string): CircuitBreakerPolicy {
    const known = policies.get(party);
    if (known) return known;
    const policy = circuitBreaker(
      handleWhen(saysUnhealthy).orWhenResult((outcome) => (outcome as { slow: boolean }).slow),
      {
        halfOpenAfter: openMs,
        // Cockatiel opens above the threshold, the rule says at 50 %: five of ten.
        breaker: new CountBreaker({ size: 10, threshold: 0.49 }),
        halfOpenSampling: { calls: 5, threshold: 0.49 },
      },
    );
    policy.onStateChange((state) => {
      if (state === CircuitState.Open) onChange?.(party, true);
      if (state === CircuitState.Closed) onChange?.(party, false);
    });
    policies.set(party, policy);
    return policy;
  }

  return async (party, run) => {
    try {
      const outcome = await policyOf(party).execute(async () => {
        const start = now();
        const value = await run();
        return { value, slow: now() - start > slowMs };
      });
      return outcome.value;
    } catch (error) {
      if (!(error instanceof BrokenCircuitError)) throw error;
      throw new Failure({
        code: 'circuit-open',
        what: `${party} failed too often lately and is left alone for ${openMs / 1000} s`,
        remedy: 'It is tried again by itself; look at the earlier failures for the cause.',
        retryAfterMs: openMs,
        cause: error,
      });
    }
  };
}

const saysUnhealthy = (error: unknown) =>
  !(error instanceof Failure) ||
  (error.retry === 'later' && error.code !== 'rate-limited' && error.code !== 'cancelled');
