import { describe, expect, test } from 'vitest';
import { Failure } from '../../src/kit/failure.ts';
import { silent } from '../../src/kit/log.ts';
import { createDirectPaging, type DirectPagingOptions } from '../../src/paging/direct.ts';
import { minute, t0 } from '../incident/given.ts';
import { notebook, people, rung } from './story.ts';

const group = {
  key: 'service="orders"',
  severity: 'P1',
  title: 'Orders fail',
  service: 'orders',
  since: t0,
} as const;
const down = () => new Failure({ code: 'refused', what: 'down', remedy: 'wait' });

function start(over: Partial<DirectPagingOptions> & Pick<DirectPagingOptions, 'pagers'>) {
  const waits: { ms: number; go: () => void }[] = [];
  const direct = createDirectPaging({
    rungs: () => [rung(1, 0, ['minji']), rung(2, 300_000, ['jun'])],
    who: (id) => people[id],
    measure: { count: () => {}, observe: () => {} },
    now: () => t0,
    log: silent,
    stillDown: () => true,
    delay: (ms) => new Promise((go) => waits.push({ ms, go })),
    timeoutMs: 100,
    ...over,
  });
  return { direct, waits };
}

/** Lets what is on the way take its turn; nothing here waits for time. */
const settle = () => new Promise((done) => setImmediate(done));

describe('direct paging', () => {
  test('pages level 1 once, however often and at once the group is sent', async () => {
    const { calls, pagers } = notebook('slack', 'pagerduty');
    const { direct } = start({ pagers });
    await Promise.all(Array.from({ length: 50 }, () => direct.page(group)));
    await direct.page(group);
    expect(calls).toHaveLength(2);
    const sent = direct.sentFor(group.key);
    expect(sent).toMatchObject([
      { type: 'PageSent', round: 1, level: 1, person: 'minji', pager: 'slack', ref: { of: sent[0]?.key } },
      { type: 'PageSent', round: 1, level: 1, person: 'minji', pager: 'pagerduty' },
    ]);
    expect(sent[0]?.key).toMatch(/^group-[0-9a-f]{24}\.r1\.l1\.minji\.slack$/);
    direct.merged(group.key);
    expect(direct.sentFor(group.key)).toEqual([]);
  });

  test('pages a group anew when it was not seen for half an hour: that is another outage', async () => {
    let now = t0;
    const { calls, pagers } = notebook('slack');
    const { direct } = start({ pagers, now: () => now });
    for (let minutes = 0; minutes <= 60; minutes += 20) {
      now = t0 + minutes * minute;
      await direct.page(group);
    }
    expect(calls).toHaveLength(1);
    now += 30 * minute;
    await direct.page(group);
    expect(calls).toHaveLength(2);
    expect(direct.sentFor(group.key)).toMatchObject([{ at: now }]);
  });

  test('pages a group anew when it fired again after its page, whatever the clock of who says so', async () => {
    let now = t0 + minute;
    const { calls, pagers } = notebook('slack');
    const { direct } = start({ pagers, now: () => now });
    await direct.page(group);
    now += 10 * minute;
    const again = { ...group, since: t0 + 20 * minute };
    await direct.page(again);
    expect(calls).toHaveLength(2);
    now += minute;
    await direct.page(again);
    expect(calls).toHaveLength(2);
    expect(direct.sentFor(group.key)).toMatchObject([{ at: t0 + 11 * minute }]);
  });

  test('pages a group at its next delivery when the log answers but takes nothing, and no page is out', async () => {
    const { calls, pagers, failing } = notebook('slack');
    failing.set('slack', down);
    const { direct, waits } = start({ pagers, stillDown: () => false });
    await direct.page(group);
    waits[0]?.go();
    await settle();
    failing.clear();
    await direct.page(group);
    expect(calls).toHaveLength(2);
    expect(direct.sentFor(group.key)).toHaveLength(1);
  });

  test('goes to the next level when nobody is on call, and never rejects', async () => {
    const { calls, pagers } = notebook('slack');
    const { direct } = start({ pagers, rungs: () => [rung(1, 0, []), rung(2, 0, ['jun'])] });
    await direct.page(group);
    expect(calls).toEqual([expect.stringContaining('.l2.jun.slack')]);
    const broken = start({
      pagers,
      rungs: () => {
        throw new Error('no schedule');
      },
    });
    await expect(broken.direct.page(group)).resolves.toBeUndefined();
    await expect(start({ pagers, rungs: () => [] }).direct.page(group)).resolves.toBeUndefined();
  });

  test('answers in time with a pager that hangs, and the fallback pages meanwhile', async () => {
    const { calls, pagers } = notebook('slack', 'webhook');
    (pagers as Map<string, object>).set('slack', { send: () => new Promise(() => {}) });
    const { direct, waits } = start({ pagers });
    await direct.page(group);
    expect(calls).toEqual([expect.stringContaining('minji.webhook')]);
    expect(waits.map(({ ms }) => ms)).toEqual([1000]);
  });

  test('tries again with back-off while the log is down, and stops when it is back or the group is merged', async () => {
    let redisDown = true;
    const { calls, pagers, failing } = notebook('slack');
    failing.set('slack', down);
    const { direct, waits } = start({ pagers, stillDown: () => redisDown });
    await direct.page(group);
    for (let tries = 0; tries < 3; tries++) {
      waits[tries]?.go();
      await settle();
    }
    expect(waits.map(({ ms }) => ms)).toEqual([1000, 2000, 4000, 8000]);
    expect(calls).toHaveLength(4);
    expect(calls[1]).toMatch(/ again$/);
    failing.clear();
    waits[3]?.go();
    await settle();
    expect(direct.sentFor(group.key)).toHaveLength(1);

    failing.set('slack', down);
    await direct.page({ ...group, key: 'other' });
    calls.length = 0;
    redisDown = false;
    waits[4]?.go();
    await settle();
    expect(calls).toEqual([]);
  });
});
