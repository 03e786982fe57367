import type { Capabilities } from './capabilities.ts';
import type { EventSender } from './events.ts';
import type { App } from './manifest.ts';
import type { Socket } from './socket.ts';
import type { World } from './world.ts';

/** What every part of the sandbox works on: one workspace, one installed app, one clock. */
export type Core = {
  world: World;
  app: App;
  now: () => number;
  /** Address of this sandbox as the app reaches it, for response URLs, permalinks and the socket. */
  baseUrl: () => string;
  capabilities: Capabilities;
  events: EventSender;
  socket: Socket;
  /** Tells listeners that something visible has changed. */
  changed: () => void;
};

/** The refusal of a Web API call: answered as `{"ok": false, "error": code}` with HTTP status 200. */
export class Refusal extends Error {
  readonly code: string;
  readonly details: Record<string, unknown>;

  constructor(code: string, details: Record<string, unknown> = {}) {
    super(code);
    this.code = code;
    this.details = details;
  }
}

/** Ends a Web API call with one of its documented errors; caught in `api.ts` only. */
export function refuse(code: string, details?: Record<string, unknown>): never {
  throw new Refusal(code, details);
}
