import { afterEach, expect, test } from 'vitest';
import { mentionsOf } from '../../src/sandbox/slack/mentions.ts';
import type { SlackServer } from '../../src/sandbox/slack/server.ts';
import { visible } from '../../src/sandbox/slack/visible.ts';
import { startWorkspace } from '../sandbox/slack/workspace.ts';
import { opening, story } from './incidents.ts';
import { reconciling } from './reconciling.ts';

const open: SlackServer[] = [];
const workspace = async (...given: Parameters<typeof startWorkspace>) => {
  const slack = await startWorkspace(...given);
  open.push(slack);
  return slack;
};
afterEach(async () => {
  await Promise.all(open.splice(0).map((slack) => slack.close()));
});

/** What people see of the incident's channel. */
const channelOf = (slack: SlackServer) => {
  const channels = Object.entries(visible(slack.world)).filter(([name]) => name.startsWith('#inc-42'));
  expect(channels.map(([name]) => name)).toEqual(['#inc-42-orders-redis-master-is-down']);
  return channels[0]![1];
};

test('a whole incident: one channel, one pinned card, people, topic, bookmarks, one post each, in order', async () => {
  const slack = await workspace();
  const it = reconciling(slack);
  await it.play(story);
  const channel = channelOf(slack);
  expect(channel.members).toEqual(['jun', 'minji', 'muster']);
  expect(channel.topic).toBe('P1 resolved · Redis master is down · IC Kim Minji');
  expect(channel.pins).toEqual([0]);
  expect(channel.bookmarks).toEqual([
    { title: 'Dashboard', link: 'https://grafana.example.com/d/orders' },
    { title: 'Runbook', link: 'https://runbooks.example.com/redis-sentinel' },
    { title: 'Postmortem', link: 'https://github.example.com/o/r/pull/7' },
  ]);
  expect(channel.messages.map(({ text }) => text.split('\n')[0])).toMatchInlineSnapshot(`
    [
      "P1 incident inc-42 is resolved: Redis master is down.",
      "👤 Incident Commander proposed: <@minji>",
      "👀 Kim Minji acknowledged. Paging has stopped.",
      "👤 Kim Minji is now Incident Commander.",
      "📖 Runbook started: Redis Sentinel, 4 steps (service orders).",
      "❌ Sentinels reach a quorum: failed. 1 of 3 Sentinels answers; 2 are needed.",
      "✅ The master answers: passed. The master answers in 2 ms.",
      "✋ Needs approval: Fail over to a replica",
      "👍 Lee Jun approved: Fail over to a replica. It runs once, then it is checked.",
      "✅ Fail over to a replica: done. The replica was promoted.",
      "🙋 Needs a person: Tell support",
      "✅ Lee Jun did it: Tell support.",
      "📣 Update by Kim Minji: Orders flow again.",
      "✅ Resolved by Kim Minji after 1 min. Failover done",
      "📝 The postmortem draft is ready: <https://github.example.com/o/r/pull/7|#7>",
      "🎉 The postmortem is merged by jun-l.",
    ]
  `);
  expect(slack.journal.calls.filter(({ error }) => error)).toEqual([]);
});

test('only an invitation to a role notifies people', async () => {
  const slack = await workspace();
  const it = reconciling(slack);
  await it.play(story);
  const calling = [...slack.world.channels.values()]
    .flatMap((channel) => channel.messages)
    .filter((message) => !message.subtype && mentionsOf(message, slack.world).length > 0);
  expect(calling.map(({ text }) => text)).toEqual([
    '👤 Incident Commander proposed: <@U0MINJI>\n👤 Ops proposed: <@U0JUN>\n👤 Comms proposed: Park Hana',
  ]);
});

test('an incident that gets no channel leaves Slack alone', async () => {
  const slack = await workspace();
  const it = reconciling(slack);
  await it.play([opening({ severity: 'P4' })]);
  expect(slack.journal.calls).toEqual([]);
});
