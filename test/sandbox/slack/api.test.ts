import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { documentedMethods } from '../../../src/sandbox/slack/method-facts.ts';
import { methods } from '../../../src/sandbox/slack/methods/registry.ts';
import type { SlackServer } from '../../../src/sandbox/slack/server.ts';
import { call, manifest, startWorkspace } from './workspace.ts';

let slack: SlackServer;
let clock: number;
beforeEach(async () => {
  clock = 1_790_000_000_000;
  slack = await startWorkspace({ now: () => clock });
});
afterEach(() => slack.close());

const channel = async (name = 'inc-1') =>
  (await call(slack, 'conversations.create', { name })).body.channel.id;
const errorOf = async (method: string, args: Record<string, unknown>) =>
  (await call(slack, method, args)).body.error;
const post = async (to: string, args: Record<string, unknown> = { text: 'hi' }) =>
  (await call(slack, 'chat.postMessage', { channel: to, ...args })).body;

test('every documented method is there, and only those', () => {
  expect(Object.keys(methods).sort()).toEqual([...documentedMethods].sort());
});

describe('who calls', () => {
  test.each([
    ['without a token', '', 'not_authed'],
    ['with a wrong token', 'xoxb-wrong', 'invalid_auth'],
    ['with the app-level token', 'xapp-sandbox-app-token', 'not_allowed_token_type'],
  ])('%s', async (_name, token, error) => {
    expect((await call(slack, 'auth.test', {}, token)).body).toEqual({ ok: false, error });
  });

  test('apps.connections.open takes the app-level token only', async () => {
    expect(await errorOf('apps.connections.open', {})).toBe('not_allowed_token_type');
    const { body } = await call(slack, 'apps.connections.open', {}, slack.app.appToken);
    expect(body.url).toMatch(/^ws:\/\/127\.0\.0\.1:\d+\/link\?ticket=/);
  });

  test('a scope that the manifest lacks is missing here, by kind of channel', async () => {
    const scopes = manifest.oauth_config.scopes.bot.filter(
      (scope) => scope !== 'groups:write' && scope !== 'pins:write',
    );
    const limited = await startWorkspace({
      manifest: { ...manifest, oauth_config: { scopes: { bot: scopes } } },
    });
    const made = await call(limited, 'conversations.create', { name: 'open' });
    expect(made.body.ok).toBe(true);
    const secret = await call(limited, 'conversations.create', { name: 'closed', is_private: true });
    expect(secret.body).toMatchObject({ error: 'missing_scope', needed: 'groups:write' });
    const pin = await call(limited, 'pins.add', { channel: made.body.channel.id, timestamp: '1.000001' });
    expect(pin.body).toMatchObject({ error: 'missing_scope', needed: 'pins:write' });
    await limited.close();
  });

  test('an event without its scope is refused when the app is installed', async () => {
    const settings = { event_subscriptions: { bot_events: ['reaction_added'] } };
    const bare = { ...manifest, features: {}, settings, oauth_config: { scopes: { bot: ['chat:write'] } } };
    await expect(startWorkspace({ manifest: bare })).rejects.toThrow(
      /reaction_added needs the scope reactions:read/,
    );
  });
});

describe('channels', () => {
  test.each([
    ['', 'invalid_name_required'],
    ['---', 'invalid_name_punctuation'],
    ['Upper', 'invalid_name_specials'],
    ['with space', 'invalid_name_specials'],
    ['a'.repeat(81), 'invalid_name_maxlength'],
    ['general', 'name_taken'],
  ])('the name "%s" is %s', async (name, error) => {
    expect(await errorOf('conversations.create', { name })).toBe(error);
  });

  test('an archived channel keeps its name and refuses messages', async () => {
    const id = await channel();
    expect((await call(slack, 'conversations.archive', { channel: id })).body.ok).toBe(true);
    expect(await errorOf('conversations.create', { name: 'inc-1' })).toBe('name_taken');
    expect(await errorOf('chat.postMessage', { channel: id, text: 'x' })).toBe('is_archived');
    expect(await errorOf('conversations.setTopic', { channel: id, topic: 'x' })).toBe('is_archived');
    expect(await errorOf('conversations.archive', { channel: id })).toBe('already_archived');
  });

  test('a batch of invitations with one wrong id invites nobody, unless forced', async () => {
    const id = await channel();
    const users = 'U0MINJI,U0NOBODY,U0GONE';
    const refused = (await call(slack, 'conversations.invite', { channel: id, users })).body;
    expect(refused).toMatchObject({
      error: 'user_not_found',
      errors: [
        { user: 'U0NOBODY', ok: false, error: 'user_not_found' },
        { user: 'U0GONE', ok: false, error: 'cant_invite' },
      ],
    });
    expect(slack.world.channels.get(id)?.members).toEqual([slack.app.botUser]);
    expect((await call(slack, 'conversations.invite', { channel: id, users, force: true })).body.ok).toBe(
      true,
    );
    expect(slack.world.channels.get(id)?.members).toContain('U0MINJI');
    expect(await errorOf('conversations.invite', { channel: id, users: 'U0MINJI' })).toBe(
      'already_in_channel',
    );
    const crowd = Array.from({ length: 101 }, (_, n) => `U0N${n}`).join();
    expect(await errorOf('conversations.invite', { channel: id, users: crowd })).toBe('invalid_arguments');
  });

  test('another person’s channel refuses what only members may do, and a private one is not there at all', async () => {
    const theirs = slack.as('U0MINJI').createChannel('theirs').id;
    const secret = slack.as('U0MINJI').createChannel('secret', { private: true }).id;
    for (const [method, args] of [
      ['chat.postMessage', { text: 'x' }],
      ['conversations.setTopic', { topic: 'x' }],
      ['conversations.invite', { users: 'U0JUN' }],
      ['conversations.archive', {}],
      ['pins.add', { timestamp: '1.000001' }],
      ['conversations.history', {}],
    ] as const) {
      expect(await errorOf(method, { channel: theirs, ...args }), method).toBe('not_in_channel');
      expect(await errorOf(method, { channel: secret, ...args }), method).toBe('channel_not_found');
    }
  });

  test.each([
    ['topic', 'setTopic'],
    ['purpose', 'setPurpose'],
  ])('a %s has at most 250 characters', async (part, method) => {
    const id = await channel();
    expect(
      (await call(slack, `conversations.${method}`, { channel: id, [part]: 'x'.repeat(250) })).body.ok,
    ).toBe(true);
    expect(await errorOf(`conversations.${method}`, { channel: id, [part]: 'x'.repeat(251) })).toBe(
      'too_long',
    );
  });

  test('lists are given in pages', async () => {
    for (let n = 0; n < 5; n++) await channel(`c-${n}`);
    const first = (await call(slack, 'conversations.list', { limit: 4 })).body;
    const next = (
      await call(slack, 'conversations.list', { limit: 4, cursor: first.response_metadata.next_cursor })
    ).body;
    expect((first.channels as unknown[]).length + (next.channels as unknown[]).length).toBe(6);
    expect(next.response_metadata.next_cursor).toBe('');
  });
});

describe('messages', () => {
  test('up to 4,040 characters stay one message, one more is split, update takes 4,000', async () => {
    const id = await channel();
    await post(id, { text: 'x'.repeat(4_040) });
    expect(slack.world.channels.get(id)?.messages.filter(({ subtype }) => !subtype)).toHaveLength(1);
    const { ts } = await post(id, { text: 'y'.repeat(4_041) });
    expect(slack.world.channels.get(id)?.messages.filter(({ subtype }) => !subtype)).toHaveLength(3);
    expect(await errorOf('chat.update', { channel: id, ts, text: 'z'.repeat(4_001) })).toBe('msg_too_long');
  });

  test('metadata comes back only where it was asked for; an update without keeps it, {} removes it', async () => {
    const id = await channel();
    const metadata = { event_type: 'card', event_payload: { incident: '42' } };
    const { ts } = await post(id, { text: 'card', metadata });
    const read = async (all: boolean) =>
      (await call(slack, 'conversations.history', { channel: id, include_all_metadata: all })).body
        .messages[0]?.metadata;
    expect(await read(false)).toBeUndefined();
    expect(await read(true)).toEqual(metadata);
    await call(slack, 'chat.update', { channel: id, ts, text: 'newer' });
    expect(await read(true)).toEqual(metadata);
    await call(slack, 'chat.update', { channel: id, ts, text: 'newest', metadata: {} });
    expect(await read(true)).toBeUndefined();
  });

  test('text alone takes the blocks away', async () => {
    const id = await channel();
    const { ts } = await post(id, { text: 'x', blocks: [{ type: 'divider' }] });
    await call(slack, 'chat.update', { channel: id, ts, text: 'y' });
    expect(slack.world.channels.get(id)?.messages.at(-1)).toMatchObject({ text: 'y', blocks: [], edits: 1 });
  });

  test.each([
    ['nothing to say', {}, 'no_text'],
    ['blocks that are not JSON', { blocks: '[{' }, 'invalid_blocks_format'],
    ['blocks that Slack does not know', { blocks: [{ type: 'button' }] }, 'invalid_blocks'],
    ['two kinds of text', { text: 'x', markdown_text: 'y' }, 'markdown_text_conflict'],
    ['metadata without a type', { text: 'x', metadata: { event_payload: {} } }, 'invalid_metadata_schema'],
    ['a thread that is not there', { text: 'x', thread_ts: '1.000001' }, 'cannot_reply_to_message'],
    ['101 attachments', { text: 'x', attachments: Array(101).fill({ text: 'x' }) }, 'too_many_attachments'],
    [
      'blocks over 13,200 characters',
      { blocks: Array(6).fill({ type: 'section', text: { type: 'mrkdwn', text: 'x'.repeat(2900) } }) },
      'msg_blocks_too_long',
    ],
  ])('%s: %s', async (_name, args, error) => {
    const id = await channel();
    expect(await errorOf('chat.postMessage', { channel: id, ...args })).toBe(error);
  });

  test('somebody else’s message can’t be changed; a direct message reaches a person by id', async () => {
    const general = [...slack.world.channels.values()][0]!;
    await call(slack, 'conversations.join', { channel: general.id });
    const { ts } = slack.as('U0MINJI').post(general.id, 'mine');
    expect(await errorOf('chat.update', { channel: general.id, ts, text: 'yours' })).toBe(
      'cant_update_message',
    );
    expect(await errorOf('chat.delete', { channel: general.id, ts })).toBe('cant_delete_message');
    const { channel: dm } = await post('U0MINJI');
    expect(slack.world.channels.get(String(dm))).toMatchObject({
      kind: 'im',
      members: [slack.app.botUser, 'U0MINJI'],
    });
  });

  test('an ephemeral message goes to members only and can’t be updated', async () => {
    const id = await channel();
    expect(await errorOf('chat.postEphemeral', { channel: id, user: 'U0MINJI', text: 'x' })).toBe(
      'user_not_in_channel',
    );
    await call(slack, 'conversations.invite', { channel: id, users: 'U0MINJI' });
    const { message_ts } = (
      await call(slack, 'chat.postEphemeral', { channel: id, user: 'U0MINJI', text: 'x' })
    ).body;
    expect(await errorOf('chat.update', { channel: id, ts: message_ts, text: 'y' })).toBe(
      'message_not_found',
    );
  });
});

test('pins and bookmarks refuse doubles, wrong links and what is not there', async () => {
  const id = await channel();
  const { ts } = await post(id);
  expect((await call(slack, 'pins.add', { channel: id, timestamp: ts })).body.ok).toBe(true);
  expect(await errorOf('pins.add', { channel: id, timestamp: ts })).toBe('already_pinned');
  expect(await errorOf('pins.add', { channel: id, timestamp: '1.000001' })).toBe('message_not_found');
  expect(await errorOf('pins.add', { channel: id, timestamp: 'x' })).toBe('bad_timestamp');
  expect(await errorOf('pins.add', { channel: id })).toBe('no_item_specified');
  const bookmark = { channel_id: id, title: 'Runbook', type: 'link' };
  expect(await errorOf('bookmarks.add', { ...bookmark, link: 'javascript:alert(1)' })).toBe('invalid_link');
  expect(await errorOf('bookmarks.add', { ...bookmark, link: 'https://e.com', emoji: 'book' })).toBe(
    'invalid_emoji',
  );
  for (let n = 0; n < 100; n++)
    await call(slack, 'bookmarks.add', { ...bookmark, link: `https://e.com/${n}` });
  expect(await errorOf('bookmarks.add', { ...bookmark, link: 'https://e.com' })).toBe('too_many_bookmarks');
});

test('people are found by id and by e-mail', async () => {
  const { user } = (await call(slack, 'users.lookupByEmail', { email: 'MINJI@example.com' })).body;
  expect(user).toMatchObject({ id: 'U0MINJI', profile: { email: 'minji@example.com' } });
  expect(await errorOf('users.lookupByEmail', { email: 'no@example.com' })).toBe('users_not_found');
  expect(await errorOf('users.info', { user: 'U0NOBODY' })).toBe('user_not_found');
});

describe('rates', () => {
  test('a tier-2 method takes 20 calls a minute, then 429 says when to come back', async () => {
    const real = await startWorkspace({ limits: 'real', now: () => clock });
    for (let n = 0; n < 20; n++) expect((await call(real, 'conversations.list')).status).toBe(200);
    const refused = await call(real, 'conversations.list');
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '3']);
    expect((await call(real, 'conversations.members', { channel: 'C' })).status).toBe(200);
    clock += 3_000;
    expect((await call(real, 'conversations.list')).status).toBe(200);
    await real.close();
  });

  test('one message a second in a channel after a short burst, other channels are free', async () => {
    const real = await startWorkspace({ limits: 'real', now: () => clock });
    const ids = await Promise.all(
      ['a', 'b'].map(async (name) => (await call(real, 'conversations.create', { name })).body.channel.id),
    );
    const posted = async (to = ids[0]) =>
      (await call(real, 'chat.postMessage', { channel: to, text: 'x' })).status;
    for (let n = 0; n < 4; n++) expect(await posted()).toBe(200);
    expect(await posted()).toBe(429);
    expect(await posted(ids[1])).toBe(200);
    clock += 1_000;
    expect([await posted(), await posted()]).toEqual([200, 429]);
    await real.close();
  });
});

describe('faults', () => {
  test('a lost answer leaves the work done; a fault before leaves nothing', async () => {
    slack.faults.next('conversations.create', { kind: 'reset', when: 'after' });
    await expect(call(slack, 'conversations.create', { name: 'lost' })).rejects.toThrow('fetch failed');
    expect(await errorOf('conversations.create', { name: 'lost' })).toBe('name_taken');
    slack.faults.next('conversations.create', { kind: 'status', status: 503, when: 'before' });
    expect((await call(slack, 'conversations.create', { name: 'never' })).status).toBe(503);
    expect((await call(slack, 'conversations.create', { name: 'never' })).body.ok).toBe(true);
    expect(slack.faults.happened).toHaveLength(2);
    expect(slack.journal.calls.map(({ ok, fault }) => [ok, fault?.kind])).toEqual([
      [true, 'reset'],
      [false, undefined],
      [false, 'status'],
      [true, undefined],
    ]);
  });

  test('429 with and without a header, a made-up error, and an outage', async () => {
    slack.faults.next('*', { kind: 'rate', retryAfter: undefined });
    const bare = await call(slack, 'auth.test');
    expect([bare.status, bare.headers.has('retry-after')]).toEqual([429, false]);
    slack.faults.next('auth.test', { kind: 'error', error: 'fatal_error' });
    expect(await errorOf('auth.test', {})).toBe('fatal_error');
    slack.faults.outage('unavailable');
    expect((await call(slack, 'auth.test')).status).toBe(503);
    slack.faults.outage(false);
    expect((await call(slack, 'auth.test')).body.ok).toBe(true);
  });
});
