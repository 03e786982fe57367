import type { Fault } from './faults.ts';

/** One Web API call as Slack saw it. `error` is the documented error; `fault` what was injected into it. */
export type ApiCall = {
  at: number;
  method: string;
  args: Record<string, unknown>;
  status: number | undefined;
  ok: boolean;
  error: string | undefined;
  fault: Fault | undefined;
};

/** One request from Slack to the app, over HTTP or the socket, and how it was answered. */
export type Delivery = {
  at: number;
  kind: 'command' | 'interactive' | 'event' | 'url_verification';
  type: string;
  via: 'http' | 'socket';
  attempt: number;
  payload: Record<string, unknown>;
  /** HTTP status; 200 for an acknowledged envelope; undefined when no answer came. */
  status: number | undefined;
  body: unknown;
  ms: number;
  problem: 'http_timeout' | 'http_error' | 'connection_failed' | undefined;
  /** The app forbade further attempts with `X-Slack-No-Retry: 1`. */
  noRetry: boolean;
};

/** One use of a response URL. */
export type ResponseCall = { at: number; status: number; error: string | undefined; body: unknown };

/** Everything that happened between Slack and the app, in order. */
export type Journal = { calls: ApiCall[]; deliveries: Delivery[]; responses: ResponseCall[] };
