import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { pullAlerts } from '../../src/alerts/alertmanager-api.ts';
import { createOutbound } from '../../src/kit/outbound.ts';
import { fixture } from './fixtures.ts';

let server: Server | undefined;
afterEach(() => {
  server?.close();
  server?.closeAllConnections();
});

async function serve(answers: Record<string, string>): Promise<{ url: string; asked: string[] }> {
  const asked: string[] = [];
  const listener: RequestListener = (request, response) => {
    asked.push(request.url ?? '');
    const body = answers[request.url ?? ''];
    response.writeHead(body === undefined ? 404 : 200).end(body);
  };
  server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}
const outbound = createOutbound({ allowPrivate: true });

test('asks for the groups, under the path prefix of the address', async () => {
  const { url, asked } = await serve({
    '/am/api/v2/alerts/groups': fixture('api-v2-alerts-groups').toString(),
  });
  const groups = await pullAlerts(outbound, `${url}/am/`);
  expect(groups.map((group) => group.groupLabels.alertname)).toContain('APIServerDown');
  expect(asked).toEqual(['/am/api/v2/alerts/groups']);
});

test('asks for the bare alerts where there are no groups', async () => {
  const { url } = await serve({
    '/api/v2/alerts': fixture('api-v2-alerts-active-inhibited-silenced').toString(),
  });
  expect(await pullAlerts(outbound, url)).toHaveLength(4);
});

test('something that is no Alertmanager is a Failure with its address', async () => {
  const { url } = await serve({ '/api/v2/alerts/groups': '<html>' });
  await expect(pullAlerts(outbound, url)).rejects.toMatchObject({ code: 'alertmanager-answer', value: url });
  server?.closeAllConnections();
  await new Promise((done) => server?.close(done));
  await expect(pullAlerts(outbound, url)).rejects.toMatchObject({ code: 'refused' });
});
