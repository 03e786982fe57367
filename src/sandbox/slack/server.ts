import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { createSlackSandbox, type SlackOptions, type SlackSandbox } from './sandbox.ts';

/** A sandbox with a server of its own on 127.0.0.1. */
export type SlackServer = Omit<SlackSandbox, 'close'> & {
  url: string;
  /** The address for `SLACK_API_URL`; it ends with a slash. */
  apiUrl: string;
  close: () => Promise<void>;
};

/** Starts the Slack look-alike on 127.0.0.1; port 0 takes a free one. */
export async function startSlackSandbox(options: SlackOptions & { port?: number }): Promise<SlackServer> {
  const slack = createSlackSandbox(options);
  const web = express();
  web.disable('x-powered-by');
  web.use(slack.router);
  const server: Server = createServer(web);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  slack.attach(server, url);
  return {
    ...slack,
    url,
    apiUrl: `${url}/api/`,
    async close() {
      slack.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
