import { Failure } from '../kit/failure.ts';

/** Runs a call and comes back at the latest after `timeoutMs`, even when the call ignores its signal. */
export function ended<T>(
  run: (stop: AbortSignal) => Promise<T>,
  signal: AbortSignal,
  timeoutMs: number,
  pager: string,
): Promise<T> {
  const deadline = AbortSignal.timeout(timeoutMs);
  const stop = AbortSignal.any([signal, deadline]);
  return new Promise((resolve, reject) => {
    const end = () => reject(deadline.aborted ? tooLate(pager, timeoutMs) : interrupted(pager));
    if (stop.aborted) return end();
    stop.addEventListener('abort', end, { once: true });
    (async () => run(stop))().then(resolve, reject);
  });
}

const tooLate = (pager: string, timeoutMs: number) =>
  new Failure({
    code: 'timeout',
    what: `No answer within ${timeoutMs} ms`,
    value: pager,
    remedy: 'Whether the page is out is unknown; it is tried again.',
  });

const interrupted = (pager: string) =>
  new Failure({
    code: 'cancelled',
    what: 'Muster stopped before the pager answered',
    value: pager,
    remedy: 'Whether the page is out is unknown; it is tried again after the start.',
  });
