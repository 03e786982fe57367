import type { NextFunction, Request, Response } from 'express';

/**
 * What goes wrong with a call. `lose-reply` does the work and then cuts the connection before the answer, `cut-reply` in the
 * middle of its body; `reset` and `hang` do no work; `answer` answers with the given status instead of doing the work.
 */
export type Fault =
  | { kind: 'lose-reply' }
  | { kind: 'cut-reply' }
  | { kind: 'reset' }
  | { kind: 'hang' }
  | { kind: 'answer'; status: number; headers?: Record<string, string>; body?: unknown };

/** A fault waiting for its call; `taken` counts how often it really happened, so that a test can assert it. */
export type Injected = { match: RegExp; fault: Fault; left: number; taken: number };

/** The faults of one look-alike, and the express middleware that makes them happen. */
export type Faults = {
  /** Makes the next `times` (default 1) calls whose `METHOD /path` matches go wrong. */
  inject(match: RegExp, fault: Fault, times?: number): Injected;
  /** Forgets every fault that has not happened yet and releases the calls that hang. */
  clear(): void;
  middleware(request: Request, response: Response, next: NextFunction): void;
};

/** Creates an empty set of faults. */
export function createFaults(): Faults {
  const waiting: Injected[] = [];
  const hanging = new Set<Response>();
  return {
    inject(match, fault, times = 1) {
      const injected = { match, fault, left: times, taken: 0 };
      waiting.push(injected);
      return injected;
    },
    clear() {
      waiting.length = 0;
      for (const response of hanging) response.destroy();
      hanging.clear();
    },
    middleware(request, response, next) {
      const call = `${request.method} ${decodeURIComponent(request.path)}`;
      const injected = waiting.find((one) => one.left > 0 && one.match.test(call));
      if (!injected) return next();
      injected.left -= 1;
      injected.taken += 1;
      response.locals.fault = injected.fault.kind;
      const { fault } = injected;
      if (fault.kind === 'reset') return void request.socket.destroy();
      if (fault.kind === 'hang') {
        hanging.add(response);
        response.on('close', () => hanging.delete(response));
        return;
      }
      if (fault.kind === 'answer')
        return void response
          .status(fault.status)
          .set(fault.headers ?? {})
          .json(fault.body ?? { message: 'Server Error' });
      response.end = ((chunk?: unknown): Response => {
        const cut = () => void request.socket.destroy();
        const body = Buffer.isBuffer(chunk) ? chunk : Buffer.from(typeof chunk === 'string' ? chunk : '');
        if (fault.kind === 'lose-reply' || body.length === 0) cut();
        else response.write(body.subarray(0, Math.ceil(body.length / 2) - 1), cut);
        return response;
      }) as Response['end'];
      next();
    },
  };
}
