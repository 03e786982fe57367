import { afterEach, beforeEach, expect, test } from 'vitest';
import { silent } from '../../src/kit/log.ts';
import type { SlackServer } from '../../src/sandbox/slack/server.ts';
import { type Channel, newChannel } from '../../src/sandbox/slack/world.ts';
import { section } from '../../src/slack/blocks.ts';
import { postMessage, updateMessage } from '../../src/slack/send.ts';
import { startWorkspace } from '../sandbox/slack/workspace.ts';
import { callOf } from './reconciling.ts';

let slack: SlackServer;
let channel: Channel;
beforeEach(async () => {
  slack = await startWorkspace();
  const made = { kind: 'public', name: 'inc-1', creator: slack.app.botUser, now: 0 } as const;
  channel = newChannel(slack.world, made);
});
afterEach(() => slack.close());

const message = { text: 'A sentence.', blocks: [section('*Blocks*')] };
const post = () => postMessage({ channel: channel.id }, message, callOf(slack), silent);

test('new and changed messages ask Slack to make nothing of their text', async () => {
  const ts = await post();
  await updateMessage({ channel: channel.id, ts }, message, callOf(slack), silent);
  const [posted, updated] = slack.journal.calls.map(({ args }) => args);
  expect(posted).toMatchObject({
    parse: 'none',
    link_names: 'false',
    unfurl_links: 'false',
    unfurl_media: 'false',
  });
  expect(updated).toMatchObject({ parse: 'none', link_names: 'false' });
  expect(channel.messages).toHaveLength(1);
});

test.each(['invalid_blocks', 'msg_blocks_too_long'])(
  'a layout that Slack refuses with %s leaves the sentence, in order and once',
  async (error) => {
    slack.faults.next('chat.postMessage', { kind: 'error', error });
    await post();
    expect(channel.messages.map(({ text, blocks }) => ({ text, blocks }))).toEqual([
      { text: 'A sentence.', blocks: [] },
    ]);
  },
);

test('any other refusal is a failure', async () => {
  slack.faults.next('chat.postMessage', { kind: 'error', error: 'restricted_action' });
  await expect(post()).rejects.toMatchObject({ code: 'slack-restricted-action' });
  expect(channel.messages).toEqual([]);
});
