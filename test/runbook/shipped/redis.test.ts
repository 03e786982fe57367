import { afterEach, describe, expect, it } from 'vitest';
import { hasRedis, redisMissing, startRedisNode, until } from '../../parts/redis-node.ts';
import { type SentinelSet, startSentinelSet } from '../../parts/sentinel-set.ts';
import { shippedScene } from './shipped-scene.ts';

describe.skipIf(!hasRedis)(`the shipped Redis runbooks, played on the real thing (${redisMissing})`, () => {
  let set: SentinelSet | undefined;
  afterEach(async () => set?.stop());

  const orders = (one: SentinelSet) => ({
    sentinels: one.addresses.sentinels,
    redis_nodes: one.addresses.nodes,
    sentinel_master: one.name,
  });

  it('host lost: names the missing quorum, proposes the failover, does it once approved, and checks it', async () => {
    set = await startSentinelSet();
    const host = [set.nodes[0]!, set.sentinels[1]!, set.sentinels[2]!];
    for (const node of host) node.freeze();
    const scene = await shippedScene('redis-sentinel', orders(set));
    await scene.play();
    expect([scene.verdict('sentinel'), scene.verdict('automatic')]).toEqual(['fail', 'skipped']);
    expect(scene.verdict('failover')).toBe('proposed');
    expect(await set.masterOf(set.sentinels[0]!)).toBe(set.nodes[0]!.address);

    scene.approve('failover');
    await scene.work(scene.settle());
    expect(scene.verdict('failover')).toBe('pass');
    for (const node of host) node.thaw();
    await scene.play();
    expect(scene.verdict('failover-check')).toBe('pass');
    expect(await set.masterOf(set.sentinels[2]!)).not.toBe(set.nodes[0]!.address);
  }, 60_000);

  it('Sentinel did its job: evidence, and no action proposed', async () => {
    set = await startSentinelSet();
    set.nodes[0]!.kill();
    const scene = await shippedScene('redis-sentinel', orders(set));
    await scene.play();
    expect(['fail', 'warn']).toContain(scene.verdict('sentinel'));
    expect(['pass', 'skipped']).toContain(scene.verdict('automatic'));
    expect([scene.verdict('failover'), scene.verdict('failover-check')]).toEqual(['skipped', 'skipped']);
  }, 60_000);

  it('vanished consumer: claims what it left, and the check is satisfied', async ({ onTestFinished }) => {
    set = undefined;
    const redis = await startRedisNode([]);
    onTestFinished(() => redis.stop());
    await redis.client.xgroup('CREATE', 'orders', 'billing', '0', 'MKSTREAM');
    for (let n = 1; n <= 4; n++) await redis.client.xadd('orders', `1-${n}`, 'n', String(n));
    const read = (consumer: string, count: number) =>
      redis.client.xreadgroup('GROUP', 'billing', consumer, 'COUNT', count, 'STREAMS', 'orders', '>');
    await read('gone', 3);
    await until('the entries to age', async () => {
      const [oldest] = (await redis.client.xpending('orders', 'billing', '-', '+', 1)) as [
        [string, string, number],
      ];
      return oldest[2] > 1000;
    });
    await read('alive', 1);
    const scene = await shippedScene('redis-streams-pending', {
      stream_redis: { address: redis.address },
      stream: 'orders',
      stream_group: 'billing',
      stream_min_idle: '1s',
    });
    await scene.play();
    expect([scene.verdict('pending'), scene.verdict('claim')]).toEqual(['warn', 'proposed']);
    scene.approve('claim');
    await scene.play();
    expect([scene.verdict('claim'), scene.verdict('claim-check'), scene.verdict('start-consumer')]).toEqual([
      'pass',
      'pass',
      'skipped',
    ]);
  }, 30_000);

  it('split brain: proposes to attach the stray, does it once approved, and checks it', async () => {
    set = await startSentinelSet();
    const stray = set.nodes[1]!;
    await stray.client.call('REPLICAOF', 'NO', 'ONE');
    const scene = await shippedScene('redis-sentinel', orders(set));
    await scene.play();
    expect([scene.verdict('sentinel'), scene.verdict('automatic')]).toEqual(['fail', 'skipped']);
    expect([scene.verdict('failover'), scene.verdict('reattach')]).toEqual(['skipped', 'proposed']);
    scene.approve('reattach');
    await scene.play();
    expect([scene.verdict('reattach'), scene.verdict('reattach-check')]).toEqual(['pass', 'pass']);
    expect(((await stray.client.call('ROLE')) as string[])[0]).toBe('slave');
  }, 60_000);

  it('poison and a dead consumer: each is proposed by itself, without anybody alive', async ({
    onTestFinished,
  }) => {
    set = undefined;
    const redis = await startRedisNode([]);
    onTestFinished(() => redis.stop());
    const { client } = redis;
    await client.xgroup('CREATE', 'orders', 'billing', '0', 'MKSTREAM');
    await client.xadd('orders', '1-1', 'n', '1');
    await client.xreadgroup('GROUP', 'billing', 'worker', 'STREAMS', 'orders', '>');
    for (let n = 0; n < 5; n++) await client.xclaim('orders', 'billing', 'worker', 0, '1-1', 'IDLE', 90_000);
    await client.xgroup('CREATECONSUMER', 'orders', 'billing', 'dead');
    await until('the consumer to be dead', async () => {
      const rows = (await client.xinfo('CONSUMERS', 'orders', 'billing')) as (string | number)[][];
      return rows.every((row) => Number(row[5]) > 300);
    });
    const scene = await shippedScene('redis-streams-pending', {
      stream_redis: { address: redis.address },
      stream: 'orders',
      stream_group: 'billing',
      stream_vanished_after: '200ms',
      stream_dead_after: '300ms',
    });
    await scene.play();
    expect(scene.verdict('pending')).toBe('fail');
    expect(['dead-letter', 'claim', 'delete-consumer'].map(scene.verdict)).toEqual([
      'proposed',
      'skipped',
      'proposed',
    ]);
    scene.approve('delete-consumer');
    await scene.play();
    scene.approve('dead-letter');
    await scene.play();
    expect(['delete-consumer', 'dead-letter'].map(scene.verdict)).toEqual(['pass', 'pass']);
    expect(await client.xlen('dead-letter')).toBe(1);
    const left = (await client.xinfo('CONSUMERS', 'orders', 'billing')) as string[][];
    expect(left.map((row) => row[1])).toEqual(['worker']);
  }, 30_000);
});
