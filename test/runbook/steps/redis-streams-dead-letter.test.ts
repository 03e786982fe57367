import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { redisStreamsDeadLetter } from '../../../src/runbook/steps/redis-streams-dead-letter.ts';
import { hasRedis, type RedisNode, redisMissing, startRedisNode } from '../../parts/redis-node.ts';
import { runForReal } from '../../parts/run.ts';

describe.skipIf(!hasRedis)(`redis-streams-dead-letter on a real Redis (${redisMissing})`, () => {
  let redis: RedisNode;
  beforeAll(async () => {
    redis = await startRedisNode([]);
  });
  afterAll(() => redis.stop());
  beforeEach(async () => {
    await redis.client.flushall();
    await redis.client.xgroup('CREATE', 'orders', 'billing', '0', 'MKSTREAM');
    for (let n = 1; n <= 5; n++) await redis.client.xadd('orders', `1-${n}`, 'n', String(n));
    await redis.client.xreadgroup('GROUP', 'billing', 'gone', 'STREAMS', 'orders', '>');
    for (const id of ['1-2', '1-4']) {
      for (let n = 0; n < 5; n++)
        await redis.client.xclaim('orders', 'billing', 'gone', 0, id, 'IDLE', 90_000);
    }
    await redis.client.xclaim('orders', 'billing', 'gone', 0, '1-3', 'IDLE', 90_000);
  });

  const pending = async () =>
    ((await redis.client.xpending('orders', 'billing', '-', '+', 100)) as [string][]).map(([id]) => id);
  const setAside = (more = {}, secrets = {}) =>
    runForReal(
      redisStreamsDeadLetter,
      { redis: { address: redis.address }, stream: 'orders', group: 'billing', ...more },
      { secrets },
    );

  it('sets aside what was delivered too often, without any live consumer', async () => {
    const report = await setAside();
    expect(report, report.sentence).toMatchObject({
      verdict: 'pass',
      facts: { dead: 2, deleted: 0, left: 0 },
    });
    expect(await pending()).toEqual(['1-1', '1-3', '1-5']);
    const kept = (await redis.client.xrange('orders:dead', '-', '+')) as [string, string[]][];
    expect(kept.map(([, fields]) => fields[fields.indexOf('dead:id') + 1])).toEqual(['1-2', '1-4']);
    expect(await redis.client.xlen('orders')).toBe(5);
  });

  it('sets aside the named entries and no others, each once', async () => {
    expect(await setAside({ ids: ['1-3'], dead_letter: 'letters' })).toMatchObject({ facts: { dead: 1 } });
    expect(await pending()).toEqual(['1-1', '1-2', '1-4', '1-5']);
    const again = await setAside({ ids: ['1-3', '1-1'], dead_letter: 'letters' });
    expect(again).toMatchObject({ verdict: 'warn', facts: { dead: 0, left: 2 } });
    expect(again.evidence.rows).toEqual([
      ['1-3', 'left'],
      ['1-1', 'left'],
    ]);
    expect(await redis.client.xlen('letters')).toBe(1);
  });

  it('does no more than allowed, and acknowledges what has no content left', async () => {
    await redis.client.xdel('orders', '1-2');
    expect(await setAside({ most: 1 })).toMatchObject({ facts: { dead: 0, deleted: 1 } });
    expect(await pending()).toEqual(['1-1', '1-3', '1-4', '1-5']);
  });

  it('needs no more rights than it names, and changes nothing without them', async () => {
    const rights = ['on', '>p4ss', '~orders', '~orders:dead', '-@all', '+xinfo', '+xpending', '+eval'];
    await redis.client.call('ACL', 'SETUSER', 'less', ...rights, '+xrange', '+xack');
    await redis.client.call('ACL', 'SETUSER', 'changer', ...rights, '+xrange', '+xack', '+xadd');
    const as = (username: string) =>
      setAside({ redis: { address: redis.address, username, password: { secretRef: 'P' } } }, { P: 'p4ss' });
    expect(await as('less')).toMatchObject({
      verdict: 'fail',
      sentence: expect.stringContaining('Nothing was changed'),
    });
    expect(await pending()).toHaveLength(5);
    expect(await as('changer')).toMatchObject({ verdict: 'pass', facts: { dead: 2 } });
  });

  it('changes nothing where there is no such group, or no answer', async () => {
    expect(await setAside({ group: 'nope' })).toMatchObject({ verdict: 'fail' });
    redis.freeze();
    const report = await setAside({ patience: '300ms' });
    redis.thaw();
    expect(report).toMatchObject({
      verdict: 'fail',
      sentence: expect.stringContaining('Nothing was changed'),
    });
    expect(await pending()).toHaveLength(5);
  });
});
