import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { redisStreamsPending } from '../../../src/runbook/steps/redis-streams-pending.ts';
import { hasRedis, type RedisNode, redisMissing, startRedisNode, until } from '../../parts/redis-node.ts';
import { runForReal } from '../../parts/run.ts';

describe.skipIf(!hasRedis)(`redis-streams-pending on a real Redis (${redisMissing})`, () => {
  let redis: RedisNode;
  beforeAll(async () => {
    redis = await startRedisNode([]);
  });
  afterAll(() => redis.stop());
  beforeEach(async () => {
    await redis.client.flushall();
    await redis.client.xgroup('CREATE', 'orders', 'billing', '0', 'MKSTREAM');
    for (let n = 0; n < 6; n++) await redis.client.xadd('orders', '*', 'n', String(n));
  });

  const read = (consumer: string, count: number) =>
    redis.client.xreadgroup('GROUP', 'billing', consumer, 'COUNT', count, 'STREAMS', 'orders', '>');
  const look = (more = {}) =>
    runForReal(redisStreamsPending, {
      redis: { address: redis.address },
      stream: 'orders',
      group: 'billing',
      min_idle: '100ms',
      vanished_after: '300ms',
      again_after: '50ms',
      ...more,
    });

  it('passes a group whose consumer keeps up', async () => {
    await read('c1', 2);
    expect(await look({ min_idle: '60s', vanished_after: '60s' })).toMatchObject({
      verdict: 'pass',
      facts: { pending: 2, overdue: 0, lag: 4, live_consumers: ['c1'] },
    });
  });

  it('warns about entries a live consumer holds for too long', async () => {
    await read('c1', 2);
    await until('the entries to age', async () => (await look({ vanished_after: '60s' })).verdict === 'warn');
    expect(await look({ vanished_after: '60s' })).toMatchObject({ facts: { overdue: 2 } });
  });

  it('names the consumer that vanished with entries pending', async () => {
    await read('gone', 4);
    await until('the consumer to vanish', async () => (await look()).verdict === 'fail');
    const report = await look();
    expect(report.sentence).toBe(
      'Consumer gone of group billing has vanished with 4 entries pending; nobody will handle them until they are claimed.',
    );
    expect(report).toMatchObject({
      cause: 'consumer-vanished',
      facts: { vanished: ['gone'], live_consumers: [] },
    });
  });

  it('finds poison: delivered often, never acknowledged', async () => {
    await read('c1', 1);
    const [[id]] = (await redis.client.xpending('orders', 'billing', '-', '+', 1)) as [[string]];
    for (let n = 0; n < 5; n++) await redis.client.xclaim('orders', 'billing', 'c1', 0, id);
    const report = await look({ min_idle: '0s', vanished_after: '60s' });
    expect(report).toMatchObject({ verdict: 'fail', cause: 'poison-entries', facts: { poison: 1 } });
    expect(report.evidence.rows.flat()).toContain(`entry ${id}`);
  });

  it('names a group that is missing from its stream, and is unknown for a stream that is not there', async () => {
    expect(await look({ group: 'nope' })).toMatchObject({
      verdict: 'fail',
      cause: 'group-missing',
      sentence: expect.stringContaining('no group nope (it has: billing)'),
    });
    expect(await look({ stream: 'nope' })).toMatchObject({ verdict: 'unknown' });
    await redis.client.set('text', 'x');
    expect(await look({ stream: 'text' })).toMatchObject({
      verdict: 'unknown',
      sentence: expect.stringContaining('WRONGTYPE'),
    });
  });

  it('looks at all groups where none is named', async () => {
    await redis.client.xgroup('CREATE', 'orders', 'shipping', '$');
    await read('gone', 4);
    await until('the consumer to vanish', async () => (await look({ group: null })).verdict === 'fail');
    const report = await look({ group: null });
    expect(report).toMatchObject({
      cause: 'consumer-vanished',
      facts: { group: '', groups: ['billing', 'shipping'], pending: 4, vanished: ['gone'] },
    });
    expect(report.evidence.rows.map(([first]) => first)).toEqual(['group billing', 'gone', 'group shipping']);
  });

  it('does not take a consumer for vanished that only waits: nothing is unread', async () => {
    await read('waiting', 6);
    await until('the consumer to be idle', async () => {
      const [[, , , , , idle]] = (await redis.client.xinfo('CONSUMERS', 'orders', 'billing')) as [unknown[]];
      return Number(idle) > 350;
    });
    const report = await look();
    expect(report).toMatchObject({ verdict: 'warn', facts: { vanished: [], overdue: 6, lag: 0 } });
    expect(report.cause).toBeUndefined();
  });

  it('does not take a consumer for vanished that still acknowledges', async () => {
    await read('slow', 4);
    await until('the consumer to be idle', async () => (await look()).verdict === 'fail');
    const ids = ((await redis.client.xpending('orders', 'billing', '-', '+', 4)) as [string][]).map(
      ([id]) => id,
    );
    const looking = look({ again_after: '400ms' });
    const acknowledged = until('half of the wait', async () => {
      await redis.client.xack('orders', 'billing', ids.shift() ?? '');
      return ids.length <= 1;
    });
    const [report] = await Promise.all([looking, acknowledged]);
    expect(report, report.sentence).toMatchObject({ verdict: 'warn', facts: { live_consumers: ['slow'] } });
  });

  it('says that entries wait and nobody reads, and which consumers are dead', async () => {
    await redis.client.xgroup('CREATECONSUMER', 'orders', 'billing', 'dead');
    await until('the consumer to be silent', async () => (await look()).cause === 'no-live-consumer');
    expect((await look()).sentence).toBe('Group billing has no live consumer; 6 entries wait unread.');
    await read('alive', 6);
    await until('it to count as dead', async () => {
      const { facts } = await look({ dead_after: '400ms', vanished_after: '100ms' });
      return JSON.stringify(facts.dead_consumers) === '["dead"]';
    });
  });

  it('reads with an account that may not write, and names the missing right otherwise', async () => {
    await redis.client.call(
      'ACL',
      'SETUSER',
      'reader',
      'on',
      '>p4ss',
      '%R~orders',
      '-@all',
      '+xinfo',
      '+xpending',
    );
    await redis.client.call('ACL', 'SETUSER', 'blind', 'on', '>p4ss', '~orders', '-@all', '+xinfo');
    await read('c1', 1);
    const as = (username: string) =>
      runForReal(
        redisStreamsPending,
        {
          redis: { address: redis.address, username, password: { secretRef: 'P' } },
          stream: 'orders',
          group: 'billing',
        },
        { secrets: { P: 'p4ss' } },
      );
    expect(await as('reader')).toMatchObject({ verdict: 'pass' });
    expect(await as('blind')).toMatchObject({
      verdict: 'unknown',
      sentence: expect.stringMatching(/xpending/i),
    });
  });

  it('ends within its budget on a frozen Redis, as unknown', async () => {
    redis.freeze();
    const report = await look({ patience: '300ms' });
    redis.thaw();
    expect(report).toMatchObject({
      verdict: 'unknown',
      sentence: expect.stringContaining('connected, then silent'),
    });
    expect(report.ms).toBeLessThan(1500);
  });
});
