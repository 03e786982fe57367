import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Command } from '../../src/incident/commands.ts';
import type { Chart } from '../../src/incident/words.ts';
import { Failure } from '../../src/kit/failure.ts';
import { silent } from '../../src/kit/log.ts';
import type { SlackServer } from '../../src/sandbox/slack/server.ts';
import type { Json } from '../../src/sandbox/slack/world.ts';
import type { SlackCall } from '../../src/slack/client.ts';
import type { SlackRoomDeps } from '../../src/slack/room.ts';
import { startWorkspace } from '../sandbox/slack/workspace.ts';
import { minutes, muster, opening, runbook, start } from './incidents.ts';
import { callOf, reconciling } from './reconciling.ts';

const chart: Chart = {
  title: 'HighErrorRate',
  unit: 'ratio',
  from: start,
  to: minutes(15),
  series: [{ name: 'orders', points: [[start, 0.1]] }],
  marks: [],
};
const found: Command = {
  type: 'RecordStep',
  run: runbook.run,
  step: 'quorum',
  attempt: 1,
  report: {
    verdict: 'warn',
    sentence: 'Errors are over the limit.',
    evidence: { columns: ['series', 'last'], rows: [['orders', '10 %']] },
    chart,
    facts: {},
    startedAt: start,
    ms: 20,
  },
  at: start + 8000,
  by: muster,
};
const story: Command[] = [
  opening(),
  { type: 'StartRunbook', runbook, rule: 'r', at: start + 4000, by: muster } as Command,
  found,
];

let slack: SlackServer;
beforeEach(async () => {
  slack = await startWorkspace();
});
afterEach(() => slack.close());

/** The messages of the incident's channel that tell the finding, with the pictures in them. */
const told = () =>
  [...slack.world.channels.values()]
    .flatMap(({ messages }) => messages)
    .filter(({ text }) => text.includes('Errors are over the limit.'))
    .map(({ blocks }) => ({
      tables: blocks.filter(({ type }) => type === 'table').length,
      pictures: blocks
        .filter(({ type }) => type === 'image')
        .map((block) => ({
          shows: slack.world.files.get(String((block.slack_file as Json).id))?.data?.toString(),
          alt: block.alt_text,
        })),
    }));
const whole = [
  { tables: 1, pictures: [{ shows: 'picture of HighErrorRate', alt: 'The chart HighErrorRate' }] },
];
const without = [{ tables: 1, pictures: [] }];

describe('a chart', () => {
  it('stands below its evidence, with words for those who do not see it', async () => {
    const it = reconciling(slack);
    await it.play(story);
    expect(told()).toEqual(whole);
    expect(it.failures).toEqual([]);
    expect(slack.world.files.size).toBe(1);
    expect([...slack.world.files.values()][0]).toMatchObject({ name: 'inc-42-8.png', completed: true });
  });

  it('is posted exactly once, wherever Muster is killed', async () => {
    let calls = 0;
    const count: SlackCall = (...args) => {
      calls += 1;
      return callOf(slack)(...args);
    };
    await reconciling(slack, { call: count }).play(story);
    for (let at = 1; at <= calls; at++) {
      for (const when of ['before', 'after'] as const) {
        await slack.close();
        slack = await startWorkspace();
        let made = 0;
        const call: SlackCall = async (...args) => {
          made += 1;
          if (made !== at) return callOf(slack)(...args);
          if (when === 'after') await callOf(slack)(...args);
          throw new Failure({ code: 'connection-lost', what: 'killed', remedy: '' });
        };
        const it = reconciling(slack, { call });
        await it.play(story);
        expect(told(), `call ${at}, killed ${when}`).toEqual(whole);
        expect(it.failures.length, `call ${at}`).toBeGreaterThan(0);
      }
    }
  }, 60_000);

  it('is posted exactly once when the memory is lost', async () => {
    const it = reconciling(slack);
    await it.play(story);
    it.forget();
    await it.settle();
    expect(told()).toEqual(whole);
  });

  it('waits a little for Slack to know the file', async () => {
    const it = reconciling(slack);
    await it.play(story.slice(0, 2));
    slack.faults.next('chat.postMessage', { kind: 'error', error: 'invalid_blocks' }, 2);
    await it.play([found]);
    expect(it.failures.map(({ code }) => code)).toEqual([
      'slack-picture-not-ready',
      'slack-picture-not-ready',
    ]);
    expect(told()).toEqual(whole);
  });

  it('is left out after a while, with everything else still said', async () => {
    const it = reconciling(slack);
    await it.play(story.slice(0, 2));
    it.append(found);
    it.later(30_000);
    slack.faults.next('chat.postMessage', { kind: 'error', error: 'invalid_blocks' });
    await it.settle();
    expect(told()).toEqual(without);
    expect(it.failures).toEqual([]);
  });

  it.each<[string, Partial<SlackRoomDeps>]>([
    ['cannot be drawn', { draw: () => Promise.reject(new Error('no library for this platform')) }],
    [
      'is refused for good',
      {
        put: () =>
          Promise.reject(new Failure({ code: 'http-4xx', retry: 'never', what: 'HTTP 413', remedy: '' })),
      },
    ],
  ])('that %s holds nothing up', async (_, changes) => {
    const warnings: string[] = [];
    const log = { ...silent, warn: (_data: object, said: string) => void warnings.push(said) };
    const it = reconciling(slack, { ...changes, log });
    await it.play(story);
    expect(told()).toEqual(without);
    expect(it.failures).toEqual([]);
    expect(warnings).toEqual(['a chart is posted without its picture']);
  });

  it('that the app may not upload is left out, once the scope is missing', async () => {
    slack.app.scopes = slack.app.scopes.filter((scope) => scope !== 'files:write');
    const it = reconciling(slack);
    await it.play(story);
    expect(told()).toEqual(without);
  });

  it('whose upload hangs is left out when its time is over', async () => {
    const put = () => Promise.reject(new Failure({ code: 'timeout', what: 'No answer', remedy: '' }));
    const it = reconciling(slack, { put }, { failed: () => it.later(9000) });
    await it.play(story);
    expect(told()).toEqual(without);
    expect(it.failures.length).toBeGreaterThan(1);
  });
});
