import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { redisReattach } from '../../../src/runbook/steps/redis-reattach.ts';
import { redisSentinelReady } from '../../../src/runbook/steps/redis-sentinel-ready.ts';
import { hasRedis, type RedisNode, redisMissing, until } from '../../parts/redis-node.ts';
import { runForReal } from '../../parts/run.ts';
import { masterFields, type SentinelSet, startSentinelSet } from '../../parts/sentinel-set.ts';

describe.skipIf(!hasRedis)(`redis-reattach on a real set (${redisMissing})`, () => {
  let set: SentinelSet;
  let stray: RedisNode;
  beforeEach(async () => {
    set = await startSentinelSet();
    stray = set.nodes[1]!;
  });
  afterEach(() => set.stop());

  /** Promotes a replica by hand and makes the Sentinels forget it, so that they will not mend it by themselves. */
  const makeStray = async () => {
    await stray.client.call('REPLICAOF', 'NO', 'ONE');
    await stray.client.call('CONFIG', 'SET', 'min-replicas-to-write', '0');
    await until('the master to notice', async () => (await replicasOf(set.nodes[0]!)) === 1);
    for (const sentinel of set.sentinels) await sentinel.client.call('SENTINEL', 'RESET', set.name);
    await until('the Sentinels to find each other again', async () => {
      const known = await Promise.all(set.sentinels.map((one) => masterFields(one, set.name)));
      return known.every((one) => one['num-other-sentinels'] === '2' && one['num-slaves'] === '1');
    });
  };
  const replicasOf = async (node: RedisNode) =>
    String(await node.client.info('replication')).match(/state=online/g)?.length ?? 0;
  const roleOf = async (node: RedisNode) => ((await node.client.call('ROLE')) as string[])[0];
  const input = (more = {}) => ({
    sentinels: set.addresses.sentinels,
    nodes: set.addresses.nodes,
    master: set.name,
    patience: '500ms',
    ...more,
  });
  const attach = (more = {}) => runForReal(redisReattach, input(more));

  it('attaches the one stray, says what it alone had, and the check is satisfied', async () => {
    await set.nodes[0]!.client.set('shared', '1');
    await makeStray();
    await stray.client.set('only', 'here');
    const report = await attach();
    expect(report, report.sentence).toMatchObject({
      verdict: 'pass',
      facts: { node: stray.address, master: set.nodes[0]!.address },
    });
    expect(report.facts.lost_bytes).toBeGreaterThan(20);
    expect(report.evidence.rows.flat()).toContain('2, 1');
    expect(await stray.client.exists('only')).toBe(0);
    expect(await stray.client.get('shared')).toBe('1');
    const check = await runForReal(redisSentinelReady, { ...input(), replicas: 2, wait: '10s' });
    expect(check, check.sentence).toMatchObject({ verdict: 'pass' });
  }, 60_000);

  it('sends nothing where there is no stray, to the master itself, or to a replica', async () => {
    expect((await attach()).sentence).toContain('no other node says that it is master');
    expect((await attach({ node: set.nodes[0]!.address })).sentence).toContain('this node is the master');
    expect(await attach({ node: stray.address })).toMatchObject({
      verdict: 'fail',
      sentence: 'Nothing was sent: this node is a replica already.',
    });
    expect(await Promise.all(set.nodes.map(roleOf))).toEqual(['master', 'slave', 'slave']);
  }, 30_000);

  it('sends nothing without a majority of Sentinels, or while their master is silent', async () => {
    await stray.client.call('REPLICAOF', 'NO', 'ONE');
    for (const sentinel of set.sentinels.slice(1)) sentinel.freeze();
    expect((await attach({ node: stray.address })).sentence).toContain('no majority of the Sentinels');
    for (const sentinel of set.sentinels.slice(1)) sentinel.thaw();
    set.nodes[0]!.freeze();
    expect((await attach({ node: stray.address })).sentence).toMatch(
      /does not answer as a ready master|failover is in progress/,
    );
    expect(await roleOf(stray)).toBe('master');
  }, 30_000);

  it('needs no more rights than it names, and says which one is missing', async () => {
    await makeStray();
    const rights = ['-@all', '+info', '+role'];
    for (const node of set.nodes) {
      await node.client.call('ACL', 'SETUSER', 'reader', 'on', '>p4ss', ...rights);
      await node.client.call('ACL', 'SETUSER', 'attacher', 'on', '>p4ss', ...rights, '+replicaof');
    }
    const reading = ['-@all', '+sentinel|master', '+sentinel|replicas', '+sentinel|ckquorum'];
    for (const sentinel of set.sentinels)
      await sentinel.client.call('ACL', 'SETUSER', 'reader', 'on', '>p4ss', ...reading);
    const as = (username: string) =>
      runForReal(
        redisReattach,
        input({
          username,
          password: { secretRef: 'P' },
          sentinel_username: 'reader',
          sentinel_password: { secretRef: 'P' },
        }),
        { secrets: { P: 'p4ss' } },
      );
    const denied = await as('reader');
    expect(denied).toMatchObject({ verdict: 'fail', sentence: expect.stringContaining('Nothing was sent') });
    expect(denied.sentence).toMatch(/replicaof/);
    expect(await roleOf(stray)).toBe('master');
    const done = await as('attacher');
    expect(done, done.sentence).toMatchObject({ verdict: 'pass' });
  }, 60_000);
});
