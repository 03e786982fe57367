import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { keys } from '../../src/redis/keys.ts';
import { hasRedis, redisMissing } from '../parts/redis-node.ts';
import { alertBody } from './alert.ts';
import { type App, patienceMs, startApp, waitFor } from './harness.ts';
import { pagesSeen } from './pages-seen.ts';

const suite = hasRedis ? 'paging through the whole app' : `paging through the whole app: ${redisMissing}`;
const minute = 60_000;

describe.skipIf(!hasRedis)(suite, { timeout: 120_000 }, () => {
  let app: App;
  let ahead = 0;
  beforeAll(async () => {
    app = await startApp({
      now: () => Date.now() + ahead,
      behaviour: {
        services: { lonely: { owner: 'lonely' } },
        rotations: {
          platform: { people: ['minji', 'jun'], start: '2020-01-06' },
          comms: { people: ['hana'], start: '2020-01-06' },
          lonely: { people: ['sora'], start: '2020-01-06' },
        },
      },
    });
  });
  afterAll(() => app.stop());

  test('Slack hangs during a P1: the page is out through PagerDuty within 5 s, and the channel catches up once', {
    timeout: 60_000,
  }, async () => {
    app.outside.slack.faults.outage('hang');
    const startedAt = Date.now();
    expect(await app.alert(alertBody([{ name: 'Dark' }]))).toBe(200);
    await waitFor(
      'the page',
      () => pagesSeen(app, 'minji', 1).some((page) => page.startsWith('pagerduty')),
      5000,
    );
    expect(Date.now() - startedAt).toBeLessThan(5000);
    await waitFor(
      'the other pager, because one failed',
      () => pagesSeen(app, 'minji', 1).some((page) => page.startsWith('webhook')),
      30_000,
    );
    expect(app.outside.slack.faults.happened.length).toBeGreaterThan(0);
    app.outside.slack.faults.outage(false);
    await app.untilIncident('channel and card', ({ state }) => state.card !== null, 30_000);
    await waitFor('the direct message', () => pagesSeen(app, 'minji', 1).length === 3, 30_000);
    await app.rest();
    expect(pagesSeen(app, 'minji', 1)).toHaveLength(3);
    expect(
      app.channel()?.messages.filter(({ metadata }) => metadata?.event_type === 'muster_card'),
    ).toHaveLength(1);
  });

  test('a pager accepts and its answer is lost: one visible page', async () => {
    const lost = app.outside.pagerDuty.faults.inject(/enqueue/, { kind: 'lose-reply' });
    app.outside.slack.faults.next('chat.postMessage', { kind: 'reset', when: 'after' });
    expect(await app.alert(alertBody([{ name: 'Echo' }]))).toBe(200);
    await app.untilIncident(
      'the record of both pages',
      ({ state }) => new Set(state.paging.sent.map(({ pager }) => pager)).size === 3,
      20_000,
      2,
    );
    await app.rest();
    expect(lost.taken).toBe(1);
    const pages = pagesSeen(app, 'minji', 2);
    expect(pages.filter((page) => page.startsWith('slack'))).toHaveLength(1);
    expect(pages.filter((page) => page.startsWith('pagerduty'))).toHaveLength(1);
  });

  test('after an acknowledgement nobody else is paged, although the next level is due at the same moment', async () => {
    expect(await app.alert(alertBody([{ name: 'Race' }]))).toBe(200);
    await app.untilIncident('the first level', ({ state }) => state.paging.sent.length === 2, patienceMs, 3);
    ahead += 5 * minute - 1000;
    await app.click('minji', () => app.pagesOf('minji'), 'acknowledge');
    await app.untilIncident('the acknowledgement', ({ state }) => state.acknowledged !== null, patienceMs, 3);
    const before = pagesSeen(app, 'jun', 3);
    ahead += 20 * minute;
    await app.redis.client.zadd(keys.due, app.now(), 'paging|3');
    await app.rest();
    expect(pagesSeen(app, 'jun', 3)).toEqual(before);
    expect(before).toEqual([]);
  });

  test('the next level is paged although its job was deleted: the sweep finds it', async () => {
    expect(await app.alert(alertBody([{ name: 'Deleted' }]))).toBe(200);
    await app.untilIncident('the first level', ({ state }) => state.paging.sent.length === 2, patienceMs, 4);
    await app.rest();
    for (const key of await app.redis.client.keys(`${keys.queues}:sync-paging:*`)) {
      if (!/:(meta|id)$/.test(key)) await app.redis.client.del(key);
    }
    ahead += 5 * minute;
    await waitFor('the secondary', () => pagesSeen(app, 'jun', 4).length === 2, 10_000);
  });

  test('nobody on call is said loudly, and the next level is due at once', async () => {
    expect(await app.alert(alertBody([{ name: 'Lonely', service: 'lonely' }]))).toBe(200);
    await app.untilIncident('the first level', ({ state }) => state.paging.sent.length === 2, patienceMs, 5);
    ahead += 5 * minute;
    const startedAt = Date.now();
    const { events, state } = await app.untilIncident(
      'the third level, five minutes early',
      (one) => one.state.paging.levels.some(({ level }) => level === 3),
      30_000,
      5,
    );
    expect(Date.now() - startedAt).toBeLessThan(30_000);
    expect(events.find(({ type }) => type === 'NobodyOnCall')).toMatchObject({
      level: 2,
      rule: expect.stringContaining('nobody is secondary'),
    });
    expect(state.paging.levels.find(({ level }) => level === 3)?.people).toEqual(['sora']);
    await app.outside.slack.until(
      'the warning in the channel',
      () => app.channel(5)?.messages.some(({ text }) => /nobody|no one/i.test(text)),
      patienceMs,
    );
  });
});
