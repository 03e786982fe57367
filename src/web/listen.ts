import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Failure } from '../kit/failure.ts';

/** A server that listens. */
export type Listening = {
  port: number;
  /** `http://host:port`, without a slash at the end. */
  url: string;
  /** Stops accepting, lets running requests finish, and cuts what is left after `graceMs` (default 10 s). */
  close(graceMs?: number): Promise<void>;
};

/** Serves the app; port 0 is any free one. A Failure says which address could not be had, and what to do. */
export async function listen(app: RequestListener, host: string, port: number): Promise<Listening> {
  const server = createServer(
    // Longer than the idle time of usual senders, so that it is they who close; a request has to arrive within 30 s.
    { keepAliveTimeout: 75_000, headersTimeout: 10_000, requestTimeout: 30_000 },
    app,
  );
  let closing: Promise<void> | undefined;
  server.on('request', (_request, response) => {
    response.on('close', () => closing && server.closeIdleConnections());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(cannotListen(error, host, port)));
    server.listen(port, host, resolve);
  });
  const { port: actual } = server.address() as AddressInfo;
  return {
    port: actual,
    url: `http://${host.includes(':') ? `[${host}]` : host}:${actual}`,
    close(graceMs = 10_000) {
      closing ??= new Promise((resolve) => {
        const cut = setTimeout(() => server.closeAllConnections(), graceMs);
        server.close(() => {
          clearTimeout(cut);
          resolve();
        });
        server.closeIdleConnections();
      });
      return closing;
    },
  };
}

const cannotListen = (error: NodeJS.ErrnoException, host: string, port: number) =>
  new Failure({
    code: error.code === 'EADDRINUSE' ? 'port-in-use' : 'cannot-listen',
    retry: 'never',
    what: 'The web server could not listen',
    value: `${host}:${port}`,
    remedy:
      error.code === 'EADDRINUSE'
        ? 'Another program uses this port: stop it, or set PORT to another one.'
        : 'Check HOST and PORT.',
    cause: error,
  });
