import { once } from 'node:events';
import { request as httpRequest, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { createAlertmanagerDoor, type DoorOptions, type DoorOutcome } from '../../src/alerts/door.ts';
import { type AlertGroup, createToGroups } from '../../src/alerts/group.ts';
import type { RefusedDelivery } from '../../src/alerts/refusal-notice.ts';
import { defaultMuster } from '../../src/config/muster-yaml.ts';
import { silent } from '../../src/kit/log.ts';

const servers: Server[] = [];
/** Closes every door that was opened, with its connections. */
export function closeDoors(): void {
  for (const server of servers.splice(0)) {
    server.close();
    server.closeAllConnections();
  }
}

/** The credential that opens the door. */
export const bearer = { authorization: 'Bearer example-token' };

/** Opens a door behind a real express server and records what goes through it. */
export async function openDoor(options: Partial<DoorOptions> = {}) {
  const taken: AlertGroup[][] = [];
  const told: RefusedDelivery[] = [];
  const counted: DoorOutcome[] = [];
  const clock = { now: Date.parse('2026-11-21T13:00:00Z') };
  const door = createAlertmanagerDoor({
    credentials: { token: 'example-token', user: 'alertmanager', password: 'example-password' },
    maxBytes: 100_000,
    toGroups: createToGroups(defaultMuster()),
    ingest: async (groups) => {
      taken.push(groups);
      return { taken: true };
    },
    tellOperators: (refused) => told.push(refused),
    count: (outcome) => counted.push(outcome),
    log: silent,
    now: () => clock.now,
    ...options,
  });
  const app = express().all('/webhooks/alertmanager', door);
  const server = app.listen(0, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const send = (
    body: Buffer | string,
    headers: Record<string, string> = bearer,
    method = 'POST',
    path = '',
  ) =>
    new Promise<{ status: number; headers: IncomingHttpHeaders; text: string }>((resolve, reject) => {
      const request = httpRequest(
        { port, method, path: `/webhooks/alertmanager${path}`, headers },
        (response) => {
          let text = '';
          response.on('data', (chunk) => (text += chunk));
          response.on('end', () =>
            resolve({ status: response.statusCode ?? 0, headers: response.headers, text }),
          );
        },
      );
      request.on('error', reject);
      request.end(body);
    });
  return { send, taken, told, counted, clock, port };
}
