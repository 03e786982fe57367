import { beforeEach, expect, it } from 'vitest';
import { createLooks } from '../../src/redis/looks.ts';
import { describeWithRedis, useStore } from './store.ts';

describeWithRedis('looks at a target', () => {
  const store = useStore({ now: 0 });
  let at = 0;
  beforeEach(async () => {
    at = Date.now();
    await store().redis.flushall();
  });
  const looks = () => createLooks(store().redis, () => at);

  it('are four at once, of all incidents together; others wait until one is done, or must be', async () => {
    const { admit } = looks();
    const admitted = await Promise.all(Array.from({ length: 4 }, () => admit('db', 2000)));
    expect(await admit('db', 2000)).toEqual({ waitMs: 1000 });
    expect(await admit('another', 2000)).toHaveProperty('done');
    const [first] = admitted;
    if (first && 'done' in first) await first.done();
    expect(await admit('db', 2000)).toHaveProperty('done');
    at += 2001;
    expect(await admit('db', 2000)).toHaveProperty('done');
  });

  it('are sixty a minute', async () => {
    const { admit } = looks();
    for (let count = 0; count < 60; count++) {
      const leave = await admit('db', 2000);
      expect(leave, `look ${count}`).toHaveProperty('done');
      if ('done' in leave) await leave.done();
    }
    const refused = await admit('db', 2000);
    expect(refused).toHaveProperty('waitMs');
    if ('waitMs' in refused) expect(refused.waitMs).toBeGreaterThan(30_000);
  });

  it('are shared while they are fresh', async () => {
    const { recent, keep } = looks();
    expect(await recent('a')).toBeNull();
    await keep('a', { verdict: 'fail' });
    expect(await recent('a')).toEqual({ verdict: 'fail' });
    const ms = await store().redis.pttl('{muster}:look:a');
    expect(ms).toBeGreaterThan(5000);
    expect(ms).toBeLessThanOrEqual(10_000);
  });
});
