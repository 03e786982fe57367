import type { RequestHandler } from 'express';

/** Slack asks to refuse what is older than five minutes; what comes from the future is as wrong (threat table, "replayed"). */
const windowMs = 300_000;

/** True when a request's timestamp header (whole seconds) is at most five minutes away from `now`, in either direction. */
export function isFresh(header: string | undefined, now: number): boolean {
  if (header === undefined || !/^\d{1,12}$/.test(header)) return false;
  return Math.abs(now - Number(header) * 1000) <= windowMs;
}

/** Refuses requests with a stale, future, missing or malformed timestamp with 401, before their body is read. */
export function refuseStale(now: () => number): RequestHandler {
  return (request, response, next) => {
    if (isFresh(request.get('x-slack-request-timestamp'), now())) return next();
    response
      .status(401)
      .type('text/plain')
      .send('The request timestamp is missing or more than five minutes off.\n');
  };
}
