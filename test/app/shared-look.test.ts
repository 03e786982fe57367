import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasRedis, redisMissing } from '../parts/redis-node.ts';
import { alertBody } from './alert.ts';
import { cast } from './cast.ts';
import { type App, startApp, waitFor } from './harness.ts';

const suite = hasRedis ? 'a look that incidents share' : `a look that incidents share: ${redisMissing}`;

describe.skipIf(!hasRedis)(suite, { timeout: 60_000 }, () => {
  let app: App;
  let server: Server;
  let asked = 0;
  beforeAll(async () => {
    // The first request hangs; whoever asks later is answered.
    server = createServer((_, response) => void (++asked > 1 && response.end('fine')));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const params = { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` };
    app = await startApp({
      behaviour: {
        services: {
          orders: { name: 'Orders', owner: 'platform', params },
          billing: { name: 'Billing', owner: 'platform', params },
        },
        runbooks: resolve(import.meta.dirname, 'runbooks'),
      },
    });
  });
  afterAll(async () => {
    await app.stop();
    server.closeAllConnections();
    server.close();
  });

  test('goes on at once for the others when the incident that leads it is cancelled', async () => {
    const phase = async (id: number) => (await app.incident(id))?.state.runs[0]?.steps[0]?.phase;
    expect(await app.alert(alertBody([{ name: 'SlowCheck', service: 'orders' }]))).toBe(200);
    await waitFor('the look', () => asked === 1);
    expect(await app.alert(alertBody([{ name: 'SlowCheck', service: 'billing' }]))).toBe(200);
    await waitFor('the other incident to wait', async () => {
      const [waiting] = await app.redis.client.keys('{muster}:look:*:waiting');
      return waiting !== undefined && (await phase(2))?.is === 'running';
    });
    await waitFor('the channel', () => app.channel(1) !== undefined);
    const minji = app.outside.slack.as(cast.minji.slack);
    const from = Date.now();
    await minji.command(app.channel(1)?.id ?? '', '/incident', 'runbook cancel');
    await waitFor('what the other found', async () => (await phase(2))?.is === 'over', 20_000);
    expect(await phase(2)).toMatchObject({ report: { verdict: 'pass' } });
    expect(await phase(1)).toMatchObject({ is: 'cancelled' });
    // One look a second whether it is still wanted; a step's time-out and its grace would be a minute.
    expect(Date.now() - from).toBeLessThan(8000);
    expect(asked).toBe(2);
  });
});
