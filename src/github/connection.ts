import { createAppAuth } from '@octokit/auth-app';
import { Octokit } from '@octokit/rest';
import { type Breaker, createBreaker } from '../kit/breaker.ts';
import { Failure } from '../kit/failure.ts';
import type { Log } from '../kit/log.ts';
import { failureOfGithub } from './github-failure.ts';

/** A personal access token, or an App; without an installation id the repository's installation is looked up. */
export type GithubCredential =
  | { token: string }
  | { appId: string; privateKey: string; installationId?: number };

/** How GitHub is reached: GITHUB_API_URL, GITHUB_REPOSITORY (`owner/name`) and the credential. */
export type GithubSettings = { apiUrl: string; repository: string; credential: GithubCredential };

/** What every request to the repository carries. */
export type At = { owner: string; repo: string };

/** A connection to one repository. */
export type Github = At & {
  /**
   * Makes one request and returns its data. It ends within the time-out, is counted by the circuit breaker, is never retried
   * here, and fails with a `Failure` only (codes: `rate-limited`, `github-credential`, `github-forbidden`, `github-not-found`,
   * `github-conflict`, `github-refused`, `http-5xx`, `timeout`, `refused`, `connection-lost`, `tls`, `circuit-open`).
   */
  call<T>(name: string, request: (rest: Octokit['rest'], at: At) => Promise<{ data: T }>): Promise<T>;
};

/** Options of `connectGithub`; `step` is told the name of every request before it leaves, so that tests can stop there. */
export type ConnectOptions = {
  log: Log;
  /** Epoch milliseconds, for waits that GitHub gives as a time of day. */
  now: () => number;
  timeoutMs?: number;
  breaker?: Breaker;
  step?: (name: string) => void | Promise<void>;
};

/** Creates the connection. Nothing is sent before the first call. */
export function connectGithub(settings: GithubSettings, options: ConnectOptions): Github {
  const { log, now, timeoutMs = 10_000, breaker = createBreaker(), step } = options;
  const [owner = '', repo = ''] = settings.repository.split('/');
  const at = { owner, repo };
  const common = {
    baseUrl: settings.apiUrl.replace(/\/+$/, ''),
    userAgent: 'muster',
    // Octokit writes failures to the console by itself; ours are reported once, by whoever handles the Failure.
    log: {
      debug: () => {},
      info: () => {},
      warn: (message: string) => log.warn({ message }, 'GitHub client warns'),
      error: () => {},
    },
    // Octokit has no time-out of its own, and the requests for App tokens can't be given a signal one by one.
    request: {
      fetch: (url: string, init: RequestInit) =>
        fetch(url, { ...init, signal: AbortSignal.timeout(timeoutMs) }),
    },
  };

  async function connect(): Promise<Octokit> {
    const { credential } = settings;
    if ('token' in credential) return new Octokit({ ...common, auth: credential.token });
    const { appId, privateKey } = credential;
    const asApp = (auth: object) =>
      new Octokit({ ...common, authStrategy: createAppAuth, auth: { appId, privateKey, ...auth } });
    const installationId =
      credential.installationId ?? (await asApp({}).rest.apps.getRepoInstallation(at)).data.id;
    return asApp({ installationId });
  }

  let connected: Promise<Octokit> | undefined;
  async function client(): Promise<Octokit> {
    connected ??= connect();
    try {
      return await connected;
    } catch (error) {
      connected = undefined;
      throw error;
    }
  }

  return {
    ...at,
    async call(name, request) {
      await step?.(name);
      return breaker(common.baseUrl, async () => {
        try {
          const { data } = await request((await client()).rest, at);
          // A connection that breaks inside the body is no error to Octokit: it hands over the text it got.
          if (typeof data === 'string') throw brokenAnswer(name);
          return data;
        } catch (error) {
          throw failureOfGithub(error, name, now(), timeoutMs);
        }
      });
    },
  };
}

const brokenAnswer = (name: string): Failure =>
  new Failure({
    code: 'connection-lost',
    what: 'GitHub’s answer broke off',
    value: name,
    remedy: 'Whether GitHub acted is looked up at the next try.',
  });
