import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { SlackServer } from '../../../../src/sandbox/slack/server.ts';
import { call, shorthands, startWorkspace } from '../workspace.ts';

let slack: SlackServer;
let clock: number;
beforeEach(async () => {
  clock = 1_790_000_000_000;
  slack = await startWorkspace({ now: () => clock });
});
afterEach(() => slack.close());

const { channel, errorOf, post } = shorthands(() => slack);

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
