import { afterEach, describe, expect, test } from 'vitest';
import { createBreaker } from '../../../src/kit/breaker.ts';
import type { Page } from '../../../src/paging/page.ts';
import { mentionsIn, parseMrkdwn } from '../../../src/sandbox/slack/mrkdwn.ts';
import type { SlackServer } from '../../../src/sandbox/slack/server.ts';
import { createSlackCall } from '../../../src/slack/client.ts';
import { createSchedule } from '../../../src/slack/schedule.ts';
import { t0 } from '../../incident/given.ts';
import { startWorkspace } from '../../sandbox/slack/workspace.ts';
import { pageFor, pagersWith, running } from '../page-for.ts';
import { people } from '../story.ts';

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

async function workspace(timeoutMs = 500) {
  const slack = await startWorkspace();
  closers.push(() => slack.close());
  const call = createSlackCall(
    { token: slack.app.botToken, apiUrl: slack.apiUrl, timeoutMs },
    { schedule: createSchedule(), breaker: createBreaker() },
  );
  const ready = pagersWith(
    {},
    { slack: (method, args, signal) => call(method, args, { priority: 'page', signal }) },
  );
  return { slack, pager: ready.get('slack')! };
}

const visible = (slack: SlackServer) =>
  [...slack.world.channels.values()].filter(({ kind }) => kind === 'im').flatMap(({ messages }) => messages);

const button = (message: { blocks: object[] } | undefined) =>
  message?.blocks.flatMap((block) => (block as { elements?: object[] }).elements ?? []);

describe('the Slack pager', () => {
  test('sends one sentence in the language of the person, with a button that names the incident', async () => {
    const { slack, pager } = await workspace();
    const { ref } = await pager.send(pageFor(people.minji), false, running());
    await pager.send(pageFor(people.jun, { key: 'other' }), false, running());
    const [minji, jun] = visible(slack);
    expect(ref).toEqual({ channel: expect.stringMatching(/^D/), ts: minji?.ts });
    expect(minji?.text).toMatch(/^P1 호출: orders 서비스, Orders fail .*inc-42, 1단계.*확인해 주십시오\.$/);
    expect(jun?.text).toMatch(
      /^P1 page: Orders fail in orders, since .*inc-42, level 1.*Please acknowledge\.$/,
    );
    expect(button(jun)).toMatchObject([
      { action_id: 'acknowledge', value: '{"incident":42}', text: { text: 'Acknowledge' } },
    ]);
  });

  test('names the group where there is no incident yet', async () => {
    const { slack, pager } = await workspace();
    const group: Partial<Page> = { subject: { group: 'service="orders"' }, name: null };
    await pager.send(pageFor(people.jun, group), false, running());
    expect(button(visible(slack)[0])).toMatchObject([
      { action_id: 'acknowledge-group', value: '{"group":"service=\\"orders\\""}' },
    ]);
    expect(visible(slack)[0]?.text).not.toContain('null');
  });

  test.each(['after', 'before'] as const)('an answer lost %s the work leads to one message', async (when) => {
    const { slack, pager } = await workspace();
    slack.faults.next('chat.postMessage', { kind: 'reset', when });
    await expect(pager.send(pageFor(), false, running())).rejects.toMatchObject({ retry: 'later' });
    expect(slack.faults.happened).toHaveLength(1);
    expect(visible(slack)).toHaveLength(when === 'after' ? 1 : 0);
    const { ref } = await pager.send(pageFor(), true, running());
    expect(visible(slack).map(({ ts }) => ts)).toEqual([ref.ts]);
  });

  test.each([
    { kind: 'status', status: 500, when: 'before' },
    { kind: 'hang', when: 'before' },
  ] as const)('pages again when it cannot be looked up ($kind)', async (fault) => {
    const { slack, pager } = await workspace(5000);
    slack.faults.next('conversations.history', fault);
    await pager.send(pageFor(), true, AbortSignal.timeout(4000));
    expect(slack.faults.happened).toHaveLength(1);
    expect(visible(slack)).toHaveLength(1);
  });

  test('says who acknowledged and takes the button away, also where its answer never came', async () => {
    const { slack, pager } = await workspace();
    const page = pageFor(people.jun);
    await pager.send(page, false, running());
    await pager.mirror!(page, undefined, { kind: 'acknowledged', by: 'Kim *Minji*', at: t0 }, running());
    const [message] = visible(slack);
    expect(message).toMatchObject({
      edits: 1,
      text: expect.stringMatching(/^Acknowledged by Kim ∗Minji∗ at /),
    });
    expect(button(message)).toEqual([]);
    await pager.mirror!(
      pageFor(people.jun, { key: 'never sent' }),
      undefined,
      { kind: 'resolved', by: null, at: t0 },
      running(),
    );
    expect(visible(slack)).toHaveLength(1);
  });

  test('outside text neither mentions nor links anybody', async () => {
    const { slack, pager } = await workspace();
    const title = 'down <!channel> <@U0JUN> <https://evil.example|here> *bold* @everyone';
    await pager.send(pageFor(people.jun, { title, service: '<!here>' }), false, running());
    const [message] = visible(slack);
    const texts = [
      message!.text,
      ...message!.blocks.map((block) => (block.text as { text: string } | undefined)?.text ?? ''),
    ];
    for (const text of texts) {
      const nodes = parseMrkdwn(text);
      expect(mentionsIn(nodes)).toEqual([]);
      expect(JSON.stringify(nodes)).not.toContain('"type":"link"');
    }
    expect(message?.linkNames).toBe(false);
  });

  test.each([
    ['a person without a Slack id', people.sora!, 'no-slack-id'],
    ['a person Slack does not know', { ...people.jun!, slack: 'U0NOBODY' }, 'slack-user-not-found'],
    ['a deactivated person', { ...people.jun!, slack: 'U0GONE' }, 'slack-user-disabled'],
  ])('%s is lost for this pager', async (_, person, code) => {
    const { pager } = await workspace();
    await expect(pager.send(pageFor(person), false, running())).rejects.toMatchObject({
      code,
      retry: 'never',
    });
  });
});
