import { afterEach, expect, it } from 'vitest';
import { Failure } from '../../src/kit/failure.ts';
import { silent } from '../../src/kit/log.ts';
import { createQueues, type Queues } from '../../src/redis/queues.ts';
import { t0 } from '../incident/given.ts';
import { describeWithRedis, useStore } from './store.ts';

describeWithRedis('queues', () => {
  const store = useStore({ now: t0 });
  let queues: Queues;
  afterEach(async () => {
    await queues.close();
    await store().redis.flushall();
  });

  it('runs the worst severity first, and one sync for many requests', async () => {
    queues = createQueues(store().redis, store().connector, silent);
    await queues.sync('slack', 3, 'P3');
    await queues.sync('slack', 3, 'P3');
    await queues.sync('slack', 1, 'P1');
    expect((await queues.waiting())['sync-slack']).toBe(2);
    const ran: number[] = [];
    queues.workSyncs('slack', async (id) => void ran.push(id));
    await expect.poll(() => ran).toEqual([1, 3]);
  });

  it('keeps one more sync waiting while one runs, so that nothing that happened meanwhile is missed', async () => {
    queues = createQueues(store().redis, store().connector, silent);
    let release = (): void => {};
    let runs = 0;
    queues.workSyncs('slack', async () => {
      runs++;
      if (runs === 1) await new Promise<void>((resolve) => (release = resolve));
    });
    await queues.sync('slack', 1, 'P1');
    await expect.poll(() => runs).toBe(1);
    await queues.sync('slack', 1, 'P1');
    await queues.sync('slack', 1, 'P1');
    release();
    await expect.poll(() => runs).toBe(2);
  });

  it('queues the same attempt of a step once, and knows which locations are staffed', async () => {
    queues = createQueues(store().redis, store().connector, silent);
    const job = { incident: 1, run: 'redis@abc', step: 'quorum', attempt: 1, recheck: 0 };
    await queues.step('step-1', job, 'outside', 'P1');
    await queues.step('step-1', job, 'outside', 'P1');
    expect(await queues.locations()).toEqual([]);
    const ran: unknown[] = [];
    await queues.workSteps('outside', async (one) => void ran.push(one));
    await expect.poll(() => ran).toEqual([job]);
    await expect.poll(() => queues.locations()).toEqual(['outside']);
  });

  it('lets a job that has to come back later wait outside the places of the worker', async () => {
    queues = createQueues(store().redis, store().connector, silent);
    const named = (step: string) => ({ incident: 1, run: 'r@1', step, attempt: 1, recheck: 0 });
    const ran: string[] = [];
    await queues.workSteps(null, async ({ step }) => {
      ran.push(step);
      if (step.startsWith('busy') && ran.filter((one) => one === step).length === 1)
        throw new Failure({ code: 'busy', what: 'Busy', remedy: 'Later.', retryAfterMs: 2000 });
    });
    // More than there are places; what comes after them runs before any comes back.
    const busy = Array.from({ length: 25 }, (_, index) => `busy-${index}`);
    for (const step of [...busy, 'free']) await queues.step(step, named(step), null, 'P1');
    await expect.poll(() => ran.length, { timeout: 15_000 }).toBe(51);
    expect(ran.indexOf('free')).toBe(25);
  });

  it('makes nobody wait many times longer than was said, however often they came before', async () => {
    queues = createQueues(store().redis, store().connector, silent);
    let times = 0;
    await queues.workSteps(null, async () => {
      times++;
      // A target whose places are taken, and then its minute is used up.
      const retryAfterMs = times < 4 ? 1 : 60_000;
      throw new Failure({ code: 'busy', what: 'Busy', remedy: 'Later.', retryAfterMs });
    });
    await queues.step('step-1', { incident: 1, run: 'r@1', step: 'a', attempt: 1, recheck: 0 }, null, 'P1');
    const due = async () => {
      const [, at] = await store().redis.zrange('{muster}:queue:steps:delayed', '0', '0', 'WITHSCORES');
      // BullMQ keeps the moment above twelve bits of a counter.
      return at === undefined ? 0 : Math.round(Number(at) / 4096) - Date.now();
    };
    await expect.poll(async () => times === 4 && (await due()) > 50_000).toBe(true);
    expect(await due()).toBeLessThanOrEqual(60_000);
  });

  it('gives a job of a worker that stops to another one, at once and once', async () => {
    queues = createQueues(store().redis, store().connector, silent);
    const leaving = createQueues(store().redis, store().connector, silent);
    let begun = false;
    const stopping = Promise.withResolvers<void>();
    await leaving.workSteps(null, async () => {
      begun = true;
      await stopping.promise;
      throw new Failure({ code: 'stopped', what: 'Stopping', remedy: 'Later.', retryAfterMs: 100 });
    });
    const job = { incident: 1, run: 'r@1', step: 'a', attempt: 1, recheck: 0 };
    await leaving.step('step-1', job, null, 'P1');
    await expect.poll(() => begun).toBe(true);
    const closed = leaving.close();
    stopping.resolve();
    await closed;
    const ran: unknown[] = [];
    await queues.workSteps(null, async (one) => void ran.push(one));
    await expect.poll(() => ran).toEqual([job]);
    await expect.poll(() => store().redis.exists('{muster}:queue:steps:step-1')).toBe(0);
  });
});
