import { Failure } from '../kit/failure.ts';
import { type Rate, ratesOf } from './rates.ts';

/** Who goes first when calls have to wait: a page, then a person who looks at a screen, then the rooms. */
export type Priority = 'page' | 'person' | 'room';
const order: readonly Priority[] = ['page', 'person', 'room'];

/** One call that wants its turn. */
export type Turn = { method: string; channel?: string; priority?: Priority; signal?: AbortSignal };

/** Runs a call as soon as Slack's rate limits allow it. */
export type Schedule = <T>(turn: Turn, call: () => Promise<T>) => Promise<T>;

/** Time as the scheduler sees it; a test brings its own. */
export type Timer = { now: () => number; after: (ms: number, run: () => void) => () => void };

const realTimer: Timer = {
  now: () => performance.now(),
  after: (ms, run) => {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};

type Waiting = {
  turn: Turn;
  number: number;
  rates: Rate[];
  deadline: number;
  start: () => void;
  giveUp: (failure: Failure) => void;
};

/**
 * Keeps Slack's rate limits per method and per channel, so that bursts wait here instead of being refused there. A 429 pauses
 * its method, and the refused call waits in its old place: nothing is dropped and the order in a channel is kept. Whoever
 * would wait longer than `patienceMs` is told so by a `rate-limited` Failure with the wait, and plans anew by then.
 */
export function createSchedule(options: { timer?: Timer; patienceMs?: number } = {}): Schedule {
  const { timer = realTimer, patienceMs = 10_000 } = options;
  const buckets = new Map<string, { tokens: number; at: number }>();
  const paused = new Map<string, number>();
  let waiting: Waiting[] = [];
  let count = 0;
  let cancelWake = () => {};

  /** Milliseconds until this rate allows a call. */
  function waitOf({ name, capacity, perSecond }: Rate): number {
    const now = timer.now();
    const bucket = buckets.get(name) ?? { tokens: capacity, at: now };
    const tokens = Math.min(capacity, bucket.tokens + ((now - bucket.at) / 1000) * perSecond);
    buckets.set(name, { tokens, at: now });
    return tokens >= 1 ? 0 : ((1 - tokens) / perSecond) * 1000;
  }

  function waitFor({ turn, rates }: Waiting): number {
    const pause = (paused.get(turn.method) ?? 0) - timer.now();
    return Math.ceil(Math.max(0, pause, ...rates.map(waitOf)));
  }

  function pump(): void {
    cancelWake();
    let next = Number.POSITIVE_INFINITY;
    for (const one of [...waiting]) {
      const wait = waitFor(one);
      const left = one.deadline - timer.now();
      if (wait === 0 || wait > left) waiting = waiting.filter((other) => other !== one);
      if (wait === 0) {
        for (const { name } of one.rates) buckets.get(name)!.tokens -= 1;
        one.start();
      } else if (wait > left) one.giveUp(tooLong(one.turn.method, wait));
      else next = Math.min(next, wait);
    }
    if (next < Number.POSITIVE_INFINITY) cancelWake = timer.after(next, pump);
  }

  function takeTurn(turn: Turn, number: number, deadline: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const cancel = () => {
        waiting = waiting.filter((other) => other !== one);
        reject(cancelled(turn.method));
      };
      const settle = (then: () => void) => () => {
        turn.signal?.removeEventListener('abort', cancel);
        then();
      };
      const one: Waiting = {
        turn,
        number,
        rates: ratesOf(turn.method, turn.channel),
        deadline,
        start: settle(resolve),
        giveUp: (failure) => settle(() => reject(failure))(),
      };
      if (turn.signal?.aborted) return reject(cancelled(turn.method));
      turn.signal?.addEventListener('abort', cancel, { once: true });
      waiting = [...waiting, one].sort((a, b) => rank(a.turn) - rank(b.turn) || a.number - b.number);
      pump();
    });
  }

  return async (turn, call) => {
    const number = count++;
    const deadline = timer.now() + patienceMs;
    for (;;) {
      await takeTurn(turn, number, deadline);
      try {
        return await call();
      } catch (error) {
        if (!(error instanceof Failure) || error.code !== 'rate-limited') throw error;
        paused.set(turn.method, timer.now() + (error.retryAfterMs ?? 1000));
      }
    }
  };
}

const rank = ({ priority = 'room' }: Turn): number => order.indexOf(priority);

const tooLong = (method: string, wait: number): Failure =>
  new Failure({
    code: 'rate-limited',
    what: 'Too many calls wait for their turn at Slack',
    value: method,
    remedy: 'Nothing is lost: it is planned again when there is room.',
    retryAfterMs: wait,
  });

const cancelled = (method: string): Failure =>
  new Failure({
    code: 'cancelled',
    what: 'Muster stops before this call had its turn',
    value: method,
    remedy: 'It is made after the restart.',
  });
