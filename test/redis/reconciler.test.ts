import { beforeEach, expect, it } from 'vitest';
import type { Room } from '../../src/incident/room.ts';
import { Failure } from '../../src/kit/failure.ts';
import { silent } from '../../src/kit/log.ts';
import { keys } from '../../src/redis/keys.ts';
import { startSweep } from '../../src/redis/sweep.ts';
import { minute, person, receive, t0 } from '../incident/given.ts';
import { describeWithRedis, useStore } from './store.ts';

/** A room that acknowledges by itself after a minute, and counts what it did. */
function eager(done: string[], fail: () => Failure | null = () => null): Room<'ack'> {
  return {
    name: 'paging',
    parallel: false,
    plan: ({ state }, now) => {
      if (state.acknowledged) return { actions: [], wakeAt: null };
      const due = state.openedAt + minute;
      return now >= due ? { actions: ['ack'], wakeAt: null } : { actions: [], wakeAt: due };
    },
    perform: async (action, _incident, { now }) => {
      const failure = fail();
      if (failure) throw failure;
      done.push(action);
      return [{ type: 'Acknowledge', at: now(), by: person('minji') }];
    },
  };
}

describeWithRedis('reconciler', () => {
  const clock = { now: t0 };
  const store = useStore(clock);
  beforeEach(async () => {
    clock.now = t0;
    await store().redis.flushall();
    await store().ingest({ command: receive(), digest: 'd', treatment: 'open' });
  });

  it('sleeps until its time and does the thing once', async () => {
    const done: string[] = [];
    await store().sync(eager(done), 1);
    expect(done).toEqual([]);
    expect(await store().redis.zscore(keys.due, 'paging|1')).toBe(String(t0 + minute));
    clock.now = t0 + minute;
    await store().sync(eager(done), 1);
    await store().sync(eager(done), 1);
    expect(done).toEqual(['ack']);
    expect(await store().redis.zscore(keys.due, 'paging|1')).toBeNull();
  });

  it('looks again with back-off after a failure, and honours what the other side asked for', async () => {
    clock.now = t0 + minute;
    const broken = new Failure({ code: 'x', what: 'x', remedy: 'x' });
    await store().sync(
      eager([], () => broken),
      1,
    );
    expect(await store().redis.zscore(keys.due, 'paging|1')).toBe(String(clock.now + 1000));
    await store().sync(
      eager([], () => broken),
      1,
    );
    expect(await store().redis.zscore(keys.due, 'paging|1')).toBe(String(clock.now + 2000));
    const limited = new Failure({ code: 'x', what: 'x', remedy: 'x', retryAfterMs: 30_000 });
    await store().sync(
      eager([], () => limited),
      1,
    );
    expect(await store().redis.zscore(keys.due, 'paging|1')).toBe(String(clock.now + 30_000));
    const hopeless = new Failure({ code: 'x', what: 'x', remedy: 'x', retry: 'never' });
    await store().sync(
      eager([], () => hopeless),
      1,
    );
    expect(await store().redis.zscore(keys.due, 'paging|1')).toBe(String(clock.now + 120_000));
  });

  it('finds by the sweep what no job was queued for', async () => {
    clock.now = t0 + 10_000;
    const queued: string[] = [];
    const rooms = ['paging', 'slack'] as const;
    const sweep = startSweep({
      redis: store().redis,
      now: () => clock.now,
      report: silent,
      rooms,
      sync: async (room, id) => void queued.push(`${room} ${id}`),
    });
    await expect.poll(sweep.lastAt).toBe(clock.now);
    sweep.stop();
    expect(queued).toEqual(expect.arrayContaining(['paging 1', 'slack 1']));
  });

  it('repairs the due index from the open incidents', async () => {
    const queued: string[] = [];
    const rooms = ['paging'] as const;
    const report = silent;
    const sync = async (room: string, id: number) => void queued.push(`${room} ${id}`);
    const sweep = startSweep({ redis: store().redis, now: () => clock.now, report, rooms, sync });
    await expect.poll(sweep.lastAt).toBe(clock.now);
    sweep.stop();
    queued.length = 0;
    await store().redis.del(keys.due);
    clock.now += 10 * minute;
    await sweep.sweepNow();
    expect(queued).toContain('paging 1');
  });
});
