import type { Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Outgoing } from './deliver.ts';
import type { Delivery } from './journal.ts';
import type { App } from './manifest.ts';
import { newId, type World } from './world.ts';

/** Socket Mode's server side: tickets, at most ten connections, envelopes that are acknowledged within 3 seconds. */
export type Socket = {
  /** A single-use WebSocket path for `apps.connections.open`. */
  ticket: () => string;
  connections: () => number;
  /** Sends one envelope through one of the connections and waits for its acknowledgement. */
  deliver: (outgoing: Outgoing) => Promise<Delivery>;
  /** Asks the app to reconnect, as Slack does every few hours. */
  disconnect: (reason: 'warning' | 'refresh_requested' | 'link_disabled') => void;
  /** Cuts every connection without a word. */
  cut: () => void;
  attach: (server: Server) => void;
};

const maxConnections = 10;
const graceMs = 1_000;
const envelopeTypes = { command: 'slash_commands', interactive: 'interactive', event: 'events_api' } as const;

/** Creates the socket side; `isDown` keeps new connections away during an outage. */
export function createSocket(parts: {
  world: World;
  app: App;
  now: () => number;
  deadlineMs: number;
  isDown: () => boolean;
}): Socket {
  const { world, app, now } = parts;
  const tickets = new Set<string>();
  const open: WebSocket[] = [];
  const waiting = new Map<string, (body: unknown) => void>();
  const server = new WebSocketServer({ noServer: true });
  let turn = 0;

  const accept = (socket: WebSocket) => {
    open.push(socket);
    socket.on('close', () => open.splice(open.indexOf(socket), 1));
    socket.on('error', () => socket.terminate());
    socket.on('message', (data) => {
      const frame = parseFrame(String(data));
      const id = String(frame?.envelope_id ?? '');
      waiting.get(id)?.(said(frame?.payload));
      waiting.delete(id);
    });
    socket.send(
      JSON.stringify({
        type: 'hello',
        num_connections: open.length,
        connection_info: { app_id: app.id },
        debug_info: { host: 'sandbox', approximate_connection_time: 18_060 },
      }),
    );
  };

  return {
    ticket() {
      const ticket = newId(world, 'TK');
      tickets.add(ticket);
      return `/link?ticket=${ticket}&app_id=${app.id}`;
    },
    connections: () => open.length,
    async deliver(outgoing) {
      const at = now();
      const started = performance.now();
      const id = newId(world, 'EN');
      const acknowledged = new Promise<{ body: unknown } | undefined>((resolve) => {
        const timer = setTimeout(() => resolve(undefined), parts.deadlineMs);
        waiting.set(id, (body) => {
          clearTimeout(timer);
          resolve({ body });
        });
      });
      open[turn++ % open.length]?.send(
        JSON.stringify({
          envelope_id: id,
          type: envelopeTypes[outgoing.kind as keyof typeof envelopeTypes],
          payload: outgoing.payload,
          accepts_response_payload: outgoing.kind !== 'event',
          ...(outgoing.kind === 'event' && {
            retry_attempt: outgoing.attempt ?? 0,
            retry_reason: outgoing.retryReason ?? '',
          }),
        }),
      );
      const answer = await acknowledged;
      waiting.delete(id);
      return {
        at,
        kind: outgoing.kind,
        type: outgoing.type,
        via: 'socket',
        attempt: outgoing.attempt ?? 0,
        payload: outgoing.payload,
        status: answer ? 200 : undefined,
        body: answer?.body,
        ms: performance.now() - started,
        problem: answer ? undefined : 'http_timeout',
        noRetry: false,
      };
    },
    disconnect(reason) {
      for (const socket of [...open]) {
        socket.send(JSON.stringify({ type: 'disconnect', reason, debug_info: { host: 'sandbox' } }));
        // The client closes; one that does not is cut off a little later.
        if (reason !== 'warning') setTimeout(() => socket.terminate(), graceMs).unref();
      }
    },
    cut() {
      for (const socket of [...open]) socket.terminate();
    },
    attach(http) {
      http.on('upgrade', (request, raw: Duplex, head) => {
        const url = new URL(request.url ?? '/', 'http://sandbox');
        if (url.pathname !== '/link') return;
        const known = tickets.delete(url.searchParams.get('ticket') ?? '');
        if (!known || parts.isDown() || open.length >= maxConnections) return void raw.destroy();
        server.handleUpgrade(request, raw, head, accept);
      });
    },
  };
}

/** The client library puts an empty payload into every acknowledgement, also where the app has nothing to say. */
const said = (payload: unknown): unknown =>
  typeof payload === 'object' && payload !== null && Object.keys(payload).length === 0 ? undefined : payload;

function parseFrame(text: string): { envelope_id?: unknown; payload?: unknown } | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
