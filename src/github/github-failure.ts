import { Failure } from '../kit/failure.ts';
import { failureOfTransport } from '../kit/outbound-failure.ts';
import { oneLine } from '../kit/text.ts';

/** A secondary limit that names no time: wait at least a minute (GitHub, "Rate limits for the REST API"). */
const unnamedWaitMs = 60_000;

/**
 * The Failure for anything a GitHub request threw. `now` (epoch ms) turns `x-ratelimit-reset` into a wait. Octokit reports a
 * broken network as status 500 without a response; that is told apart from an answer of 500.
 */
export function failureOfGithub(error: unknown, name: string, now: number, timeoutMs: number): Failure {
  if (error instanceof Failure) return error;
  if (!isRequestError(error) || error.response === undefined)
    return failureOfTransport(error, `GitHub, ${name}`, timeoutMs);
  const { status } = error;
  const { headers } = error.response;
  const parts = {
    what: `GitHub refused to ${name}: ${explain(error)}`,
    value: `HTTP ${status}`,
    cause: error,
  };
  const wait = waitAsked(status, headers, error.message, now);
  if (wait !== undefined)
    return new Failure({
      ...parts,
      code: 'rate-limited',
      remedy: 'It is tried again after the wait GitHub asked for.',
      retryAfterMs: wait,
    });
  if (status >= 500)
    return new Failure({
      ...parts,
      code: 'http-5xx',
      remedy: 'It is tried again later; see githubstatus.com.',
    });
  const [code, remedy] = refusals[status] ?? ['github-refused', 'Compare the request with the repository.'];
  return new Failure({ ...parts, code, remedy, retry: 'never' });
}

const refusals: Record<number, [code: string, remedy: string]> = {
  401: ['github-credential', 'Check GITHUB_TOKEN, or GITHUB_APP_ID and GITHUB_PRIVATE_KEY.'],
  403: ['github-forbidden', 'Give the token or App write access to contents and pull requests.'],
  404: ['github-not-found', 'Check GITHUB_REPOSITORY and that the credential may see it.'],
  409: ['github-conflict', 'An empty repository needs a first commit; otherwise it is looked at again.'],
};

/** Octokit's RequestError, as far as it is looked at. */
type RequestError = Error & {
  status: number;
  response?: { headers: Record<string, unknown>; data: unknown };
};

const isRequestError = (error: unknown): error is RequestError =>
  error instanceof Error && error.name === 'HttpError';

function waitAsked(
  status: number,
  headers: Record<string, unknown>,
  message: string,
  now: number,
): number | undefined {
  if (status !== 403 && status !== 429 && status !== 503) return undefined;
  const retryAfter = Number(headers['retry-after']);
  if (headers['retry-after'] !== undefined && retryAfter >= 0) return retryAfter * 1000;
  if (status === 503) return undefined;
  if (headers['x-ratelimit-remaining'] === '0')
    return Math.max(1000, Number(headers['x-ratelimit-reset']) * 1000 - now || unnamedWaitMs);
  return status === 429 || /rate limit/i.test(message) ? unnamedWaitMs : undefined;
}

/** GitHub's message with the field errors of a 422, which are where the reason stands. */
function explain(error: RequestError): string {
  const data = error.response?.data as { message?: string; errors?: unknown } | undefined;
  const errors = Array.isArray(data?.errors) ? data.errors : [];
  const reasons = errors.map((one) =>
    typeof one === 'string' ? one : (one?.message ?? [one?.resource, one?.field, one?.code].join(' ')),
  );
  return oneLine([data?.message ?? error.message, ...reasons].join('; '), 300);
}

/** Resolves to undefined where GitHub says 404; every other Failure goes on. */
export async function unlessMissing<T>(answer: Promise<T>): Promise<T | undefined> {
  return unless('github-not-found', answer);
}

/** Resolves to undefined where the Failure has this code and, if given, matching words; every other Failure goes on. */
export async function unless<T>(code: string, answer: Promise<T>, words?: RegExp): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof Failure && error.code === code && (words?.test(error.message) ?? true))
      return undefined;
    throw error;
  }
}
