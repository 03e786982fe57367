import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { SlackServer } from '../../../src/sandbox/slack/server.ts';
import type { Channel } from '../../../src/sandbox/slack/world.ts';
import { type Answer, type Received, startReceiver } from './receiver.ts';
import { call, startWorkspace } from './workspace.ts';

let slack: SlackServer;
let clock: number;
let app: Awaited<ReturnType<typeof startReceiver>>;
let answer: (received: Received) => Answer;
let ops: Channel;
beforeEach(async () => {
  clock = 1_790_000_000_000;
  answer = () => ({});
  app = await startReceiver((received) => answer(received));
  slack = await startWorkspace({ now: () => clock, deadlineMs: 300, requestUrl: app.url });
  ops = slack.as('U0MINJI').createChannel('ops', { invite: [slack.app.botUser, 'U0JUN'] });
  await slack.events.idle();
  app.received.length = 0;
});
afterEach(async () => {
  await slack.close();
  await app.close();
});

const plain = (text: string) => ({ type: 'plain_text', text });
const modal = (more: object = {}) => ({
  type: 'modal',
  title: plain('T'),
  blocks: [{ type: 'divider' }],
  ...more,
});
const trigger = async (): Promise<string> => {
  await slack.as('U0MINJI').command(ops.id, '/incident', 'x');
  return String(app.received.at(-1)?.payload.trigger_id);
};
const errorOf = async (method: string, args: Record<string, unknown>) =>
  (await call(slack, method, args)).body.error;

test('every request is signed over its raw body, with the time of the sandbox', async () => {
  await slack.as('U0MINJI').command(ops.id, '/incident', 'a&b=c 한글');
  const { headers, raw, payload } = app.received[0]!;
  const timestamp = headers['x-slack-request-timestamp'];
  const mac = createHmac('sha256', slack.app.signingSecret).update(`v0:${timestamp}:${raw}`).digest('hex');
  expect(timestamp).toBe('1790000000');
  expect(headers['x-slack-signature']).toBe(`v0=${mac}`);
  expect(payload).toMatchObject({
    command: '/incident',
    text: 'a&b=c 한글',
    user_id: 'U0MINJI',
    channel_name: 'ops',
  });
});

describe('triggers and views', () => {
  test('a trigger opens one modal within 3 seconds', async () => {
    const used = await trigger();
    const opened = await call(slack, 'views.open', { trigger_id: used, view: modal() });
    expect(opened.body.view).toMatchObject({ type: 'modal' });
    expect(await errorOf('views.open', { trigger_id: used, view: modal() })).toBe('exchanged_trigger_id');
    expect(await errorOf('views.open', { trigger_id: 'none', view: modal() })).toBe('invalid_trigger_id');
    const late = await trigger();
    clock += 3_001;
    expect(await errorOf('views.open', { trigger_id: late, view: modal() })).toBe('expired_trigger_id');
  });

  test('an update with an old hash loses the race; a closed view is not found', async () => {
    const { view } = (await call(slack, 'views.open', { trigger_id: await trigger(), view: modal() })).body;
    const args = { view_id: view.id, view: modal({ title: plain('New') }), hash: view.hash };
    expect((await call(slack, 'views.update', args)).body.ok).toBe(true);
    expect(await errorOf('views.update', args)).toBe('hash_conflict');
    await slack.as('U0MINJI').closeView(view.id);
    expect(await errorOf('views.update', { ...args, hash: '' })).toBe('not_found');
  });

  test('three modals lie on one another, a fourth is refused; two can’t share an external id', async () => {
    await call(slack, 'views.open', { trigger_id: await trigger(), view: modal({ external_id: 'one' }) });
    const push = async (view = modal()) => errorOf('views.push', { trigger_id: await trigger(), view });
    expect(await push(modal({ external_id: 'one' }))).toBe('duplicate_external_id');
    expect([await push(), await push(), await push()]).toEqual([undefined, undefined, 'push_limit_reached']);
  });

  test('a view that can’t be shown is refused with a pointer to what is wrong', async () => {
    const { body } = await call(slack, 'views.open', {
      trigger_id: await trigger(),
      view: modal({ title: plain('x'.repeat(25)) }),
    });
    expect(body).toMatchObject({ error: 'invalid_arguments' });
    expect(body.response_metadata.messages[0]).toContain('/view/title/text');
  });
});

describe('answers', () => {
  const respond = async (url: unknown, body: object) =>
    (
      await fetch(String(url), {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
    ).json();

  test('a response URL works five times, within 30 minutes', async () => {
    await trigger();
    const url = app.received.at(-1)?.payload.response_url;
    for (let n = 0; n < 5; n++) expect(await respond(url, { text: `${n}` })).toEqual({ ok: true });
    expect(await respond(url, { text: '6' })).toEqual({ ok: false, error: 'used_url' });
    await trigger();
    clock += 30 * 60_000 + 1;
    expect(await respond(app.received.at(-1)?.payload.response_url, { text: 'late' })).toMatchObject({
      error: 'expired_url',
    });
    expect(ops.ephemerals.map(({ text }) => text)).toEqual(['0', '1', '2', '3', '4']);
  });

  test('a click’s response URL replaces and deletes the message it was made on, ephemeral ones too', async () => {
    const blocks = [
      { type: 'actions', elements: [{ type: 'button', action_id: 'go', text: plain('Go'), value: '7' }] },
    ];
    const { message_ts } = (
      await call(slack, 'chat.postEphemeral', { channel: ops.id, user: 'U0MINJI', text: 'x', blocks })
    ).body;
    await slack.as('U0MINJI').click(ops.id, message_ts, 'go', { value: '7' });
    const { payload } = app.received.at(-1)!;
    expect(payload).toMatchObject({
      type: 'block_actions',
      container: { is_ephemeral: true },
      actions: [{ value: '7' }],
    });
    expect(payload.message).toBeUndefined();
    await respond(payload.response_url, { replace_original: true, text: 'done' });
    expect(ops.ephemerals).toMatchObject([{ text: 'done', edits: 1 }]);
    await respond(payload.response_url, { delete_original: true });
    expect(ops.ephemerals).toEqual([]);
    expect(() => slack.as('U0JUN').click(ops.id, message_ts, 'go')).toThrow(/sees no message/);
  });

  test.each([
    ['no answer in time', { hang: true }, /operation_timeout/],
    ['an error', { status: 500 }, /dispatch_failed/],
    ['blocks that can’t be shown', { body: { blocks: [{ type: 'nope' }] } }, /invalid_command_response/],
  ] as const)('a person sees that a command failed: %s', async (_name, how, notice) => {
    answer = () => how;
    expect((await slack.as('U0MINJI').command(ops.id, '/incident')).notice).toMatch(notice);
  });

  test('a command that the manifest does not declare never reaches the app', async () => {
    expect((await slack.as('U0MINJI').command(ops.id, '/nope')).notice).toMatch(/not a valid command/);
    expect(app.received).toEqual([]);
  });
});

test('of two buttons with one action id, the value says which was clicked', async () => {
  const button = (value: string) => ({ type: 'button', action_id: 'approve', text: plain('Approve'), value });
  const blocks = ['1', '2'].map((value) => ({ type: 'actions', elements: [button(value)] }));
  const { ts } = (await call(slack, 'chat.postMessage', { channel: ops.id, text: 'x', blocks })).body;
  await slack.as('U0MINJI').click(ops.id, ts, 'approve', { value: '2' });
  expect(app.received.at(-1)?.payload).toMatchObject({ actions: [{ value: '2' }], message: { ts } });
  expect(() => slack.as('U0MINJI').click(ops.id, ts, 'approve', { value: '3' })).toThrow(/with value 3/);
});

test('a thread is counted on its parent and read with its replies', async () => {
  const { ts } = (await call(slack, 'chat.postMessage', { channel: ops.id, text: 'parent' })).body;
  slack.as('U0JUN').post(ops.id, 'reply', ts);
  const { messages } = (await call(slack, 'conversations.replies', { channel: ops.id, ts })).body;
  expect(messages).toMatchObject([
    { text: 'parent', reply_count: 1 },
    { text: 'reply', thread_ts: ts },
  ]);
  const history = (await call(slack, 'conversations.history', { channel: ops.id })).body.messages;
  expect(history.map(({ text }) => text)).not.toContain('reply');
});

describe('events', () => {
  const events = () => app.received.filter(({ payload }) => payload.type === 'event_callback');

  test('an event that failed comes again at once, after a minute and after five, with the same id', async () => {
    answer = () => ({ status: 500 });
    slack.as('U0MINJI').post(ops.id, 'hello');
    await slack.events.idle();
    for (let n = 0; n < 4; n++) await slack.events.retryNow();
    expect(events().map(({ headers }) => headers['x-slack-retry-num'])).toEqual([undefined, '1', '2', '3']);
    expect(events().at(-1)?.headers['x-slack-retry-reason']).toBe('http_error');
    expect(new Set(events().map(({ payload }) => payload.event_id)).size).toBe(1);
  });

  test('X-Slack-No-Retry ends the retries', async () => {
    answer = () => ({ status: 500, headers: { 'x-slack-no-retry': '1' } });
    slack.as('U0MINJI').post(ops.id, 'hello');
    await slack.events.idle();
    await slack.events.retryNow();
    expect(events()).toHaveLength(1);
  });

  test('a duplicate and a lost delivery can be ordered', async () => {
    slack.faults.nextEvent('reaction_added', 'duplicate');
    const { ts } = slack.as('U0MINJI').post(ops.id, 'hello');
    slack.as('U0JUN').react(ops.id, ts, 'pushpin');
    slack.faults.nextEvent('reaction_added', 'drop');
    slack.as('U0JUN').react(ops.id, ts, 'eyes');
    await slack.events.idle();
    const reactions = events().filter(
      ({ payload }) => (payload.event as { type: string }).type === 'reaction_added',
    );
    expect(reactions.map(({ payload }) => (payload.event as { reaction: string }).reaction)).toEqual([
      'pushpin',
      'pushpin',
    ]);
    expect(slack.faults.happened).toHaveLength(2);
  });

  test('the app hears only what it subscribed to, in channels it is in', async () => {
    const elsewhere = slack.as('U0JUN').createChannel('elsewhere');
    slack.as('U0JUN').post(elsewhere.id, 'secret');
    const { ts } = slack.as('U0MINJI').post(ops.id, 'hello');
    slack.as('U0MINJI').react(ops.id, ts, 'eyes');
    slack.as('U0MINJI').unreact(ops.id, ts, 'eyes');
    await slack.events.idle();
    expect(events().map(({ payload }) => (payload.event as { type: string }).type)).toEqual([
      'message',
      'reaction_added',
    ]);
  });
});
