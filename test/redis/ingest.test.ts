import { beforeEach, expect, it } from 'vitest';
import type { Group } from '../../src/redis/ingest.ts';
import { keys } from '../../src/redis/keys.ts';
import { alert, minute, opening, person, receive, t0 } from '../incident/given.ts';
import { describeWithRedis, useStore } from './store.ts';

const group = (
  digest: string,
  over: Parameters<typeof receive>[0] = {},
  treatment: Group['treatment'] = 'open',
): Group => ({
  command: receive(over),
  digest,
  treatment,
});

describeWithRedis('ingest', () => {
  const clock = { now: t0 };
  const store = useStore(clock);
  beforeEach(async () => {
    await store().redis.flushall();
  });

  it('opens one incident for the same group sent fifty times at once', async () => {
    const answers = await Promise.all(Array.from({ length: 50 }, () => store().ingest(group('d1'))));
    expect(answers.filter(({ received }) => received === 'opened')).toHaveLength(1);
    expect(await store().find.open()).toHaveLength(1);
    expect(await store().redis.get(keys.sequence)).toBe('1');
  });

  it('lets fifty alerts of one incident join at once without a lost race', async () => {
    await store().ingest(group('d0'));
    await store().redis.config('RESETSTAT');
    const fired = Array.from({ length: 50 }, (_, index) => [alert(`Slow-${index}`)]);
    await Promise.all(fired.map((firing, index) => store().ingest(group(`d-${index}`, { firing }))));
    const [incident] = await store().find.open();
    expect(incident?.state.alerts).toHaveLength(51);
    expect(await store().redis.info('errorstats')).not.toContain('VERSION');
  });

  it('answers an identical repeat without reading the log', async () => {
    await store().ingest(group('d1'));
    expect(await store().ingest(group('d1'))).toEqual({ received: 'known', id: null });
  });

  it('joins a further alert and proposes recovery when the last one is gone', async () => {
    await store().ingest(group('d1'));
    await store().ingest(group('d2', { firing: [alert('HighErrorRate'), alert('Slow')] }));
    const resolved = ['HighErrorRate', 'Slow'].map((fingerprint) => ({ fingerprint, at: t0 + minute }));
    await store().ingest(group('d3', { at: t0 + minute, firing: [], resolved }));
    const [incident] = await store().find.open();
    expect(incident?.state.status).toEqual({ is: 'recovering', since: t0 + minute });
  });

  it('forgets a digest when the incident closes, so that the same group fires anew', async () => {
    await store().ingest(group('d1'));
    const resolved = [{ fingerprint: 'HighErrorRate', at: t0 + minute }];
    await store().ingest(group('d2', { at: t0 + minute, firing: [], resolved }));
    await store().handle(1, {
      type: 'Resolve',
      at: t0 + 2 * minute,
      by: person('minji'),
      rule: 'confirmed',
      reason: null,
    });
    expect(await store().find.open()).toEqual([]);

    const again = [alert('HighErrorRate', { startsAt: t0 + 5 * minute })];
    const reopened = await store().ingest(group('d1', { at: t0 + 5 * minute, firing: again }));
    expect(reopened).toEqual({ received: 'joined', id: 1 });
    expect((await store().find.open())[0]?.state.status).toEqual({ is: 'open' });
  });

  it('opens a new incident when the same group fires after the reopen window', async () => {
    await store().ingest(group('d1'));
    await store().handle(1, {
      type: 'Resolve',
      at: t0 + minute,
      by: person('minji'),
      rule: 'confirmed',
      reason: null,
    });
    const firing = [alert('HighErrorRate', { startsAt: t0 + 60 * minute })];
    expect(await store().ingest(group('d1', { at: t0 + 60 * minute, firing }))).toEqual({
      received: 'opened',
      id: 2,
    });
  });

  it('makes no ghost of a resolve that nobody knows', async () => {
    const resolved = [{ fingerprint: 'HighErrorRate', at: t0 }];
    expect((await store().ingest(group('d1', { firing: [], resolved }))).received).toBe('nothing');
    expect(await store().find.latest(10)).toEqual([]);
  });

  it('lists what is not worth an incident, and forgets it when it resolves', async () => {
    const low = { opening: opening({ severity: 'P4', title: 'Disk 70 % full' }) };
    expect((await store().ingest(group('d1', low, 'list'))).received).toBe('listed');
    expect(await store().find.listed()).toMatchObject([
      { title: 'Disk 70 % full', severity: 'P4', since: t0 },
    ]);
    await store().ingest(group('d2', { ...low, firing: [] }, 'list'));
    expect(await store().find.listed()).toEqual([]);
  });

  it('opens what was only listed, once its severity is given an incident', async () => {
    await store().ingest(group('d1', {}, 'list'));
    expect(await store().ingest(group('d1', {}, 'open'))).toEqual({ received: 'opened', id: 1 });
  });

  it('takes a firing again that follows a resolve found elsewhere, though it says what was said before', async () => {
    await store().ingest(group('d1'));
    const resolved = [{ fingerprint: 'HighErrorRate', at: t0 + minute }];
    await store().handle(1, receive({ at: t0 + minute, firing: [], resolved }));
    expect((await store().find.open())[0]?.state.status.is).toBe('recovering');
    expect(await store().ingest(group('d1', { at: t0 + 5 * minute }))).toEqual({ received: 'joined', id: 1 });
    expect((await store().find.open())[0]?.state.status.is).toBe('open');
  });

  it('looks at a group again while a part of it was held back', async () => {
    await store().ingest(group('d1'));
    const resolved = [{ fingerprint: 'HighErrorRate', at: t0 + minute }];
    await store().ingest(group('d2', { at: t0 + minute, firing: [], resolved }));
    const both = [alert('HighErrorRate'), alert('Slow')];
    await store().ingest(group('d3', { at: t0 + minute + 1000, firing: both }));
    expect((await store().find.open())[0]?.state.alerts.map(({ resolvedAt }) => resolvedAt)).toContain(
      t0 + minute,
    );
    await store().ingest(group('d3', { at: t0 + 6 * minute, firing: both }));
    expect((await store().find.open())[0]?.state.alerts.map(({ resolvedAt }) => resolvedAt)).toEqual([
      null,
      null,
    ]);
  });
});
