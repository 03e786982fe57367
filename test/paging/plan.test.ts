import { describe, expect, test } from 'vitest';
import { Failure } from '../../src/kit/failure.ts';
import {
  alert,
  minute,
  opening,
  person,
  play,
  receive,
  receiver,
  t0,
  treatments,
} from '../incident/given.ts';
import { acknowledge, ladder, notebook, rung, startStory } from './story.ts';

const never = () => new Failure({ code: 'http-4xx', what: 'no', remedy: 'none', retry: 'never' });

describe('the ladder', () => {
  test('is climbed by policy until somebody acknowledges, and nobody is paged twice in a round', async () => {
    const { calls, pagers } = notebook('slack', 'pagerduty', 'webhook');
    const story = startStory({ pagers });
    await story.sync();
    expect(calls).toEqual(['inc-42.r1.l1.minji.slack', 'inc-42.r1.l1.minji.pagerduty']);
    expect(story.wakeAt()).toBe(t0 + 5 * minute);
    await story.to(5 * minute - 1);
    expect(calls).toHaveLength(2);
    await story.to(5 * minute);
    expect(calls.slice(2)).toEqual(['inc-42.r1.l2.jun.slack', 'inc-42.r1.l2.jun.pagerduty']);
    await story.to(10 * minute);
    expect(calls.slice(4)).toEqual(['inc-42.r1.l3.sora.slack', 'inc-42.r1.l3.sora.pagerduty']);
    await story.to(20 * minute);
    expect(calls.slice(6)).toEqual(['inc-42.r2.l1.minji.slack', 'inc-42.r2.l1.minji.pagerduty']);
    story.handle(acknowledge('minji', story.now()));
    calls.length = 0;
    await story.to(60 * minute);
    expect(calls.filter((call) => !call.startsWith('acknowledged'))).toEqual([]);
    expect(story.incident().state.paging.round).toBe(2);
  });

  test('without a repeat ends at its top', async () => {
    const { calls, pagers } = notebook('slack');
    const story = startStory({
      pagers,
      escalation: () => ({ rungs: [rung(1, 0, ['minji'])], repeatMs: null }),
    });
    await story.sync();
    expect(calls).toHaveLength(1);
    expect(story.wakeAt()).toBeNull();
  });

  test('after an hour of sleep starts every level that is due', async () => {
    const { calls, pagers } = notebook('slack');
    const story = startStory({ pagers });
    await story.sleepUntil(60 * minute);
    expect(calls).toEqual(['minji', 'jun', 'sora'].map((who, at) => `inc-42.r1.l${at + 1}.${who}.slack`));
  });

  test.each([
    ['an empty rotation', []],
    ['only people nobody knows', ['nobody']],
    ['only people this pager cannot reach', ['sora']],
  ])('says it loudly and goes on at once over %s', async (_, who) => {
    const { calls, pagers, failing } = notebook('slack');
    const send = pagers.get('slack')?.send;
    (pagers as Map<string, object>).set('slack', {
      send: (...args: Parameters<NonNullable<typeof send>>) => {
        if (!args[0].person.slack) throw never();
        return send?.(...args);
      },
    });
    const story = startStory({ pagers, escalation: ladder(rung(1, 0, who), rung(2, 5 * minute, ['jun'])) });
    await story.sync();
    expect(calls).toEqual(['inc-42.r1.l2.jun.slack']);
    expect(story.incident().events.map(({ type }) => type)).toContain('NobodyOnCall');
    expect(failing.size).toBe(0);
  });

  test('with nobody on it at all is tried again every round, and does not spin', async () => {
    const { pagers } = notebook('slack');
    const story = startStory({ pagers, escalation: ladder(rung(1, 0, []), rung(2, minute, [])) });
    await story.to(25 * minute);
    const empty = story.incident().state.paging.empty.map(({ round, level }) => `r${round}.l${level}`);
    expect(empty).toEqual(['r1.l1', 'r1.l2', 'r2.l1', 'r2.l2', 'r3.l1', 'r3.l2']);
  });

  test('starts anew when the incident gets worse or fires again after its end', async () => {
    const { calls, pagers } = notebook('slack');
    const story = startStory({ pagers });
    await story.sync();
    story.handle(acknowledge('minji', t0));
    story.handle({ type: 'Resolve', at: t0 + minute, by: person('minji'), rule: 'by-hand', reason: null });
    await story.to(minute);
    calls.length = 0;
    story.handle({ type: 'Reopen', at: t0 + 2 * minute, by: receiver, rule: 're-fired', reason: null });
    await story.to(2 * minute);
    expect(calls).toEqual(['inc-42.r2.l1.minji.slack']);
  });
});

test('the fallback pages where none of the first pagers is set up', async () => {
  const { calls, pagers } = notebook('webhook');
  const story = startStory({ pagers });
  await story.sync();
  expect(calls).toEqual(['inc-42.r1.l1.minji.webhook']);
});

test('a person who raises what seemed to recover has people paged', async () => {
  const { calls, pagers } = notebook('slack');
  const story = startStory({ pagers });
  await story.sync();
  story.handle(
    receive({ at: t0 + 1000, firing: [], resolved: [{ fingerprint: 'HighErrorRate', at: t0 + 1000 }] }),
  );
  const change = { type: 'ChangeSeverity', reason: 'not so bad', rule: 'person', treatments } as const;
  story.handle({ ...change, at: t0 + 2000, by: person('jun'), to: 'P2' });
  story.handle({ ...change, at: t0 + 3000, by: person('jun'), to: 'P1' });
  await story.to(minute);
  expect(calls).toEqual(['inc-42.r1.l1.minji.slack', 'inc-42.r2.l1.minji.slack']);
});

describe('nobody is paged', () => {
  test('by a severity whose treatment does not page', async () => {
    const { calls, pagers } = notebook('slack');
    const story = startStory({ pagers });
    const quiet = play(
      receive({ opening: opening({ severity: 'P3' }), firing: [alert('Slow', { severity: 'P3' })] }),
    );
    expect(story.room.plan(quiet, t0, {})).toEqual({ actions: [], wakeAt: null });
    expect(calls).toEqual([]);
  });

  test('while every alert has resolved; a new firing goes on with the ladder', async () => {
    const { calls, pagers } = notebook('slack');
    const story = startStory({ pagers });
    await story.sync();
    story.handle(
      receive({ at: t0 + minute, firing: [], resolved: [{ fingerprint: 'HighErrorRate', at: t0 + minute }] }),
    );
    expect(story.incident().state.status.is).toBe('recovering');
    await story.sync();
    expect(story.wakeAt()).toBe(story.now() + 15_000);
    await story.to(7 * minute);
    expect(calls).toHaveLength(1);
    story.handle(receive({ at: t0 + 7 * minute }));
    await story.to(8 * minute);
    expect(calls).toHaveLength(2);
  });

  test('when somebody acknowledged between the plan and the call', async () => {
    const { calls, pagers } = notebook('slack');
    const story = startStory({ pagers });
    for (const command of (await Promise.all(story.plan().map(story.perform))).flat()) story.handle(command);
    const [send] = story.plan();
    const stale = story.incident();
    story.handle(acknowledge('jun', t0));
    expect(send?.do).toBe('send');
    expect(
      await story.room.perform(send!, stale, {
        now: () => t0,
        remember: async () => {},
        signal: AbortSignal.any([]),
      }),
    ).toEqual([]);
    expect(calls).toEqual([]);
  });
});
