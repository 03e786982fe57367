import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { redisStreamsClaim } from '../../../src/runbook/steps/redis-streams-claim.ts';
import { hasRedis, type RedisNode, redisMissing, startRedisNode, until } from '../../parts/redis-node.ts';
import { runForReal } from '../../parts/run.ts';

type Pending = [id: string, consumer: string, idle: number, deliveries: number][];

describe.skipIf(!hasRedis)(`redis-streams-claim on a real Redis (${redisMissing})`, () => {
  let redis: RedisNode;
  beforeAll(async () => {
    redis = await startRedisNode([]);
  });
  afterAll(() => redis.stop());
  beforeEach(async () => {
    await redis.client.flushall();
    await redis.client.xgroup('CREATE', 'orders', 'billing', '0', 'MKSTREAM');
    for (let n = 0; n < 10; n++) await redis.client.xadd('orders', `1-${n + 1}`, 'n', String(n));
    await read('gone', 8);
    const held = (await pending()).map(([id]) => id);
    await redis.client.xclaim('orders', 'billing', 'gone', 0, ...held, 'IDLE', 60_000, 'JUSTID');
    await read('alive', 1);
  });

  const read = (consumer: string, count: number) =>
    redis.client.xreadgroup('GROUP', 'billing', consumer, 'COUNT', count, 'STREAMS', 'orders', '>');
  const pending = async () => (await redis.client.xpending('orders', 'billing', '-', '+', 100)) as Pending;
  const claim = (more = {}, secrets = {}) =>
    runForReal(
      redisStreamsClaim,
      {
        redis: { address: redis.address },
        stream: 'orders',
        group: 'billing',
        min_idle: '30s',
        vanished_after: '60s',
        batch: 3,
        ...more,
      },
      { secrets },
    );

  it('moves what the vanished consumer held to the live one, in batches, without counting a delivery', async () => {
    const report = await claim();
    expect(report, report.sentence).toMatchObject({
      verdict: 'pass',
      facts: { moved: 8, dead: 0, deleted: 0, remaining: 0, consumer: 'alive' },
    });
    expect((await pending()).map(([, consumer, , deliveries]) => [consumer, deliveries])).toEqual(
      Array.from({ length: 9 }, () => ['alive', 1]),
    );
  });

  it('moves no more than allowed and says what remains', async () => {
    expect(await claim({ most: 5 })).toMatchObject({
      verdict: 'warn',
      facts: { moved: 5, remaining: 3 },
    });
  });

  it('sets poison aside with where it came from, acknowledged only together with its copy', async () => {
    for (let n = 0; n < 5; n++)
      await redis.client.xclaim('orders', 'billing', 'gone', 0, '1-2', 'IDLE', 60_000);
    expect(await claim()).toMatchObject({ facts: { moved: 7, dead: 1 } });
    expect((await pending()).map(([id]) => id)).not.toContain('1-2');
    const [[, fields]] = (await redis.client.xrange('orders:dead', '-', '+')) as [[string, string[]]];
    expect(fields).toEqual(
      expect.arrayContaining(['n', '1', 'dead:stream', 'orders', 'dead:id', '1-2', 'dead:consumer', 'gone']),
    );
    expect(await redis.client.xlen('orders')).toBe(10);
  });

  it('counts entries whose content is gone, poison or not', async () => {
    for (let n = 0; n < 5; n++)
      await redis.client.xclaim('orders', 'billing', 'gone', 0, '1-3', 'IDLE', 60_000);
    await redis.client.xdel('orders', '1-3', '1-4');
    expect(await claim()).toMatchObject({ facts: { moved: 6, dead: 0, deleted: 2 } });
    expect(await redis.client.exists('orders:dead')).toBe(0);
  });

  it('lets a consumer take over that may only be waiting: nothing is unread', async () => {
    await read('alive', 10);
    const report = await claim({ vanished_after: '1ms', consumer: 'alive' });
    expect(report.sentence).toContain('alive is not alive');
    await redis.client.xgroup('CREATECONSUMER', 'orders', 'billing', 'fresh');
    await until('it to be idle', async () => {
      const rows = (await redis.client.xinfo('CONSUMERS', 'orders', 'billing')) as (string | number)[][];
      return rows.every((row) => Number(row[5]) > 1);
    });
    expect(await claim({ vanished_after: '1ms' })).toMatchObject({
      verdict: 'pass',
      facts: { moved: 8, consumer: 'fresh' },
    });
  });

  it('needs no more rights than it names', async () => {
    const rights = ['+xinfo', '+xpending', '+xautoclaim', '+eval', '+xrange', '+xadd', '+xack'];
    const keys = ['resetkeys', '~orders', '~orders:dead'];
    await redis.client.call(
      'ACL',
      'SETUSER',
      'reader',
      'on',
      '>p4ss',
      ...keys,
      '-@all',
      '+xinfo',
      '+xpending',
    );
    await redis.client.call('ACL', 'SETUSER', 'changer', 'on', '>p4ss', ...keys, '-@all', ...rights);
    for (let n = 0; n < 5; n++)
      await redis.client.xclaim('orders', 'billing', 'gone', 0, '1-2', 'IDLE', 60_000);
    const login = (username: string) => ({ username, password: { secretRef: 'P' } });
    const as = (change: object) =>
      claim(
        {
          redis: { address: redis.address, ...login('reader') },
          ...change,
        },
        { P: 'p4ss' },
      );
    expect(await as({})).toMatchObject({ verdict: 'fail', sentence: expect.stringMatching(/Nothing.*eval/) });
    expect(await as(login('changer'))).toMatchObject({ verdict: 'pass', facts: { moved: 7, dead: 1 } });
  });

  it('claims nothing when nobody alive could take over', async () => {
    const before = await pending();
    expect((await claim({ vanished_after: '1ms' })).sentence).toContain('no live consumer');
    expect((await claim({ consumer: 'nobody' })).sentence).toContain('nobody is not alive');
    expect((await pending()).map(([id, consumer]) => [id, consumer])).toEqual(
      before.map(([id, consumer]) => [id, consumer]),
    );
  });

  it('fails, and certainly changed nothing, when Redis does not answer', async () => {
    redis.freeze();
    const report = await claim({ patience: '300ms' });
    redis.thaw();
    expect(report).toMatchObject({
      verdict: 'fail',
      sentence: expect.stringContaining('Nothing was claimed'),
    });
    expect((await pending()).filter(([, consumer]) => consumer === 'gone')).toHaveLength(8);
  });
});
