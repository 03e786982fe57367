import type { AddressInfo } from 'node:net';
import express, { type Router } from 'express';

/** A look-alike that listens: its address without a slash at the end, and the orderly stop. */
export type Listening = { url: string; close(): Promise<void> };

/** Serves a router at a path on 127.0.0.1; port 0 is any free one. Closing cuts the connections that still hang. */
export async function listenLocally(path: string, router: Router, port = 0): Promise<Listening> {
  const server = express().disable('x-powered-by').use(path, router).listen(port, '127.0.0.1');
  await new Promise((resolve, reject) => server.once('listening', resolve).once('error', reject));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
