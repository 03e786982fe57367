import { App, SocketModeReceiver } from '@slack/bolt';
import { afterEach, expect, test } from 'vitest';
import type { SlackServer } from '../../../src/sandbox/slack/server.ts';
import { call, quiet, startWorkspace } from './workspace.ts';

let slack: SlackServer;
const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function connectBolt(seen: string[]): Promise<void> {
  slack = await startWorkspace({ deadlineMs: 1000 });
  closers.push(() => slack.close());
  const retryConfig = { forever: true, minTimeout: 50, maxTimeout: 100, factor: 1 };
  const receiver = new SocketModeReceiver({
    appToken: slack.app.appToken,
    installerOptions: { clientOptions: { slackApiUrl: slack.apiUrl, retryConfig } },
    logger: quiet,
    // The client waits this long before it connects again.
    clientPingTimeout: 100,
  } as ConstructorParameters<typeof SocketModeReceiver>[0]);
  const clientOptions = { slackApiUrl: slack.apiUrl };
  const app = new App({
    receiver,
    token: slack.app.botToken,
    clientOptions,
    deferInitialization: true,
    logger: quiet,
  });
  app.event(
    'reaction_added',
    async ({ event, body }) => void seen.push(`${event.reaction} ${body.event_id}`),
  );
  await app.init();
  await app.start();
  closers.push(() => app.stop());
}

test('a connection that Slack asks to renew comes back, through three 503s', async () => {
  const seen: string[] = [];
  await connectBolt(seen);
  const channel = slack.as('U0MINJI').createChannel('ops', { invite: [slack.app.botUser] });
  const { ts } = slack.as('U0MINJI').post(channel.id, 'x');
  await slack.events.idle();
  slack.faults.next('apps.connections.open', { kind: 'status', status: 503, when: 'before' }, 3);
  slack.socket.disconnect('refresh_requested');
  const renewed = () => slack.faults.happened.length === 3 && slack.socket.connections() === 1;
  await slack.until('the new connection', renewed, 15_000);
  slack.as('U0MINJI').react(channel.id, ts, 'pushpin');
  await slack.until('an event through it', () => seen.length === 1);
});

test('a duplicate event travels in two envelopes with one event id', async () => {
  const seen: string[] = [];
  await connectBolt(seen);
  const channel = slack.as('U0MINJI').createChannel('ops', { invite: [slack.app.botUser] });
  const { ts } = slack.as('U0MINJI').post(channel.id, 'x');
  slack.faults.nextEvent('reaction_added', 'duplicate');
  slack.as('U0MINJI').react(channel.id, ts, 'pushpin');
  await slack.until('both', () => seen.length === 2);
  expect(seen[0]).toBe(seen[1]);
  await slack.events.idle();
  expect(slack.journal.deliveries.map(({ via, status }) => [via, status])).toContainEqual(['socket', 200]);
});

test('a ticket opens one connection, and no more than ten stay open', async () => {
  slack = await startWorkspace();
  closers.push(() => slack.close());
  const url = async () =>
    String((await call(slack, 'apps.connections.open', {}, slack.app.appToken)).body.url);
  const opens = (to: string) =>
    new Promise<boolean>((resolve) => {
      const socket = new WebSocket(to);
      socket.addEventListener('message', ({ data }) => resolve(JSON.parse(String(data)).type === 'hello'));
      socket.addEventListener('error', () => resolve(false));
      closers.push(() => socket.close());
    });
  const used = await url();
  expect([await opens(used), await opens(used)]).toEqual([true, false]);
  for (let n = 0; n < 9; n++) expect(await opens(await url())).toBe(true);
  expect(await opens(await url())).toBe(false);
  expect(slack.socket.connections()).toBe(10);
});
