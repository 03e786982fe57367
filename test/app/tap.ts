import type { RequestHandler } from 'express';

/** One call of Muster as somebody outside sees it: the `nth` (from 1) of its name, before it takes effect or after. */
export type Moment = { call: string; nth: number; when: 'before' | 'after' };

/** What becomes of a call: it goes on, or something strikes before its effect, or after it with the answer lost. */
export type Fate = 'go' | Moment['when'];

/**
 * Counts every call that leaves Muster, in one order over all parties, and strikes at one of them. While something strikes,
 * the call is held; its answer never arrives.
 */
export type Tap = {
  calls: string[];
  enter: (name: string) => Fate;
  strike: () => Promise<void>;
  /** Does something at a moment, once. */
  arm: (moment: Moment, act: () => Promise<void>) => void;
  /** How often something struck. */
  struck: () => number;
};

/** Creates a tap that lets everything through. */
export function createTap(): Tap {
  const calls: string[] = [];
  const counts = new Map<string, number>();
  let armed: { moment: Moment; act: () => Promise<void> } | null = null;
  let act = async (): Promise<void> => {};
  let struck = 0;
  return {
    calls,
    enter(name) {
      calls.push(name);
      const nth = (counts.get(name) ?? 0) + 1;
      counts.set(name, nth);
      if (armed === null || armed.moment.call !== name || armed.moment.nth !== nth) return 'go';
      const { when } = armed.moment;
      act = armed.act;
      armed = null;
      struck += 1;
      return when;
    },
    strike: () => act(),
    arm(moment, act) {
      armed = { moment, act };
    },
    struck: () => struck,
  };
}

/** Puts a tap in front of an HTTP look-alike. `nameOf` names a call by its method and path. */
export const tapped =
  (tap: Tap, nameOf: (method: string, path: string) => string): RequestHandler =>
  (request, response, next) => {
    const fate = tap.enter(nameOf(request.method, decodeURIComponent(request.path)));
    if (fate === 'go') return next();
    const cut = (): void => void request.socket.destroy();
    if (fate === 'before') return void tap.strike().then(cut);
    response.end = (() => {
      void tap.strike().then(cut);
      return response;
    }) as typeof response.end;
    next();
  };
