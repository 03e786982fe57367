import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasRedis, redisMissing } from '../parts/redis-node.ts';
import { alertBody } from './alert.ts';
import { type App, patienceMs, startApp, waitFor } from './harness.ts';
import { pagesSeen } from './pages-seen.ts';

const suite = hasRedis ? 'alerts come again' : `alerts come again: ${redisMissing}`;
const minute = 60_000;

describe.skipIf(!hasRedis)(suite, { timeout: 120_000 }, () => {
  let app: App;
  let ahead = 0;
  beforeAll(async () => {
    app = await startApp({ now: () => Date.now() + ahead });
  });
  afterAll(() => app.stop());

  test('a re-fire within the reopen window reopens and pages anew; outside of it, it is a new incident', async () => {
    const fire = alertBody([{ name: 'Flapping' }]);
    const end = alertBody([{ name: 'Flapping', status: 'resolved' }]);
    expect(await app.alert(fire)).toBe(200);
    await app.click('minji', () => app.pagesOf('minji'), 'acknowledge');
    await app.untilIncident('the acknowledgement', ({ state }) => state.acknowledged !== null);
    expect(await app.alert(end)).toBe(200);
    await app.click('minji', app.channel, 'confirm-recovery');
    await app.untilIncident('the end', ({ state }) => state.status.is === 'resolved');

    ahead += 10 * minute;
    expect(await app.alert(fire)).toBe(200);
    await app.untilIncident(
      'the reopening and its page',
      ({ state }) => state.paging.round === 2 && state.paging.sent.length === 4,
    );
    expect(await app.incidents()).toHaveLength(1);
    expect(pagesSeen(app, 'minji', 1)).toHaveLength(4);

    await app.click('minji', () => app.pagesOf('minji'), 'acknowledge');
    await app.untilIncident('the second acknowledgement', ({ state }) => state.acknowledged !== null);
    expect(await app.alert(end)).toBe(200);
    await app.click('minji', app.channel, 'confirm-recovery');
    await app.untilIncident('the second end', ({ state }) => state.status.is === 'resolved');
    ahead += 31 * minute;
    expect(await app.alert(fire)).toBe(200);
    await app.untilIncident(
      'the new incident',
      ({ state }) => state.paging.sent.length === 2 && state.channel !== null,
      20_000,
      2,
    );
    expect(app.channel(1)).toBeDefined();
    expect(app.channel(2)?.name).toBe('inc-2-orders-flapping');
  });

  test('a re-fire while people still confirm takes the proposal back; a firing overtaken by its resolve does not', async () => {
    const fire = alertBody([{ name: 'Wavering' }]);
    expect(await app.alert(fire)).toBe(200);
    expect(await app.alert(alertBody([{ name: 'Wavering', status: 'resolved' }]))).toBe(200);
    await app.untilIncident('the proposal', ({ state }) => state.status.is === 'recovering', patienceMs, 3);
    expect(await app.alert(fire)).toBe(200);
    expect((await app.incident(3))?.state.status.is).toBe('recovering');
    expect(await app.alert(alertBody([{ name: 'Wavering', startsAt: '2026-11-20T10:06:00Z' }]))).toBe(200);
    expect((await app.incident(3))?.state.status.is).toBe('open');
    expect(await app.incidents()).toHaveLength(3);
  });

  test('more than Muster can take at once is answered 200 or 503 and nothing else', async () => {
    const bodies = Array.from({ length: 600 }, (_, index) =>
      JSON.stringify(alertBody([{ name: `Crowd${index % 200}`, severity: 'warning' }])),
    );
    const answers = await Promise.all(bodies.map((body) => app.alert(body)));
    expect([...new Set(answers)].filter((status) => status !== 200 && status !== 503)).toEqual([]);
    await waitFor('the rest to be taken', async () => {
      const again = await Promise.all(bodies.slice(0, 200).map((body) => app.alert(body)));
      return again.every((status) => status === 200);
    });
    expect(await app.redis.client.hlen('{muster}:listed')).toBe(200);
  });
});
