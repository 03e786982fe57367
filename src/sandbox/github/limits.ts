/** The limits of one account, platform-facts §4: requests an hour, points a minute, and writes that create content. */
export type Limits = {
  primaryPerHour: number;
  pointsPerMinute: number;
  contentPerMinute: number;
  contentPerHour: number;
  concurrent: number;
};

/** GitHub's documented limits for a user. */
export const documentedLimits: Limits = {
  primaryPerHour: 5000,
  pointsPerMinute: 900,
  contentPerMinute: 80,
  contentPerHour: 500,
  concurrent: 100,
};

/** What a call may do: pass, or be refused until the primary limit resets or for some seconds by a secondary limit. */
export type Admission =
  | { kind: 'pass' }
  | { kind: 'primary' }
  | { kind: 'secondary'; retryAfterSeconds: number };

/** The rate-limit answer headers of an account, and whether its next call may pass. */
export type LimitBook = {
  admit(login: string, write: boolean, running: number): Admission;
  headers(login: string): Record<string, string>;
};

const minute = 60_000;
const hour = 60 * minute;

/** Creates the book that counts calls by account; `now` in epoch milliseconds. */
export function createLimitBook(limits: Limits, now: () => number): LimitBook {
  type Account = { resetAt: number; used: number; calls: { at: number; points: number }[] };
  const accounts = new Map<string, Account>();
  const accountOf = (login: string): Account => {
    const known = accounts.get(login);
    if (known && now() < known.resetAt) return known;
    const account = { resetAt: now() + hour, used: 0, calls: known?.calls ?? [] };
    accounts.set(login, account);
    return account;
  };
  return {
    admit(login, write, running) {
      const account = accountOf(login);
      if (account.used >= limits.primaryPerHour) return { kind: 'primary' };
      account.used += 1;
      account.calls = account.calls.filter((call) => call.at > now() - hour);
      account.calls.push({ at: now(), points: write ? 5 : 1 });
      const recent = account.calls.filter((call) => call.at > now() - minute);
      const points = recent.reduce((sum, call) => sum + call.points, 0);
      const writes = (calls: { points: number }[]) => calls.filter((call) => call.points === 5).length;
      if (write && writes(account.calls) > limits.contentPerHour)
        return { kind: 'secondary', retryAfterSeconds: 600 };
      const overloaded =
        running > limits.concurrent ||
        points > limits.pointsPerMinute ||
        (write && writes(recent) > limits.contentPerMinute);
      return overloaded ? { kind: 'secondary', retryAfterSeconds: 60 } : { kind: 'pass' };
    },
    headers(login) {
      const account = accountOf(login);
      return {
        'x-ratelimit-limit': String(limits.primaryPerHour),
        'x-ratelimit-remaining': String(Math.max(0, limits.primaryPerHour - account.used)),
        'x-ratelimit-reset': String(Math.ceil(account.resetAt / 1000)),
        'x-ratelimit-used': String(account.used),
        'x-ratelimit-resource': 'core',
      };
    },
  };
}
