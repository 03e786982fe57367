import { afterEach, beforeEach, expect, test } from 'vitest';
import type { SlackServer } from '../../src/sandbox/slack/server.ts';
import { type Channel, newChannel, newTs } from '../../src/sandbox/slack/world.ts';
import { findNewest, markOf } from '../../src/slack/read-back.ts';
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

const call = () => callOf(slack);
const post = (text: string, metadata?: object) =>
  call()<{ ts: string }>('chat.postMessage', { channel: channel.id, text, metadata });
const find = (incident = 42) =>
  findNewest({ channel: channel.id, kind: 'muster_post', incident, botUser: slack.app.botUser }, call());

/** A message as another person's app would leave it, with metadata that looks like ours. */
function forge(version: number): void {
  const ours = channel.messages[0]!;
  const metadata = markOf('muster_post', 42, version);
  channel.messages.push({ ...ours, user: 'U0MINJI', ts: newTs(slack.world, Date.now()), metadata });
}

test('nothing is found in a channel without our posts', async () => {
  await post('hello');
  await post('card', markOf('muster_card', 42));
  expect(await find()).toBeNull();
});

test('the newest of our posts is found, with how far it tells the log', async () => {
  await post('one', markOf('muster_post', 42, 3));
  const { ts } = await post('two', markOf('muster_post', 42, 7));
  expect(await find()).toEqual({ ts, version: 7 });
});

test('a post about another incident is another’s', async () => {
  await post('one', markOf('muster_post', 42, 3));
  await post('two', markOf('muster_post', 43, 9));
  expect(await find()).toMatchObject({ version: 3 });
});

test('metadata by anybody else is not believed', async () => {
  await post('one', markOf('muster_post', 42, 3));
  forge(99);
  expect(await find()).toMatchObject({ version: 3 });
});

test('it is found behind many messages of people', async () => {
  await post('one', markOf('muster_post', 42, 3));
  const talk = channel.messages[0]!;
  for (let n = 0; n < 450; n++) {
    channel.messages.push({
      ...talk,
      user: 'U0JUN',
      metadata: undefined,
      ts: newTs(slack.world, Date.now()),
    });
  }
  expect(await find()).toMatchObject({ version: 3 });
  const reads = slack.journal.calls.filter(({ method }) => method === 'conversations.history');
  expect(reads.length).toBeGreaterThan(2);
});
