import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { redisStreamsDeleteConsumer } from '../../../src/runbook/steps/redis-streams-delete-consumer.ts';
import { hasRedis, type RedisNode, redisMissing, startRedisNode, until } from '../../parts/redis-node.ts';
import { runForReal } from '../../parts/run.ts';

describe.skipIf(!hasRedis)(`redis-streams-delete-consumer on a real Redis (${redisMissing})`, () => {
  let redis: RedisNode;
  beforeAll(async () => {
    redis = await startRedisNode([]);
  });
  afterAll(() => redis.stop());
  beforeEach(async () => {
    await redis.client.flushall();
    await redis.client.xgroup('CREATE', 'orders', 'billing', '0', 'MKSTREAM');
    await redis.client.xadd('orders', '1-1', 'n', '1');
    await redis.client.xgroup('CREATECONSUMER', 'orders', 'billing', 'dead');
    await redis.client.xreadgroup('GROUP', 'billing', 'owing', 'STREAMS', 'orders', '>');
    await until('both to be silent', async () => (await consumers()).every(({ idle }) => idle > 250));
    await redis.client.xgroup('CREATECONSUMER', 'orders', 'billing', 'new');
  });

  const consumers = async () =>
    (
      (await redis.client.xinfo('CONSUMERS', 'orders', 'billing')) as [
        string,
        string,
        string,
        number,
        string,
        number,
      ][]
    ).map(([, name, , pending, , idle]) => ({ name, pending, idle }));
  const names = async () => (await consumers()).map(({ name }) => name).toSorted();
  const remove = (more = {}, secrets = {}) =>
    runForReal(
      redisStreamsDeleteConsumer,
      { redis: { address: redis.address }, stream: 'orders', group: 'billing', dead_after: '200ms', ...more },
      { secrets },
    );

  it('deletes the named consumer, which holds nothing', async () => {
    expect(await remove({ consumer: 'dead' })).toMatchObject({
      verdict: 'pass',
      facts: { consumer: 'dead' },
    });
    expect(await names()).toEqual(['new', 'owing']);
  });

  it('finds the one that is silent for longest, and deletes only that', async () => {
    expect(await remove()).toMatchObject({ verdict: 'pass', facts: { consumer: 'dead' } });
    expect(await remove({ dead_after: '1h' })).toMatchObject({
      verdict: 'fail',
      sentence: 'Nothing was deleted: no consumer of group billing is empty and silent for 1h.',
    });
    expect(await names()).toEqual(['new', 'owing']);
  });

  it('never deletes one that holds entries, was active, or is not there', async () => {
    expect((await remove({ consumer: 'owing' })).sentence).toContain('holds entries, which would be lost');
    expect((await remove({ consumer: 'new', dead_after: '1h' })).sentence).toContain('was active');
    expect((await remove({ consumer: 'nobody' })).sentence).toContain('no consumer nobody');
    expect((await remove({ group: 'nope' })).verdict).toBe('fail');
    expect(await names()).toEqual(['dead', 'new', 'owing']);
    expect((await consumers()).find(({ name }) => name === 'owing')).toMatchObject({ pending: 1 });
  });

  it('needs no more rights than it names, and changes nothing without them', async () => {
    const rights = ['on', '>p4ss', '~orders', '-@all', '+xinfo', '+xpending'];
    await redis.client.call('ACL', 'SETUSER', 'reader', ...rights);
    await redis.client.call('ACL', 'SETUSER', 'scripter', ...rights, '+eval');
    await redis.client.call('ACL', 'SETUSER', 'changer', ...rights, '+eval', '+xgroup|delconsumer');
    const as = (username: string) =>
      remove(
        { redis: { address: redis.address, username, password: { secretRef: 'P' } }, consumer: 'dead' },
        { P: 'p4ss' },
      );
    expect(await as('reader')).toMatchObject({ verdict: 'fail', sentence: expect.stringMatching(/eval/) });
    expect(await as('scripter')).toMatchObject({
      verdict: 'fail',
      sentence: expect.stringContaining('Nothing was changed'),
    });
    expect(await names()).toContain('dead');
    expect(await as('changer')).toMatchObject({ verdict: 'pass' });
  });
});
