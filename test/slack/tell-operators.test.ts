import { afterEach, beforeEach, expect, test } from 'vitest';
import { mentionsOf } from '../../src/sandbox/slack/mentions.ts';
import type { SlackServer } from '../../src/sandbox/slack/server.ts';
import { newChannel } from '../../src/sandbox/slack/world.ts';
import { createTellOperators } from '../../src/slack/tell-operators.ts';
import { startWorkspace } from '../sandbox/slack/workspace.ts';
import { callOf } from './reconciling.ts';

let slack: SlackServer;
beforeEach(async () => {
  slack = await startWorkspace();
});
afterEach(() => slack.close());

test('operators are told in plain text, whatever it holds', async () => {
  const made = { kind: 'public', name: 'ops', creator: slack.app.botUser, now: 0 } as const;
  const channel = newChannel(slack.world, made);
  await createTellOperators(callOf(slack), channel.id)('A webhook of <!channel> was *refused*');
  const [message] = channel.messages;
  expect(message!.text).toBe('A webhook of &lt;!channel&gt; was ∗refused∗');
  expect(mentionsOf(message!, slack.world)).toEqual([]);
  const { args } = slack.journal.calls[0]!;
  expect(args).toMatchObject({ parse: 'none', link_names: 'false', unfurl_links: 'false' });
});

test('with no channel configured nothing is sent', async () => {
  await createTellOperators(callOf(slack), undefined)('anything');
  expect(slack.journal.calls).toEqual([]);
});
