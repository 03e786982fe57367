import { afterEach, beforeEach, expect, test } from 'vitest';
import type { SlackServer } from '../../src/sandbox/slack/server.ts';
import { newChannel } from '../../src/sandbox/slack/world.ts';
import { invite } from '../../src/slack/invite.ts';
import { startWorkspace } from '../sandbox/slack/workspace.ts';
import { callOf } from './reconciling.ts';

let slack: SlackServer;
let channel: string;
beforeEach(async () => {
  slack = await startWorkspace();
  channel = newChannel(slack.world, { kind: 'public', name: 'inc-1', creator: slack.app.botUser, now: 0 }).id;
});
afterEach(() => slack.close());

const accounts: Record<string, string> = {
  minji: 'U0MINJI',
  jun: 'U0JUN',
  gone: 'U0GONE',
  stranger: 'U0NOBODY',
};
const asked = (...people: string[]) =>
  invite(channel, people, (person) => accounts[person] ?? null, callOf(slack));
const members = () => slack.world.channels.get(channel)!.members;

test('people are invited in one call', async () => {
  expect(await asked('minji', 'jun')).toEqual({ minji: 'in', jun: 'in' });
  expect(members()).toEqual([slack.app.botUser, 'U0MINJI', 'U0JUN']);
  expect(slack.journal.calls).toHaveLength(1);
});

test('somebody who is in already is in', async () => {
  await asked('minji');
  expect(await asked('minji', 'jun')).toEqual({ minji: 'in', jun: 'in' });
  expect(await asked('minji')).toEqual({ minji: 'in' });
});

test('those who can’t be invited are named with the reason and keep nobody else out', async () => {
  expect(await asked('hana', 'gone', 'stranger', 'minji')).toEqual({
    hana: 'no-slack',
    gone: 'cant_invite',
    stranger: 'user_not_found',
    minji: 'in',
  });
  expect(members()).toContain('U0MINJI');
});

test('a refusal without details is asked again one by one', async () => {
  slack.faults.next('conversations.invite', { kind: 'error', error: 'ura_max_channels' });
  expect(await asked('minji', 'jun')).toEqual({ minji: 'in', jun: 'in' });
  expect(slack.journal.calls).toHaveLength(3);
});

test('trouble with the channel or with Slack is a failure, nobody’s fault', async () => {
  slack.faults.next('conversations.invite', { kind: 'error', error: 'is_archived' });
  await expect(asked('minji')).rejects.toMatchObject({ code: 'slack-is-archived' });
  slack.faults.next('conversations.invite', { kind: 'error', error: 'internal_error' });
  await expect(asked('minji')).rejects.toMatchObject({ retry: 'later' });
});
