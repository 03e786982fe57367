import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { Manifest } from '../src/sandbox/slack/manifest.ts';
import { type SlackServer, startSlackSandbox } from '../src/sandbox/slack/server.ts';
import { cast } from './behaviour.ts';

/** Starts the Slack look-alike with its documented rate limits, installed from the committed manifest. */
export const startWorkspace = (): Promise<SlackServer> =>
  startSlackSandbox({
    people: Object.entries(cast).map(([name, { slack }]) => ({ id: slack, name })),
    manifest: parse(
      readFileSync(join(import.meta.dirname, '../deploy/slack-manifest.yaml'), 'utf8'),
    ) as Manifest,
    now: Date.now,
  });

/** A server that answers everything with 200 at once, and tells of each request's path. */
export async function startSink(told: (path: string) => void): Promise<{ url: string; stop: () => void }> {
  const server: Server = createServer((request, response) => {
    request.resume();
    request.on('end', () => {
      told(request.url ?? '');
      response.end('{"accepted":true}');
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as { port: number };
  return {
    url: `http://127.0.0.1:${port}`,
    stop: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
