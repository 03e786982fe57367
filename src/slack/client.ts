import { WebClient } from '@slack/web-api';
import type { Breaker } from '../kit/breaker.ts';
import { failureOf } from './failure-of.ts';
import type { Priority, Schedule } from './schedule.ts';

/** Longer than any healthy answer, shorter than a person's patience. */
const timeoutMs = 10_000;

/**
 * Calls one Web API method of Slack and resolves with its answer. What fails is a `Failure`: `rate-limited` with the wait,
 * `slack-<error>` for a refusal, `timeout` or `connection-lost` where the outcome is unknown. Nothing is retried except
 * what Slack certainly did not do (429).
 */
export type SlackCall = <T = Record<string, unknown>>(
  method: string,
  args: Record<string, unknown>,
  options?: { priority?: Priority; signal?: AbortSignal },
) => Promise<T>;

/** How to reach a workspace. `apiUrl` is another address than Slack's (GovSlack, the sandbox). */
export type SlackAccess = { token: string; apiUrl?: string; timeoutMs?: number };

/**
 * Creates the one way in which Muster calls Slack: rate limits kept before the call, a circuit breaker and a time-out round
 * it, and no retry by the SDK (engineering-facts §1.4), whose client is used as a plain function.
 */
export function createSlackCall(
  access: SlackAccess,
  parts: { schedule: Schedule; breaker: Breaker },
): SlackCall {
  const limit = access.timeoutMs ?? timeoutMs;
  const client = new WebClient(access.token, {
    ...(access.apiUrl !== undefined && { slackApiUrl: access.apiUrl }),
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: limit,
    allowAbsoluteUrls: false,
    logger: quiet,
  });
  const once = async (method: string, args: Record<string, unknown>): Promise<unknown> => {
    try {
      return await client.apiCall(method, args);
    } catch (error) {
      throw failureOf(error, method, limit);
    }
  };
  return async <T>(
    method: string,
    args: Record<string, unknown>,
    options: { priority?: Priority; signal?: AbortSignal } = {},
  ): Promise<T> => {
    const channel = typeof args.channel === 'string' ? { channel: args.channel } : {};
    return (await parts.schedule({ method, ...channel, ...options }, () =>
      parts.breaker('Slack', () => once(method, args)),
    )) as T;
  };
}

/** The SDK would print arguments, and alert text with them; every failure reaches our own log as a `Failure` instead. */
const quiet = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  setLevel() {},
  setName() {},
  getLevel: () => 'error' as never,
};
