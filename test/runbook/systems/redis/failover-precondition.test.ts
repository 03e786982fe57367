import { afterEach, describe, expect, it } from 'vitest';
import { redisSentinelFailover } from '../../../../src/runbook/steps/redis-sentinel-failover.ts';
import { type FakeRedis, type Reply, startFakeRedis } from '../../../parts/fake-redis.ts';
import { startHostile } from '../../../parts/hostile-server.ts';
import { freePort } from '../../../parts/redis-node.ts';
import { runForReal } from '../../../parts/run.ts';

describe('redis-sentinel-failover, when things change just before', () => {
  const started: FakeRedis[] = [];
  afterEach(() => Promise.all(started.splice(0).map((one) => one.stop())));
  const start = async (answer: (command: string) => Reply, port?: number) => {
    const fake = await startFakeRedis(answer, port);
    started.push(fake);
    return fake;
  };
  const info = (role: string) => (command: string) =>
    command.startsWith('INFO replication') ? `role:${role}` : command.startsWith('INFO') ? '' : ['x', '0'];
  const stage = async (failover: () => Reply, lastOkPing = '60000') => {
    const port = await freePort();
    const replica = await start(info('slave'));
    const fields = ['ip', '127.0.0.1', 'port', String(port), 'flags', 'master,s_down', 'quorum', '2'];
    const more = ['num-other-sentinels', '2', 'last-ok-ping-reply', lastOkPing];
    const sentinel = await start((command) => {
      if (command.startsWith('SENTINEL MASTER')) return [...fields, ...more];
      if (command.startsWith('SENTINEL REPLICAS')) return [['ip', '127.0.0.1', 'port', String(replica.port)]];
      return command.startsWith('SENTINEL FAILOVER') ? failover() : new Error('NOQUORUM 1 usable');
    });
    const sent = () => sentinel.heard.filter((command) => command.startsWith('SENTINEL FAILOVER')).length;
    const input = { sentinels: [sentinel.address], master: 'm', patience: '300ms' };
    return { port, input, sent };
  };

  it('does not ask again for a failover from a master that has come back meanwhile', async () => {
    const { port, input, sent } = await stage(() => {
      if (started.length === 2) void start(info('master'), port);
      return new Error('NOGOODSLAVE No suitable replica to promote');
    });
    const report = await runForReal(redisSentinelFailover, input);
    expect(report).toMatchObject({ verdict: 'fail', sentence: expect.stringContaining('answers again') });
    expect(sent()).toBeLessThan(3);
  });

  it('leaves a master alone that only we cannot reach', async () => {
    const { input, sent, port } = await stage(() => 'OK', '0');
    const master = await startHostile('silent', Buffer.alloc(0), port);
    const report = await runForReal(redisSentinelFailover, input);
    await master.stop();
    expect(report).toMatchObject({
      verdict: 'fail',
      sentence: expect.stringContaining('silent here but answers'),
    });
    expect(sent()).toBe(0);
  });
});
