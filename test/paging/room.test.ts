import { afterEach, describe, expect, test } from 'vitest';
import { createBreaker } from '../../src/kit/breaker.ts';
import { startSandboxPagerHook } from '../../src/sandbox/pager-hook/sandbox-pager-hook.ts';
import { startSandboxPagerDuty } from '../../src/sandbox/pagerduty/sandbox-pagerduty.ts';
import { createSlackCall } from '../../src/slack/client.ts';
import { createSchedule } from '../../src/slack/schedule.ts';
import { startWorkspace } from '../sandbox/slack/workspace.ts';
import { pagersWith } from './page-for.ts';
import { acknowledge, ladder, rung, startStory } from './story.ts';

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

/** The room over the look-alikes of all its vendors. */
async function start() {
  const slack = await startWorkspace();
  const pagerDuty = await startSandboxPagerDuty({ users: [], now: Date.now });
  const hook = await startSandboxPagerHook({ now: Date.now });
  closers.push(
    () => slack.close(),
    () => pagerDuty.close(),
    () => hook.close(),
  );
  const call = createSlackCall(
    { token: slack.app.botToken, apiUrl: slack.apiUrl, timeoutMs: 1000 },
    { schedule: createSchedule(), breaker: createBreaker() },
  );
  const pagers = pagersWith(
    { webhook: { url: hook.url, secretRef: 'S' } },
    {
      slack: (method, args, signal) => call(method, args, { priority: 'page', signal }),
      pagerdutyUrl: pagerDuty.url,
      routingKey: 'r'.repeat(32),
    },
  );
  const story = startStory({ pagers, escalation: ladder(rung(1, 0, ['jun'])), timeoutMs: 5000 });
  const messages = () =>
    [...slack.world.channels.values()].filter(({ kind }) => kind === 'im').flatMap((one) => one.messages);
  return { slack, pagerDuty, hook, story, messages };
}

describe('the paging room over its vendors', () => {
  test('while Slack is down the others page at once, and Slack catches up once', async () => {
    const { slack, pagerDuty, hook, story, messages } = await start();
    slack.faults.outage('unavailable');
    await story.sync();
    expect(slack.faults.happened.length).toBeGreaterThan(0);
    expect(pagerDuty.incidents()).toHaveLength(1);
    expect(hook.pages()).toHaveLength(1);
    slack.faults.outage(false);
    await story.to(1000);
    await story.to(10_000);
    expect(messages()).toHaveLength(1);
    expect(pagerDuty.incidents()[0]?.triggers).toBe(1);
    story.handle(acknowledge('minji', story.now()));
    await story.sync();
    expect(pagerDuty.incidents()[0]?.status).toBe('acknowledged');
    expect(messages()[0]?.text).toMatch(/^Acknowledged by Kim Minji/);
  });

  test('a crash after every call of a page, and the next process: one visible page for each pager', async () => {
    const { pagerDuty, story, messages } = await start();
    for (const command of await story.perform(story.plan()[0]!)) story.handle(command);
    await Promise.all(story.plan().map(story.perform));
    expect([messages().length, pagerDuty.incidents().length]).toEqual([1, 1]);
    await story.sync();
    expect([messages().length, pagerDuty.incidents().length]).toEqual([1, 1]);
    expect(pagerDuty.incidents()[0]?.triggers).toBe(2);
    expect(story.incident().state.paging.sent.map(({ pager, ref }) => [pager, ref])).toEqual(
      expect.arrayContaining([['slack', { channel: expect.any(String), ts: messages()[0]?.ts }]]),
    );
  });
});
