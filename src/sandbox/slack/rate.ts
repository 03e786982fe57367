/** A Web API method's rate tier; `special` methods have limits of their own. */
export type Tier = 1 | 2 | 3 | 4 | 'special';

/** How strictly rates are kept: `factor` 2 allows twice the documented rate. */
export type Limits = { mode: 'real' | 'off'; factor: number };

type Bucket = { tokens: number; at: number };

const perMinute = { 1: 1, 2: 20, 3: 50, 4: 100 } as const;
const specialPerMinute = 300;
const postsInABurst = 4;

/**
 * Counts calls like Slack (platform-facts §3.4): a bucket per method by tier, and for `chat.postMessage` about one
 * message a second in a channel, short bursts tolerated, and several hundred a minute in the workspace.
 * The returned function takes a token, or says after how many whole seconds to come back.
 */
export function createRateLimiter(
  limits: Limits,
  now: () => number,
): (method: string, tier: Tier, channel?: string) => number | undefined {
  const buckets = new Map<string, Bucket>();
  const refilled = (key: string, capacity: number, ratePerSecond: number): Bucket => {
    const bucket = buckets.get(key) ?? { tokens: capacity, at: now() };
    const elapsed = Math.max(0, now() - bucket.at) / 1000;
    const fresh = { tokens: Math.min(capacity, bucket.tokens + elapsed * ratePerSecond), at: now() };
    buckets.set(key, fresh);
    return fresh;
  };
  return (method, tier, channel) => {
    if (limits.mode === 'off') return undefined;
    const minute = (tier === 'special' ? specialPerMinute : perMinute[tier]) * limits.factor;
    const wanted: { key: string; capacity: number; rate: number }[] = [
      { key: method, capacity: minute, rate: minute / 60 },
    ];
    if (method === 'chat.postMessage' && channel)
      wanted.push({
        key: `${method} ${channel}`,
        capacity: postsInABurst * limits.factor,
        rate: limits.factor,
      });
    const taken = wanted.map(({ key, capacity, rate }) => ({ bucket: refilled(key, capacity, rate), rate }));
    const waits = taken.map(({ bucket, rate }) => (bucket.tokens >= 1 ? 0 : (1 - bucket.tokens) / rate));
    const wait = Math.max(...waits);
    if (wait > 0) return Math.max(1, Math.ceil(wait));
    for (const { bucket } of taken) bucket.tokens -= 1;
    return undefined;
  };
}
