import { afterEach, beforeEach, expect, test } from 'vitest';
import type { SlackServer } from '../../src/sandbox/slack/server.ts';
import { newChannel } from '../../src/sandbox/slack/world.ts';
import { openChannel } from '../../src/slack/open-channel.ts';
import { startWorkspace } from '../sandbox/slack/workspace.ts';
import { apply, incidentOf, opening } from './incidents.ts';
import { callOf } from './reconciling.ts';

const name = 'inc-42-orders-redis-master-is-down';
const mark = 'Incident inc-42, opened 2026-11-22';
let slack: SlackServer;
beforeEach(async () => {
  slack = await startWorkspace();
});
afterEach(() => slack.close());

const open = () =>
  openChannel(incidentOf(apply([], opening())), mark, callOf(slack), async () => slack.app.botUser);

/** A channel of that name which is already there. */
const there = (creator: string, purpose: string, changes: { kind?: 'private'; archived?: boolean } = {}) => {
  const channel = newChannel(slack.world, { kind: changes.kind ?? 'public', name, creator, now: 0 });
  channel.purpose = purpose;
  channel.archived = changes.archived ?? false;
  if (creator !== slack.app.botUser) channel.members = [creator];
  return channel;
};

test('a new channel is made and marked', async () => {
  const opened = await open();
  expect(opened).toEqual({ id: opened.id, name, fresh: true });
  expect(slack.world.channels.get(opened.id)).toMatchObject({ creator: slack.app.botUser, purpose: mark });
});

test('a channel that we made and marked for this incident is adopted', async () => {
  const ours = there(slack.app.botUser, mark);
  expect(await open()).toEqual({ id: ours.id, name, fresh: false });
  expect(slack.journal.calls.map(({ method }) => method)).toEqual([
    'conversations.create',
    'conversations.list',
  ]);
});

test('a channel that we made but died before marking is adopted and marked', async () => {
  const ours = there(slack.app.botUser, '');
  expect(await open()).toEqual({ id: ours.id, name, fresh: false });
  expect(ours.purpose).toBe(mark);
});

test.each([
  ['made by somebody else, even with our mark on it', 'U0MINJI', mark, {}],
  ['made by somebody else', 'U0MINJI', '', {}],
  ['made by somebody else and archived', 'U0MINJI', '', { archived: true }],
  ['private', 'U0MINJI', mark, { kind: 'private' as const }],
  ['marked for another incident of that number', 'bot', 'Incident inc-42, opened 2025-01-01', {}],
])('a channel %s is left alone, and the next name is taken', async (_, creator, purpose, changes) => {
  const other = there(creator === 'bot' ? slack.app.botUser : creator, purpose, changes);
  const before = structuredClone(other);
  const opened = await open();
  expect(opened).toEqual({ id: opened.id, name: `${name}-2`, fresh: true });
  expect(opened.id).not.toBe(other.id);
  expect(other).toEqual(before);
});

test('a workspace of many channels is searched to the end', async () => {
  for (let n = 0; n < 1100; n++) {
    newChannel(slack.world, { kind: 'public', name: `room-${n}`, creator: 'U0MINJI', now: 0 });
  }
  const ours = there(slack.app.botUser, mark);
  expect((await open()).id).toBe(ours.id);
});
