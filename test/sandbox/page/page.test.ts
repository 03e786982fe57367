import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createWorkspacePage } from '../../../src/sandbox/page/page.ts';
import type { Story } from '../../../src/sandbox/page/stories.ts';
import { createSlackSandbox, type SlackSandbox } from '../../../src/sandbox/slack/sandbox.ts';
import { startReceiver } from '../slack/receiver.ts';
import { manifest, people } from '../slack/workspace.ts';

let slack: SlackSandbox;
let page: ReturnType<typeof createWorkspacePage>;
let app: Awaited<ReturnType<typeof startReceiver>>;
let server: Server;
let url: string;
let general: string;
let story: Story;
let answered: string | undefined;
beforeEach(async () => {
  app = await startReceiver();
  slack = createSlackSandbox({ people, manifest, limits: 'off', now: Date.now, requestUrl: app.url });
  general = [...slack.world.channels.keys()][0]!;
  story = {
    id: 's',
    name: { en: 'Lost <host>', ko: '<호스트>' },
    about: { en: 'about', ko: '설명' },
    state: 'ready',
    told: [],
    offer: null,
    channel: null,
    answer: (how) => {
      answered = how;
    },
    start: async () => {
      story.state = 'running';
    },
  };
  page = createWorkspacePage({
    slack,
    title: 'Demo',
    tabs: [{ name: 'PR', href: '/github' }],
    stories: () => [story],
    now: Date.now,
  });
  server = createServer(express().use(slack.router).use(page.router));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  slack.attach(server, url);
});
afterEach(async () => {
  page.close();
  slack.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await app.close();
});

type State = {
  as: string;
  channel: string;
  rows: { key: string; html: string }[];
  modal: { html: string } | null;
} & Record<string, string>;
const state = async (as: string, channel = general): Promise<State> =>
  (await fetch(`${url}/page/state?${new URLSearchParams({ as, channel })}`)).json() as Promise<State>;
const act = (as: string, it: object, headers: Record<string, string> = {}) =>
  fetch(`${url}/page/act`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ as, act: it }),
  });
const shown = async (as: string, channel?: string) =>
  (await state(as, channel)).rows.map(({ html }) => html).join('');

test('the page and its files are served under a strict policy', async () => {
  const response = await fetch(url);
  expect(response.headers.get('content-security-policy')).toMatch(
    /default-src 'none'; script-src 'self'; style-src 'self'/,
  );
  const html = await response.text();
  const files = [...html.matchAll(/(?:href|src)="(\/page\/[^"]+)"/g)].map(([, path]) => path);
  expect(files.length).toBeGreaterThan(5);
  for (const file of files) expect((await fetch(url + file)).status, file).toBe(200);
  expect(html).not.toMatch(/ style=|<script>|onclick/);
});

test('nothing that people, alerts or stories say becomes HTML', async () => {
  const evil = '<img src=x onerror=alert(1)>"\'';
  slack.as('U0MINJI').post(general, evil.replaceAll('<', '&lt;').replaceAll('>', '&gt;'));
  slack.as('U0MINJI').post(general, '<javascript:alert(1)|click> <https://e.com/"onmouseover=x|"><b>');
  slack.world.channels.get(general)!.topic = evil;
  slack.world.users.get('U0JUN')!.realName = evil;
  slack.as('U0JUN').post(general, 'x');
  slack.world.channels.get(general)!.messages.push({
    ...slack.world.channels.get(general)!.messages[0]!,
    ts: '9999999999.000001',
    blocks: [
      { type: 'header', block_id: evil, text: { type: 'plain_text', text: evil } },
      { type: 'markdown', text: `${evil} [x](javascript:alert(1))` },
      {
        type: 'actions',
        block_id: 'b',
        elements: [
          { type: 'button', action_id: evil, value: evil, text: { type: 'plain_text', text: evil } },
        ],
      },
      { type: 'table', rows: [[{ type: 'raw_text', text: evil }]] },
      { type: 'image', image_url: 'javascript:alert(1)', alt_text: evil },
    ],
  });
  const all = JSON.stringify(await state('U0MINJI'));
  expect(all).not.toMatch(/<img|<b>|href=\\"javascript:|href=\\"https:[^"\\]*"on/i);
  expect(all).toContain('Lost &#60;host&#62;');
});

test('a file of the workspace is shown as a picture, with its words', async () => {
  const data = Buffer.from('png');
  const file = { id: 'F0CHART', name: 'a.png', title: '', altText: '', length: 3, data, completed: true };
  slack.world.files.set(file.id, file);
  slack.as('U0MINJI').post(general, 'look');
  slack.world.channels.get(general)!.messages.at(-1)!.blocks = [
    { type: 'image', slack_file: { id: file.id }, alt_text: 'A "chart"' },
  ];
  expect(await shown('U0MINJI')).toContain(
    '<img class="file" src="/page/files/F0CHART" alt="A &#34;chart&#34;">',
  );
  const picture = await fetch(`${url}/page/files/F0CHART`);
  expect([picture.headers.get('content-type'), await picture.text()]).toEqual(['image/png', 'png']);
  expect((await fetch(`${url}/page/files/F0NONE`)).status).toBe(404);
});

test('a person sees their own ephemeral messages and private channels, others do not', async () => {
  const secret = slack.as('U0MINJI').createChannel('secret', { private: true });
  slack.as('U0MINJI').post(secret.id, 'hush');
  expect(await shown('U0MINJI', secret.id)).toContain('hush');
  const other = await state('U0JUN', secret.id);
  expect(other.channel).toBe(general);
  expect(other.sidebar).not.toContain('secret');
});

test('typing, commands and buttons go out as signed requests; a wrong one says why', async () => {
  await act('U0JUN', { do: 'say', channel: general, text: 'hi @minji <b>' });
  expect(slack.world.channels.get(general)?.messages.at(-1)?.text).toBe('hi <@U0MINJI> &lt;b&gt;');
  await act('U0JUN', { do: 'say', channel: general, text: '/incident declare P2 orders' });
  expect(app.received.at(-1)).toMatchObject({
    payload: { command: '/incident', text: 'declare P2 orders', user_id: 'U0JUN' },
  });
  expect(app.received.at(-1)?.headers['x-slack-signature']).toMatch(/^v0=/);
  const refused = await act('U0JUN', {
    do: 'click',
    channel: general,
    ts: '1.000001',
    action: 'x',
    block: 'y',
  });
  expect([refused.status, await refused.json()]).toEqual([
    409,
    { notice: expect.stringContaining('sees no message') },
  ]);
  expect((await act('U0JUN', { do: 'fly' })).status).toBe(400);
});

test('another site can’t act here', async () => {
  const answer = await act(
    'U0JUN',
    { do: 'say', channel: general, text: 'x' },
    { origin: 'https://evil.example' },
  );
  expect(answer.status).toBe(403);
  expect(slack.world.channels.get(general)?.messages).toEqual([]);
});

test('open pages hear of changes', async () => {
  const response = await fetch(`${url}/page/changes`);
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  expect((await reader.read()).value).toContain('data: changed');
  slack.as('U0MINJI').post(general, 'news');
  expect((await reader.read()).value).toContain('data: changed');
  await reader.cancel();
});

test('what is new is marked until it is read, and a call is counted', async () => {
  slack.as('U0MINJI').post(general, 'hey <@U0JUN>');
  expect((await state('U0JUN')).sidebar).toMatch(/unread.*<span class="count">1</s);
  await fetch(`${url}/page/state?${new URLSearchParams({ as: 'U0JUN', channel: general, seen: '1' })}`);
  expect((await state('U0JUN')).sidebar).not.toMatch(/unread|class="count"/);
});

test('the page speaks the language of the person it shows', async () => {
  slack.world.users.get('U0MINJI')!.locale = 'ko-KR';
  expect((await state('U0MINJI')).sidebar).toContain('채널');
  expect((await state('U0JUN')).sidebar).toContain('Channels');
});

test('a story starts by its button', async () => {
  expect((await fetch(`${url}/page/stories/s`, { method: 'POST' })).status).toBe(200);
  expect((await state('U0JUN')).stories).toContain('class="story running"');
  expect((await fetch(`${url}/page/stories/none`, { method: 'POST' })).status).toBe(404);
});

test('a story tells what happens in the reader’s language, and offers the visitor the next deed', async () => {
  story.told = [{ en: 'It <broke>', ko: '장애가 났습니다' }];
  story.offer = {
    says: { en: 'Acknowledge?', ko: '확인해 볼까요?' },
    go: { en: 'As Jun', ko: 'Jun으로' },
    as: 'U0JUN',
    at: { channel: general },
  };
  story.state = 'running';
  const panel = (await state('U0JUN')).stories;
  expect(panel).toContain('It &#60;broke&#62;');
  expect(panel).toContain(`data-to="${general}" data-act-as="U0JUN"`);
  const post = (answer: string) => fetch(`${url}/page/stories/s/${answer}`, { method: 'POST' });
  expect((await post('take')).status).toBe(200);
  expect(answered).toBe('take');
  expect((await post('shrug')).status).toBe(404);
});

test('an empty general channel welcomes the visitor in the language of their browser', async () => {
  const newcomer = async (language: string) => {
    const headers = { 'accept-language': language };
    const answer = await fetch(`${url}/page/state?as=&channel=`, { headers });
    return (await answer.json()) as Record<string, string>;
  };
  const korean = slack.world.users.get('U0JUN')!;
  korean.locale = 'ko-KR';
  expect((await newcomer('ko-KR')).as).toBe(korean.id);
  expect((await newcomer('ko-KR')).empty).toContain('‘&#60;호스트&#62;’ 시작');
  expect((await newcomer('en-GB')).as).not.toBe(korean.id);
  expect((await newcomer('en-GB')).empty).toContain('Start “Lost &#60;host&#62;”');
});
