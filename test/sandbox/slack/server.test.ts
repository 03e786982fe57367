import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { App, ExpressReceiver, SocketModeReceiver } from '@slack/bolt';
import express from 'express';
import { afterEach, describe, expect, test } from 'vitest';
import type { SlackServer } from '../../../src/sandbox/slack/server.ts';
import { quiet, startWorkspace } from './workspace.ts';

const modal = (title: string) => ({
  type: 'modal' as const,
  callback_id: 'declare_view',
  title: { type: 'plain_text' as const, text: title },
  submit: { type: 'plain_text' as const, text: 'Go' },
  notify_on_close: true,
  blocks: [
    {
      type: 'input' as const,
      block_id: 'what',
      label: { type: 'plain_text' as const, text: 'What' },
      element: { type: 'plain_text_input' as const, action_id: 'text' },
    },
  ],
});

/** One app as a bot author writes it; `seen` collects what reached it. */
function register(app: App, seen: string[]): void {
  app.command('/incident', async ({ command, ack, respond, client }) => {
    seen.push(`command ${command.text} by ${command.user_id}`);
    if (command.text === 'inline') return ack('at once');
    if (command.text === 'slow') return;
    await ack();
    if (command.text === 'modal')
      await client.views.open({ trigger_id: command.trigger_id, view: modal('Declare') });
    else await respond({ response_type: 'ephemeral', text: 'later' });
  });
  app.action('ack', async ({ ack, body, respond }) => {
    await ack();
    seen.push(`click by ${body.user.id}`);
    await respond({ replace_original: true, text: 'done' });
  });
  app.action('pick', async ({ ack, action }) => {
    await ack();
    seen.push(`picked ${'selected_option' in action ? action.selected_option?.value : ''}`);
  });
  app.view('declare_view', async ({ ack, view }) => {
    const text = view.state.values.what?.text?.value;
    seen.push(`submitted ${text}`);
    if (text === 'bad') await ack({ response_action: 'errors', errors: { what: 'Not this' } });
    else if (text === 'more') await ack({ response_action: 'update', view: modal('Second') });
    else await ack();
  });
  app.view({ type: 'view_closed', callback_id: 'declare_view' }, async ({ ack }) => {
    await ack();
    seen.push('closed');
  });
  app.shortcut('add_to_timeline', async ({ ack, shortcut }) => {
    await ack();
    seen.push(`shortcut on ${'message' in shortcut ? shortcut.message.text : ''}`);
  });
  app.event('reaction_added', async ({ event }) => {
    seen.push(`reaction ${event.reaction}`);
  });
  app.message(async ({ message }) => {
    if (!message.subtype) seen.push(`message ${message.text}`);
  });
}

let slack: SlackServer;
const closers: (() => Promise<unknown> | unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function overHttp(seen: string[]): Promise<void> {
  const web = express();
  const receiver = new ExpressReceiver({
    app: web,
    signingSecret: slack.app.signingSecret,
    endpoints: '/slack/events',
    logger: quiet,
  });
  const app = new App({
    receiver,
    token: slack.app.botToken,
    clientOptions: { slackApiUrl: slack.apiUrl },
    deferInitialization: true,
    logger: quiet,
  });
  register(app, seen);
  await app.init();
  const server: Server = createServer(web);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(
    () => new Promise((resolve) => server.close(resolve)),
    () => server.closeAllConnections(),
  );
  slack.setRequestUrl(`http://127.0.0.1:${(server.address() as AddressInfo).port}/slack/events`);
  expect(await slack.verifyRequestUrl()).toBe(true);
}

async function overSocket(seen: string[]): Promise<void> {
  const clientOptions = { slackApiUrl: slack.apiUrl };
  const receiver = new SocketModeReceiver({
    appToken: slack.app.appToken,
    installerOptions: { clientOptions },
    logger: quiet,
  });
  const app = new App({
    receiver,
    token: slack.app.botToken,
    clientOptions,
    deferInitialization: true,
    logger: quiet,
  });
  register(app, seen);
  await app.init();
  await app.start();
  closers.push(() => app.stop());
  expect(slack.socket.connections()).toBe(1);
}

describe.each([
  ['HTTP', overHttp],
  ['Socket Mode', overSocket],
])('the real Bolt app over %s', (_name, connect) => {
  test('commands, buttons, menus, modals, shortcuts and events work as in Slack', async () => {
    slack = await startWorkspace({ deadlineMs: 1000 });
    closers.push(() => slack.close());
    const seen: string[] = [];
    await connect(seen);
    const minji = slack.as('U0MINJI');
    const channel = minji.createChannel('ops', { invite: [slack.app.botUser] });

    const inline = await minji.command(channel.id, '/incident', 'inline');
    expect(inline.reply).toMatchObject({ text: 'at once', onlyFor: 'U0MINJI' });
    await minji.command(channel.id, '/incident', 'later');
    await slack.until('the ephemeral answer', () =>
      channel.ephemerals.some((message) => message.text === 'later'),
    );
    expect((await minji.command(channel.id, '/incident', 'slow')).notice).toMatch(/operation_timeout/);

    await minji.command(channel.id, '/incident', 'modal');
    const view = await slack.until('the modal', () =>
      [...slack.world.views.values()].find((known) => known.open),
    );
    expect((await minji.submit(view.id)).errors).toEqual({ what: 'Please complete this required field.' });
    expect((await minji.submit(view.id, { text: 'bad' })).errors).toEqual({ what: 'Not this' });
    expect((await minji.submit(view.id, { text: 'more' })).modal?.content.title).toMatchObject({
      text: 'Second',
    });
    expect((await minji.submit(view.id, { 'what.text': 'fine' })).modal).toBeUndefined();

    const post = await fetch(`${slack.apiUrl}chat.postMessage`, {
      method: 'POST',
      headers: { authorization: `Bearer ${slack.app.botToken}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        channel: channel.id,
        text: 'card',
        blocks: [
          {
            type: 'actions',
            elements: [
              { type: 'button', action_id: 'ack', text: { type: 'plain_text', text: 'Ack' }, value: '1' },
              {
                type: 'static_select',
                action_id: 'pick',
                options: [{ text: { type: 'plain_text', text: 'P1' }, value: 'p1' }],
              },
            ],
          },
        ],
      }),
    });
    const { ts } = (await post.json()) as { ts: string };
    expect(() => minji.click(channel.id, ts, 'absent')).toThrow(/button ack/);
    expect((await minji.choose(channel.id, ts, 'pick', 'p1')).notice).toBeUndefined();
    expect(() => minji.choose(channel.id, ts, 'pick', 'p9')).toThrow(/no option "p9"/i);
    await minji.click(channel.id, ts, 'ack');
    await slack.until('the replaced card', () =>
      channel.messages.some((message) => message.ts === ts && message.text === 'done'),
    );
    expect(() => minji.click(channel.id, ts, 'ack')).toThrow();

    const said = minji.post(channel.id, 'deploy started');
    minji.react(channel.id, said.ts, 'pushpin');
    await minji.shortcut('Add to timeline', channel.id, said.ts);
    await slack.events.idle();
    await slack.until('everything seen', () => seen.length >= 12);
    expect([...seen].sort()).toEqual([
      'click by U0MINJI',
      'command inline by U0MINJI',
      'command later by U0MINJI',
      'command modal by U0MINJI',
      'command slow by U0MINJI',
      'message deploy started',
      'picked p1',
      'reaction pushpin',
      'shortcut on deploy started',
      'submitted bad',
      'submitted fine',
      'submitted more',
    ]);
    expect(slack.journal.deliveries.every((delivery) => delivery.status !== 401)).toBe(true);
  });
});
