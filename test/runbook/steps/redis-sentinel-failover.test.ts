import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { redisSentinel } from '../../../src/runbook/steps/redis-sentinel.ts';
import { redisSentinelFailover } from '../../../src/runbook/steps/redis-sentinel-failover.ts';
import { redisSentinelReady } from '../../../src/runbook/steps/redis-sentinel-ready.ts';
import { hasRedis, redisMissing, until } from '../../parts/redis-node.ts';
import { runForReal } from '../../parts/run.ts';
import { type SentinelSet, startSentinelSet } from '../../parts/sentinel-set.ts';

describe.skipIf(!hasRedis)(`redis-sentinel-failover on a real set (${redisMissing})`, () => {
  let set: SentinelSet;
  beforeEach(async () => {
    set = await startSentinelSet();
  });
  afterEach(() => set.stop());

  const input = () => ({
    sentinels: set.addresses.sentinels,
    nodes: set.addresses.nodes,
    master: set.name,
    patience: '500ms',
  });

  it('fails over with one Sentinel left, without anybody else agreeing, and is seen to have done so', async () => {
    const [master, ...replicas] = set.nodes;
    for (const node of [master!, set.sentinels[1]!, set.sentinels[2]!]) node.freeze();
    const report = await runForReal(redisSentinelFailover, input());
    expect(report, report.sentence).toMatchObject({ verdict: 'pass', facts: { from: master!.address } });
    const promoted = replicas.find(({ address }) => address === report.facts.to)!;
    await promoted.client.set('written', 'after');

    const early = await runForReal(redisSentinelReady, { ...input(), wait: '500ms' });
    expect(early).toMatchObject({ verdict: 'warn', facts: { writable: true, quorum_ok: false } });
    expect(early.sentence).toContain('1 of 3 Sentinels answer');

    for (const sentinel of set.sentinels) sentinel.thaw();
    const later = await runForReal(redisSentinelReady, { ...input(), wait: '20s' });
    expect(later, later.sentence).toMatchObject({ verdict: 'pass', facts: { master: promoted.address } });
  }, 60_000);

  it('sends nothing while the master answers', async () => {
    const report = await runForReal(redisSentinelFailover, input());
    expect(report).toMatchObject({ verdict: 'fail', sentence: expect.stringContaining('Nothing was sent') });
    expect(await set.masterOf(set.sentinels[0]!)).toBe(set.nodes[0]!.address);
  });

  it('switches a master that answers when told to', async () => {
    const report = await runForReal(redisSentinelFailover, { ...input(), even_if_master_answers: true });
    expect(report, report.sentence).toMatchObject({ verdict: 'pass' });
    expect(await set.masterOf(set.sentinels[0]!)).toBe(report.facts.to);
    // The former master still calls itself one for a while, and nobody has to do anything about it.
    const seen = new Set<string>();
    await until('the former master to be attached', async () => {
      const now = await runForReal(redisSentinel, input());
      seen.add(`${now.verdict}: ${now.sentence}`);
      return now.verdict === 'pass';
    });
    expect([...seen].filter((one) => one.startsWith('fail'))).toEqual([]);
    expect([...seen].join()).toContain('was master until just now');
  }, 60_000);

  it('needs no more rights than it names, and sends nothing without them', async () => {
    const reading = ['-@all', '+sentinel|master', '+sentinel|replicas', '+sentinel|ckquorum'];
    for (const { client } of set.sentinels) {
      await client.call('ACL', 'SETUSER', 'reader', 'on', '>p4ss', ...reading);
      await client.call('ACL', 'SETUSER', 'changer', 'on', '>p4ss', ...reading, '+sentinel|failover');
    }
    for (const { client } of set.nodes)
      await client.call('ACL', 'SETUSER', 'reader', 'on', '>p4ss', '-@all', '+info');
    const P = { secretRef: 'P' };
    const as = (user: string) =>
      runForReal(
        redisSentinelFailover,
        {
          ...input(),
          even_if_master_answers: true,
          username: 'reader',
          password: P,
          sentinel_username: user,
          sentinel_password: P,
        },
        { secrets: { P: 'p4ss' } },
      );
    expect(await as('reader')).toMatchObject({ verdict: 'fail', sentence: expect.stringMatching(/NOPERM/) });
    expect(await set.masterOf(set.sentinels[0]!)).toBe(set.nodes[0]!.address);
    expect(await as('changer')).toMatchObject({ verdict: 'pass' });
  }, 30_000);

  it('sends nothing when there is nobody to promote', async () => {
    for (const node of set.nodes) node.freeze();
    const report = await runForReal(redisSentinelFailover, input());
    expect(report).toMatchObject({ verdict: 'fail', sentence: expect.stringContaining('no replica of') });
  });
});
