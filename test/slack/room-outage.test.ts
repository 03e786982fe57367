import { expect, test } from 'vitest';
import type { SlackServer } from '../../src/sandbox/slack/server.ts';
import { startWorkspace } from '../sandbox/slack/workspace.ts';
import { start, story } from './incidents.ts';
import { atOnce, callOf, reconciling } from './reconciling.ts';

/** What the posts of the incident's channel say, line by line, without the times of late news. */
const told = (slack: SlackServer): string[] =>
  [...slack.world.channels.values()]
    .flatMap((channel) => channel.messages)
    .filter((message) => message.metadata?.event_type === 'muster_post')
    .flatMap((message) => message.text.split('\n'))
    .map((line) => line.replace(/<!date[^>]*> · /, ''));

async function inWorkspace<T>(
  options: Parameters<typeof startWorkspace>[0],
  run: (slack: SlackServer) => Promise<T>,
) {
  const slack = await startWorkspace(options);
  try {
    return await run(slack);
  } finally {
    await slack.close();
  }
}

const clean = () =>
  inWorkspace({}, async (slack) => {
    await reconciling(slack).play(story);
    return told(slack);
  });

test.each(['reset', 'hang', 'unavailable'] as const)(
  'Slack is down (%s) for most of an incident: the channel catches up, in order, once',
  { timeout: 60_000 },
  async (how) => {
    const expected = await clean();
    expect(expected).toHaveLength(new Set(expected).size);
    await inWorkspace({}, async (slack) => {
      const it = reconciling(slack, { call: callOf(slack, atOnce, how === 'hang' ? 1500 : undefined) });
      await it.play(story.slice(0, 2));
      slack.faults.outage(how);
      for (const command of story.slice(2, -1)) {
        it.append(command);
        if (command.type === 'StartRunbook' || command.type === 'Resolve') await it.settle(2);
      }
      expect(it.failures.length).toBeGreaterThan(0);
      slack.faults.outage(false);
      await it.settle();
      await it.play(story.slice(-1));
      expect(told(slack)).toEqual(expected);
    });
  },
);

test('Slack limits the rate: everything is said, in order, once', { timeout: 60_000 }, async () => {
  const expected = await clean();
  let now = start;
  await inWorkspace({ limits: 'real', now: () => now }, async (slack) => {
    const failed = ({ retryAfterMs = 0 }: { retryAfterMs?: number | undefined }) => {
      now += retryAfterMs;
    };
    const it = reconciling(slack, {}, { failed });
    await it.play(story);
    expect(it.failures.map(({ code }) => code)).toContain('rate-limited');
    expect(told(slack)).toEqual(expected);
  });
});

test('a burst of changes costs one card update', async () => {
  await inWorkspace({}, async (slack) => {
    const it = reconciling(slack);
    await it.play(story.slice(0, 1));
    const updates = () => slack.journal.calls.filter(({ method }) => method === 'chat.update').length;
    const before = updates();
    it.append(...story.slice(1, 12));
    await it.settle();
    expect(updates() - before).toBe(1);
  });
});
