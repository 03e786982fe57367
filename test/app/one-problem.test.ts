import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasRedis, redisMissing } from '../parts/redis-node.ts';
import { alertBody } from './alert.ts';
import { type App, patienceMs, startApp } from './harness.ts';
import { pagesSeen } from './pages-seen.ts';

const suite = hasRedis ? 'one problem' : `one problem: ${redisMissing}`;

describe.skipIf(!hasRedis)(suite, { timeout: 120_000 }, () => {
  let app: App;
  beforeAll(async () => {
    app = await startApp();
  });
  afterAll(() => app.stop());

  test('the same payload 50 times at once from three senders: one incident, one channel, one visible page per person', async () => {
    const body = (receiver: string) => JSON.stringify(alertBody([{ name: 'Flood' }], { receiver }));
    const senders = ['muster', 'muster', 'muster-two'];
    const answers = await Promise.all(
      Array.from({ length: 150 }, (_, index) => app.alert(body(senders[index % 3] as string))),
    );
    expect([...new Set(answers)].filter((status) => status !== 200 && status !== 503)).toEqual([]);
    expect(answers.filter((status) => status === 200).length).toBeGreaterThanOrEqual(50);
    await app.untilIncident(
      'both pages',
      ({ state }) => state.paging.sent.length === 2 && state.card !== null,
    );
    await app.rest();
    expect(await app.incidents()).toHaveLength(1);
    const channels = [...app.outside.slack.world.channels.values()].filter(({ kind }) => kind === 'public');
    expect(channels.map(({ name }) => name)).toEqual(['general', 'inc-1-orders-flood']);
    expect(pagesSeen(app, 'minji')).toEqual([
      'pagerduty inc-1.r1.l1.minji.pagerduty',
      'slack inc-1.r1.l1.minji.slack',
    ]);
    expect(pagesSeen(app, 'jun')).toEqual([]);
    expect(app.channel()?.pins).toHaveLength(1);
  });

  test('three Alertmanagers tell it in their own words and order: one incident, and no further page', async () => {
    const one = { name: 'Replicas', instance: 'a', fingerprint: 'fa' } as const;
    const two = { name: 'Replicas', instance: 'b', fingerprint: 'fb' } as const;
    const bodies = [
      alertBody([one, two], { receiver: 'muster' }),
      alertBody([two, one], { receiver: 'continued' }),
      alertBody([
        { ...one, startsAt: '2026-11-20T10:00:07Z', summary: 'value: 12.4 %' },
        { ...two, summary: 'value: 12.5 %' },
      ]),
      alertBody([{ ...one, summary: 'value: 12.6 %' }]),
    ];
    expect(await Promise.all(bodies.map(app.alert))).toEqual([200, 200, 200, 200]);
    expect(await app.alert(bodies[2])).toBe(200);
    await app.untilIncident('its pages', ({ state }) => state.paging.sent.length === 2, patienceMs, 2);
    await app.rest();
    const incidents = await app.incidents();
    expect(incidents).toHaveLength(2);
    expect(incidents[1]?.state.alerts.map(({ fingerprint }) => fingerprint).sort()).toEqual(['fa', 'fb']);
    expect(pagesSeen(app, 'minji', 2)).toHaveLength(2);
  });

  test('a resolve before its firing makes no ghost, and twice is once', async () => {
    const resolved = alertBody([{ name: 'Late', status: 'resolved' }]);
    expect(await app.alert(resolved)).toBe(200);
    expect(await app.incidents()).toHaveLength(2);
    expect(await app.alert(alertBody([{ name: 'Late' }]))).toBe(200);
    expect(await app.alert(resolved)).toBe(200);
    expect(await app.alert(resolved)).toBe(200);
    const { state, events } = await app.untilIncident(
      'recovery',
      (one) => one.state.status.is === 'recovering',
      20_000,
      3,
    );
    expect(state.alerts).toHaveLength(1);
    expect(events.filter(({ type }) => type === 'AlertsResolved')).toHaveLength(1);
    expect(events.filter(({ type }) => type === 'RecoveryProposed')).toHaveLength(1);
  });

  test('a group that Alertmanager cut off says that there is more', async () => {
    expect(await app.alert(alertBody([{ name: 'Disks' }], { truncatedAlerts: 3 }))).toBe(200);
    await app.untilIncident('the card', ({ state }) => state.card !== null, patienceMs, 4);
    await app.outside.slack.until('the rest on the card', () =>
      JSON.stringify(app.channel(4)?.messages ?? '').includes('3 more'),
    );
  });
});
