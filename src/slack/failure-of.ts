import {
  WebAPIHTTPError,
  WebAPIPlatformError,
  WebAPIRateLimitedError,
  WebAPIRequestError,
} from '@slack/web-api';
import { Failure } from '../kit/failure.ts';
import { failureOfStatus, failureOfTransport } from '../kit/outbound-failure.ts';

/** The other two names under which Slack says "too fast" with HTTP 200 (platform-facts §3.3). */
const tooFast = new Set(['ratelimited', 'rate_limited', 'too_many_requests']);

/** Slack's own troubles: the same call may work a little later. */
const passing = new Set([
  'fatal_error',
  'internal_error',
  'request_timeout',
  'service_unavailable',
  'team_added_to_org',
  'update_failed',
  'external_channel_migrating',
]);

const token = 'Check SLACK_BOT_TOKEN, and install the app to the workspace again if needed.';
const workspace = 'Ask a workspace admin to allow this app to do it.';
const unarchive = 'Unarchive the channel in Slack; Muster then goes on by itself.';

/** What an operator can do about an answer `ok: false`, where it is not plain from the error's name. */
const remedies: Record<string, string> = {
  invalid_auth: token,
  not_authed: token,
  account_inactive: token,
  token_revoked: token,
  token_expired: token,
  missing_scope: 'Compare the scopes of the app with deploy/slack/manifest.yaml and install it again.',
  restricted_action: workspace,
  cannot_create_channel: workspace,
  user_is_restricted: workspace,
  no_permission: workspace,
  permission_denied: workspace,
  is_archived: unarchive,
  is_inactive: unarchive,
  channel_not_found: 'The channel was deleted, or the app may not see it; check its id.',
  not_in_channel: 'Invite the app to the channel.',
  user_not_found: 'Check the Slack id of this person in muster.yaml.',
};

/** What went wrong with one call of the Web API, classified (engineering-facts §1.4). A `Failure` passes through unchanged. */
export function failureOf(error: unknown, method: string, timeoutMs: number): Failure {
  if (error instanceof WebAPIPlatformError) return failureOfAnswer(error, method);
  if (error instanceof WebAPIRateLimitedError) return slowDown(method, error.retryAfter * 1000, error);
  if (error instanceof WebAPIHTTPError) {
    return failureOfStatus({ status: error.statusCode, headers: error.headers }, method);
  }
  // A 429 without a usable Retry-After has no class of its own in the SDK.
  if (error instanceof Error && error.message.startsWith('Retry header did not contain')) {
    return slowDown(method, undefined, error);
  }
  // A time-out while the body is read arrives as a bare DOMException; one before the headers is wrapped.
  return failureOfTransport(
    error instanceof WebAPIRequestError ? error.original : error,
    `Slack ${method}`,
    timeoutMs,
  );
}

/** The error name with which Slack refused a call (`name_taken`), or undefined when it was something else that failed. */
export function refusalOf(error: unknown): string | undefined {
  if (!(error instanceof Failure) || !(error.cause instanceof WebAPIPlatformError)) return undefined;
  return error.cause.data.error;
}

/** The whole answer of a refused call, for the few that say more than a name. */
export function answerOf(error: unknown): Record<string, unknown> {
  const cause = error instanceof Failure ? error.cause : undefined;
  return cause instanceof WebAPIPlatformError ? { ...cause.data } : {};
}

function failureOfAnswer(error: WebAPIPlatformError, method: string): Failure {
  const name = String(error.data.error);
  if (tooFast.has(name)) return slowDown(method, undefined, error);
  const later = passing.has(name);
  return new Failure({
    code: `slack-${name.replaceAll('_', '-')}`,
    retry: later ? 'later' : 'never',
    what: `Slack refused ${method}`,
    value: [name, ...(error.data.response_metadata?.messages ?? [])].join(' '),
    remedy:
      remedies[name] ??
      (later ? 'It is tried again later.' : `See the errors of ${method} in Slack's API reference.`),
    cause: error,
  });
}

function slowDown(method: string, retryAfterMs: number | undefined, cause: unknown): Failure {
  return new Failure({
    code: 'rate-limited',
    what: 'Slack asks us to slow down',
    value: method,
    remedy: 'It is tried again after the wait it asked for.',
    retryAfterMs: retryAfterMs ?? 1000,
    cause,
  });
}
