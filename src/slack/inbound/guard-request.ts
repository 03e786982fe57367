import type { RequestHandler } from 'express';

/** Slack asks to refuse what is older than five minutes; what comes from the future is as wrong (threat table, "replayed"). */
const windowMs = 300_000;

/** Far above what Slack sends (a view is at most 250 kB), far below what would hurt. */
export const maxBytes = 1_048_576;

/** True when a request's timestamp header (whole seconds) is at most five minutes away from `now`, in either direction. */
export function isFresh(header: string | undefined, now: number): boolean {
  if (header === undefined || !/^\d{1,12}$/.test(header)) return false;
  return Math.abs(now - Number(header) * 1000) <= windowMs;
}

/**
 * Stands before bolt, which checks the signature but neither the future nor the declared size: refuses with 401 what is not
 * of now, with 411 and 413 what does not say its size or is too large, all before a byte of the body is kept.
 */
export function guardRequest(now: () => number): RequestHandler {
  return (request, response, next) => {
    const refuse = (status: number, why: string) =>
      response.status(status).type('text/plain').send(`${why}\n`);
    if (!isFresh(request.get('x-slack-request-timestamp'), now()))
      return refuse(401, 'The request timestamp is missing or more than five minutes off.');
    const length = request.get('content-length');
    if (length === undefined) return refuse(411, 'The request does not say how long it is.');
    if (Number(length) > maxBytes) return refuse(413, `The request is longer than ${maxBytes} bytes.`);
    next();
  };
}
