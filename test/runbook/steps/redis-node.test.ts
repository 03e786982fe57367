import { afterEach, describe, expect, it } from 'vitest';
import { redisNode } from '../../../src/runbook/steps/redis-node.ts';
import {
  fillMemory,
  hasRedis,
  type RedisNode,
  redisMissing,
  startRedisNode,
  until,
} from '../../parts/redis-node.ts';
import { runForReal } from '../../parts/run.ts';

describe.skipIf(!hasRedis)(`redis-node on real nodes (${redisMissing})`, () => {
  const started: RedisNode[] = [];
  afterEach(async () => {
    await Promise.all(started.splice(0).map((node) => node.stop()));
  });
  const start = async (lines: string[], more: { fileLimit?: number } = {}) => {
    const node = await startRedisNode(['save ""', ...lines], more);
    started.push(node);
    return node;
  };
  const look = (nodes: RedisNode[], more = {}, secrets = {}) =>
    runForReal(
      redisNode,
      { nodes: nodes.map(({ address }) => address), patience: '500ms', ...more },
      { secrets },
    );

  it('passes healthy nodes, one row each, with an account that only reads', async () => {
    const nodes = [await start(['appendonly yes']), await start(['appendonly yes', 'maxmemory 100mb'])];
    for (const node of nodes)
      await node.client.call('ACL', 'SETUSER', 'probe', 'on', '>p4ss', '-@all', '+info', '+slowlog|get');
    const login = { username: 'probe', password: { secretRef: 'P' } };
    const report = await look(nodes, login, { P: 'p4ss' });
    expect(report, report.sentence).toMatchObject({ verdict: 'pass', facts: { nodes: 2, answered: 2 } });
    expect(report.evidence.rows).toHaveLength(2);
    expect(report.evidence.rows.flat().join()).toContain('not readable (+config|get)');
    expect(report.evidence.rows.flat().join()).not.toContain('not readable (+slowlog|get)');
    expect(report.ms).toBeLessThan(500);
  });

  it('is unknown for an account that may not ask, and names the right', async () => {
    const node = await start([]);
    await node.client.call('ACL', 'SETUSER', 'blind', 'on', '>p4ss', '-@all', '+ping');
    const report = await look([node], { username: 'blind', password: { secretRef: 'P' } }, { P: 'p4ss' });
    expect(report).toMatchObject({ verdict: 'unknown', sentence: expect.stringContaining('+info') });
  });

  it('is unknown with a wrong password, and says so in the words of Redis', async () => {
    const node = await start([]);
    await node.client.call('ACL', 'SETUSER', 'probe', 'on', '>p4ss', '-@all', '+info');
    const report = await look([node], { username: 'probe', password: { secretRef: 'P' } }, { P: 'wrong' });
    expect(report).toMatchObject({ verdict: 'unknown', sentence: expect.stringContaining('WRONGPASS') });
  });

  it('names an append-only file that cannot be written, and that writes are refused', async () => {
    const node = await start(['appendonly yes'], { fileLimit: 8 });
    const refused = () => node.client.set('k', 'x'.repeat(3000)).then(() => false, isMisconf);
    await until('the disk to be full', refused);
    expect(await look([node])).toMatchObject({
      verdict: 'fail',
      cause: 'aof-write-error',
      sentence: expect.stringContaining('refuses writes (MISCONF)'),
    });
  });

  it('names a full memory only where nothing can be evicted', async () => {
    const node = await start(['appendonly no', 'maxmemory 3mb', 'maxmemory-policy noeviction']);
    await fillMemory(node);
    expect(await look([node], { aof: false })).toMatchObject({ verdict: 'fail', cause: 'maxmemory-reached' });
    await node.client.config('SET', 'maxmemory-policy', 'volatile-lru');
    expect(await look([node], { aof: false })).toMatchObject({ cause: 'maxmemory-reached' });
    await node.client.config('SET', 'maxmemory-policy', 'allkeys-lru');
    expect(await look([node], { aof: false })).toMatchObject({ verdict: 'pass' });
  }, 30_000);

  it('names a node that has no connection left', async () => {
    const node = await start(['maxclients 1']);
    expect(await look([node])).toMatchObject({ verdict: 'fail', cause: 'max-clients-reached' });
  });

  it('names a failed save, and shows slow commands without their arguments', async () => {
    const node = await start(['slowlog-log-slower-than 0', 'appendonly yes']);
    await node.client.set('customer:4711', 'secret');
    await node.client.config('SET', 'slowlog-log-slower-than', '-1');
    const shown = (await look([node])).evidence.rows.flat().join();
    expect(shown).toMatch(/SET \d+ ms/);
    expect(shown).not.toMatch(/4711|secret/);
    node.breakFolder();
    await node.client.bgsave().catch(() => {});
    await until('the save to fail', async () =>
      String(await node.client.info('persistence')).includes('rdb_last_bgsave_status:err'),
    );
    expect(await look([node])).toMatchObject({ verdict: 'fail', cause: 'rdb-save-failed' });
  });

  it('warns about a node without an append-only file only where one is expected', async () => {
    const node = await start([]);
    expect(await look([node])).toMatchObject({ verdict: 'warn', sentence: expect.stringContaining('off') });
    expect(await look([node], { aof: false })).toMatchObject({ verdict: 'pass' });
  });

  it('tells a frozen node from a crashed one, in time', async () => {
    const node = await start([]);
    node.freeze();
    const report = await look([node]);
    expect(report).toMatchObject({ verdict: 'fail', cause: 'node-frozen' });
    expect(report.ms).toBeLessThan(1500);
    node.thaw();
    await node.kill();
    expect(await look([node])).toMatchObject({ verdict: 'fail', cause: 'node-crashed' });
  });
});

const isMisconf = (error: Error) => error.message.startsWith('MISCONF');
