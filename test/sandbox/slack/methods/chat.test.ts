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
