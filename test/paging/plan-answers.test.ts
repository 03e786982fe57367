import { describe, expect, test } from 'vitest';
import { Failure } from '../../src/kit/failure.ts';
import { oldestUnsent } from '../../src/paging/plan.ts';
import { alert, minute, person, play, receive, t0 } from '../incident/given.ts';
import { acknowledge, ladder, notebook, rung, startStory } from './story.ts';

const later = (retryAfterMs?: number) => () =>
  new Failure({ code: 'refused', what: 'down', remedy: 'wait', ...(retryAfterMs && { retryAfterMs }) });
const _never = () => new Failure({ code: 'http-4xx', what: 'no', remedy: 'none', retry: 'never' });

describe('a page that fails', () => {
  test('is tried again after 1, 2, 4 … 60 s, and the fallback is due at once', async () => {
    const { calls, pagers, failing } = notebook('slack', 'webhook');
    failing.set('slack', later());
    const story = startStory({ pagers, escalation: ladder(rung(1, 0, ['minji'])) });
    await story.sync();
    expect(calls).toEqual(['inc-42.r1.l1.minji.slack', 'inc-42.r1.l1.minji.webhook']);
    const times: number[] = [];
    for (let tries = 0; tries < 8; tries++) {
      times.push((story.wakeAt()! - story.now()) / 1000);
      await story.to(story.wakeAt()! - t0);
    }
    expect(times).toEqual([1, 2, 4, 8, 16, 32, 60, 60]);
    expect(calls.filter((call) => call.includes('webhook'))).toHaveLength(1);
    expect(calls.at(-1)).toBe('inc-42.r1.l1.minji.slack again');
    failing.clear();
    await story.to(story.wakeAt()! - t0);
    expect(story.incident().state.paging.sent.map(({ pager }) => pager)).toEqual(['webhook', 'slack']);
    expect(story.counted).toContain('slack failed');
  });

  test('keeps its key when a later level names the same person', async () => {
    const { calls, pagers, failing } = notebook('slack');
    failing.set('slack', later());
    const story = startStory({ pagers });
    await story.to(11 * minute);
    const minji = calls.filter((call) => call.includes('minji'));
    expect(new Set(minji)).toEqual(new Set(['inc-42.r1.l1.minji.slack', 'inc-42.r1.l1.minji.slack again']));
    expect(calls).toContain('inc-42.r1.l3.sora.slack');
  });

  test('waits as long as it was asked to', async () => {
    const { pagers, failing } = notebook('slack');
    failing.set('slack', later(90_000));
    const story = startStory({ pagers, escalation: ladder(rung(1, 0, ['minji'])) });
    await story.sync();
    expect(story.wakeAt()).toBe(t0 + 90_000);
  });

  test('by hanging counts as failed after the time of the pager and is sent again, marked as maybe out', async () => {
    const { calls, pagers } = notebook('slack', 'webhook');
    (pagers as Map<string, object>).set('slack', { send: () => new Promise(() => {}) });
    const story = startStory({ pagers, escalation: ladder(rung(1, 0, ['minji'])) });
    await story.sync();
    expect(calls).toEqual(['inc-42.r1.l1.minji.webhook']);
    expect(story.incident().state.paging.failed).toMatchObject([{ code: 'timeout', retryAt: t0 + 1000 }]);
    expect(story.counted).toEqual(['slack unknown', 'webhook sent']);
  });

  test('in a crash is sent again, marked as maybe out; without the memory it is sent all the same', async () => {
    const { calls, pagers } = notebook('slack');
    const story = startStory({ pagers, escalation: ladder(rung(1, 0, ['minji'])) });
    for (const command of await story.perform(story.plan()[0]!)) story.handle(command);
    await story.perform(story.plan()[0]!);
    expect(calls).toEqual(['inc-42.r1.l1.minji.slack']);
    await story.sync();
    expect(calls.at(-1)).toBe('inc-42.r1.l1.minji.slack again');
  });

  test('does not wait for a memory or a log that is gone', async () => {
    const { calls, pagers } = notebook('slack');
    const gone = () => Promise.reject(new Error('Redis is down'));
    const story = startStory({ pagers, fresh: gone });
    for (const command of await story.perform(story.plan()[0]!)) story.handle(command);
    const tools = { now: () => t0, remember: gone, signal: new AbortController().signal };
    await story.room.perform(story.plan()[0]!, story.incident(), tools);
    expect(calls).toEqual(['inc-42.r1.l1.minji.slack']);
  });
});

describe('an acknowledgement', () => {
  test('is shown by every pager once, and the end once more', async () => {
    const { calls, pagers } = notebook('slack', 'pagerduty');
    const story = startStory({ pagers });
    await story.sync();
    calls.length = 0;
    story.handle(acknowledge('jun', t0 + 1000));
    await story.to(2000);
    await story.to(3000);
    const shown = (kind: string) =>
      ['slack', 'pagerduty'].map(
        (pager) => `${kind} inc-42.r1.l1.minji.${pager} by Lee Jun ref inc-42.r1.l1.minji.${pager}`,
      );
    expect(calls).toEqual(shown('acknowledged'));
    calls.length = 0;
    story.handle({ type: 'Resolve', at: t0 + 5000, by: person('jun'), rule: 'by-hand', reason: null });
    await story.to(6000);
    expect(calls).toEqual(shown('resolved'));
  });

  test('is shown again and again while the pager is down, and not for ever', async () => {
    const { calls, pagers, failing } = notebook('slack');
    const story = startStory({ pagers });
    await story.sync();
    story.handle(acknowledge('jun', t0));
    failing.set('slack', later());
    calls.length = 0;
    await story.to(10_000);
    expect(calls).toHaveLength(4);
    await story.to(70 * minute);
    expect(story.wakeAt()).toBeNull();
    expect(calls.length).toBeLessThan(80);
  });

  test('reaches a page whose answer never came, and a page in a crash', async () => {
    const { calls, pagers } = notebook('slack');
    const story = startStory({ pagers, escalation: ladder(rung(1, 0, ['minji'])) });
    for (const command of await story.perform(story.plan()[0]!)) story.handle(command);
    await story.perform(story.plan()[0]!);
    story.handle(acknowledge('jun', t0));
    calls.length = 0;
    await story.sync();
    expect(calls).toEqual(['acknowledged inc-42.r1.l1.minji.slack by Lee Jun ref none']);
  });
});

const both = ['inc-42.r1.l1.minji.slack', 'inc-42.r1.l1.minji.pagerduty'];
test.each([
  ['just before the incident opened', -5 * minute, -6 * minute, both.slice(1)],
  ['before the alert fired again', -5 * minute, -1 * minute, both],
  ['in an outage of hours ago', -300 * minute, -301 * minute, both],
])(
  'a page that went out directly %s is recorded, not sent again, only where it belongs',
  async (_, age, fired, expected) => {
    const { calls, pagers } = notebook('slack', 'pagerduty');
    const spot = { round: 1, level: 2, person: 'minji', pager: 'slack' };
    const direct = { type: 'PageSent' as const, key: 'group-1', ...spot, ref: { of: 'there' }, at: t0 + age };
    const story = startStory({
      pagers,
      incident: play(receive({ firing: [alert('HighErrorRate', { startsAt: t0 + fired })] })),
      sentFor: (key) => (key === 'alertname=HighErrorRate' ? [direct] : []),
    });
    await story.sync();
    expect(calls).toEqual(expected);
    const adopted = story.incident().state.paging.sent.filter(({ key }) => key === 'group-1');
    expect(adopted).toMatchObject(expected.length === 1 ? [{ level: 1, ref: { of: 'there' }, at: t0 }] : []);
  },
);

test('oldestUnsent says since when a page is overdue', async () => {
  const { pagers, failing } = notebook('slack');
  failing.set('slack', later());
  const story = startStory({ pagers, escalation: ladder(rung(1, 0, ['minji'])) });
  expect(oldestUnsent(story.incident())).toBe(t0);
  await story.to(minute);
  expect(oldestUnsent(story.incident())).toBe(t0);
  failing.clear();
  await story.to(3 * minute);
  expect(oldestUnsent(story.incident())).toBeNull();
});
