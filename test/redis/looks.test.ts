import { beforeEach, expect, it } from 'vitest';
import { createLooks } from '../../src/redis/looks.ts';
import { describeWithRedis, useStore } from './store.ts';

describeWithRedis('looks at a target', () => {
  const store = useStore({ now: 0 });
  beforeEach(async () => void (await store().redis.flushall()));
  const looks = () => createLooks<string, { verdict: string }>(store().redis);

  it('are four at once, of all incidents together; others wait until one is done, or must be', async () => {
    const { admit } = looks();
    const admitted = await Promise.all(Array.from({ length: 4 }, () => admit('db', 2000)));
    expect(await admit('db', 2000)).toEqual({ waitMs: 200 });
    expect(await admit('another', 2000)).toHaveProperty('done');
    const [first] = admitted;
    if (first && 'done' in first) await first.done();
    expect(await admit('db', 2000)).toHaveProperty('done');
  });

  it('keep their places while a shorter one comes and goes', async () => {
    const { admit } = looks();
    await Promise.all(Array.from({ length: 3 }, () => admit('db', 2000)));
    expect(await admit('db', 20)).toHaveProperty('done');
    await expect.poll(() => admit('db', 2000), { interval: 5 }).toHaveProperty('done');
    expect(await admit('db', 2000)).toEqual({ waitMs: 200 });
  });

  it('are timed by the clock of Redis, on which workers agree', async () => {
    await looks().admit('db', 2000);
    const [seconds = 0, micros = 0] = (await store().redis.time()).map(Number);
    const [, until] = await store().redis.zrange('{muster}:target:db:running', '0', '0', 'WITHSCORES');
    const left = Number(until) - (seconds * 1000 + micros / 1000);
    expect(left).toBeGreaterThan(1000);
    expect(left).toBeLessThanOrEqual(2000);
  });

  it('are 120 a minute', async () => {
    const { admit } = looks();
    for (let count = 0; count < 120; count++) {
      const leave = await admit('db', 2000);
      expect(leave, `look ${count}`).toHaveProperty('done');
      if ('done' in leave) await leave.done();
    }
    const refused = await admit('db', 2000);
    expect(refused).toHaveProperty('waitMs');
    if ('waitMs' in refused) expect(refused.waitMs).toBeGreaterThan(30_000);
  });

  it('are made once: who asks meanwhile waits for the finding, who asks soon after gets it', async () => {
    const { share, finish } = looks();
    expect(await share('a', 'one', 5000)).toBe('leads');
    expect(await share('a', 'two', 5000)).toBe('waits');
    expect(await share('a', 'two', 5000)).toBe('waits');
    expect(await share('a', 'one', 5000)).toBe('leads');
    expect(await share('b', 'two', 5000)).toBe('leads');
    expect(await finish('a', { verdict: 'fail' })).toEqual(['two']);
    expect(await share('a', 'three', 5000)).toEqual({ found: { verdict: 'fail' } });
    const ms = await store().redis.pttl('{muster}:look:a');
    expect(ms).toBeGreaterThan(5000);
    expect(ms).toBeLessThanOrEqual(10_000);
  });

  it('are led by another when the first found out nothing, or died', async () => {
    const { share, finish } = looks();
    await share('a', 'one', 5000);
    await finish('a', null);
    expect(await share('a', 'two', 50)).toBe('leads');
    await expect.poll(() => share('a', 'three', 5000)).toBe('leads');
  });
});
