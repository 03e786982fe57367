import type { Request, Response } from 'express';

/** Tells open pages that something has changed, by server-sent events, at most every 60 ms. */
export type Pulse = {
  beat: () => void;
  listen: (request: Request, response: Response) => void;
  close: () => void;
};

const quietMs = 60;
const keepAliveMs = 20_000;

/** Creates the pulse; a page that hears it asks for the new state. */
export function createPulse(): Pulse {
  const listeners = new Set<Response>();
  let pending: NodeJS.Timeout | undefined;
  const send = (line: string) => {
    for (const listener of listeners) listener.write(line);
  };
  const keepAlive = setInterval(() => send(': still here\n\n'), keepAliveMs);
  keepAlive.unref();
  return {
    beat() {
      if (pending || listeners.size === 0) return;
      pending = setTimeout(() => {
        pending = undefined;
        send('data: changed\n\n');
      }, quietMs);
    },
    listen(request, response) {
      response.set({ 'content-type': 'text/event-stream', 'cache-control': 'no-store' }).flushHeaders();
      response.write('data: changed\n\n');
      listeners.add(response);
      request.on('close', () => listeners.delete(response));
    },
    close() {
      clearInterval(keepAlive);
      clearTimeout(pending);
      for (const listener of listeners) listener.end();
    },
  };
}
