import { lookup } from 'node:dns/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { redisSentinel } from '../../../src/runbook/steps/redis-sentinel.ts';
import { hasRedis, redisMissing, startRedisNode, until } from '../../parts/redis-node.ts';
import { startRelay } from '../../parts/relay.ts';
import { runForReal } from '../../parts/run.ts';
import { masterFields, type SentinelSet, startSentinelSet } from '../../parts/sentinel-set.ts';

const { address: localhost } = await lookup('localhost');
let set: SentinelSet;
const look = (more = {}) =>
  runForReal(redisSentinel, {
    sentinels: set.addresses.sentinels,
    nodes: set.addresses.nodes,
    master: set.name,
    patience: '500ms',
    ...more,
  });

describe.skipIf(!hasRedis)(`redis-sentinel on a healthy set (${redisMissing})`, () => {
  beforeAll(async () => {
    set = await startSentinelSet();
  });
  afterAll(() => set.stop());

  it('passes a healthy set, with one row for each of the six', async () => {
    const report = await look();
    expect(report).toMatchObject({
      verdict: 'pass',
      facts: { quorum_ok: true, masters: 1, agreed: true, stuck: false, sentinels_reachable: 3 },
    });
    expect(report.evidence.rows).toHaveLength(6);
    expect(report.ms).toBeLessThan(500);
  });

  it('finds replicas nobody listed, through the Sentinels', async () => {
    const report = await look({ nodes: [] });
    expect(report.evidence.rows).toHaveLength(6);
    expect(report.verdict).toBe('pass');
  });

  it.skipIf(localhost !== '127.0.0.1')('knows a node that people call by its name', async () => {
    const named = await look({ nodes: set.nodes.map(({ port }) => `localhost:${port}`) });
    expect(named.evidence.rows).toHaveLength(6);
    expect(named, named.sentence).toMatchObject({
      verdict: 'pass',
      facts: { masters: 1, promotable: { length: 2 } },
    });
    expect(named.facts.master).toBe(`localhost:${set.nodes[0]!.port}`);
  });

  it('is unknown for a master the Sentinels do not watch', async () => {
    expect(await look({ master: 'nope' })).toMatchObject({
      verdict: 'unknown',
      sentence: 'The Sentinels watch no master called "nope".',
    });
  });

  it('leaves no connection behind', async () => {
    const clients = async (node: { client: { call: (...args: [string, string]) => Promise<unknown> } }) =>
      String(await node.client.call('CLIENT', 'LIST')).split('name=muster-runbook').length - 1;
    await look();
    for (const node of [...set.nodes, ...set.sentinels])
      await until('connections to close', async () => (await clients(node)) === 0);
  });

  it('works with an account that may only read, and needs no CONFIG right', async () => {
    const rights = ['~*', '-@all', '+info', '+ping', '+role'];
    for (const node of set.nodes) {
      await node.client.call('ACL', 'SETUSER', 'probe', 'on', '>p4ss', ...rights);
      await node.client.call('ACL', 'SETUSER', 'default', '>unused');
    }
    const reading = ['+sentinel|master', '+sentinel|replicas', '+sentinel|ckquorum', '+ping'];
    for (const sentinel of set.sentinels) {
      await sentinel.client.call('ACL', 'SETUSER', 'probe', 'on', '>p4ss', '~*', '-@all', ...reading);
    }
    const login = {
      username: 'probe',
      password: { secretRef: 'P' },
      sentinel_username: 'probe',
      sentinel_password: { secretRef: 'P' },
    };
    const report = await runForReal(
      redisSentinel,
      { sentinels: set.addresses.sentinels, nodes: set.addresses.nodes, master: set.name, ...login },
      { secrets: { P: 'p4ss' } },
    );
    expect(report, report.sentence).toMatchObject({ verdict: 'pass' });
    expect(report.evidence.rows.flat().join()).toContain('not readable');
  });
});

describe.skipIf(!hasRedis)(`redis-sentinel on a broken set (${redisMissing})`, () => {
  beforeEach(async () => {
    set = await startSentinelSet();
  });
  afterEach(() => set.stop());

  it('says why nothing moves when the master is frozen with two of three Sentinels', async () => {
    for (const node of [set.nodes[0]!, set.sentinels[1]!, set.sentinels[2]!]) node.freeze();
    const report = await look();
    expect(report.sentence).toBe(
      `2 of 3 Sentinels are unreachable, so no majority can authorise a failover; master ${set.nodes[0]!.address} does not answer (connected, then silent: frozen or partitioned, not crashed).`,
    );
    expect(report).toMatchObject({
      verdict: 'fail',
      facts: { stuck: true, master_state: 'silent', quorum_ok: false },
    });
    expect(report.ms).toBeLessThan(2500);
  });

  it('tells a killed master from a frozen one, and does not call it stuck while Sentinels can act', async () => {
    await set.nodes[0]!.kill();
    const report = await look();
    expect(report).toMatchObject({ facts: { stuck: false, master_state: 'refused' } });
    expect(['fail', 'warn']).toContain(report.verdict);
    expect(report.sentence).toContain('connection refused');
  });

  it('warns after Sentinel did its job: a master is there, the former one is missing', async () => {
    const former = set.nodes[0]!;
    former.kill();
    await until('the automatic failover', async () => {
      const named = await Promise.all(set.sentinels.map((sentinel) => set.masterOf(sentinel)));
      const flags = await Promise.all(set.sentinels.map((sentinel) => masterFields(sentinel, set.name)));
      return named.every((one) => one !== former.address) && flags.every((one) => one.flags === 'master');
    });
    await until('a verdict of warn', async () => (await look()).verdict === 'warn');
    const report = await look();
    expect(report).toMatchObject({ facts: { stuck: false, masters: 1, agreed: true } });
    expect(report.sentence).toContain(former.address);
  }, 30_000);

  it('sees a split brain', async () => {
    const stray = set.nodes[1]!;
    await stray.client.call('REPLICAOF', 'NO', 'ONE');
    const report = await look();
    expect(report.verdict).toBe('fail');
    expect(report.sentence).toMatch(/^Split brain: .* all say they are master/);
    expect(report.sentence).toContain(stray.address);
  });

  it('fails a master that refuses writes for want of replicas', async () => {
    for (const replica of set.nodes.slice(1)) replica.kill();
    await until('the master to lose its replicas', async () =>
      String(await set.nodes[0]!.client.info('replication')).includes('min_slaves_good_slaves:0'),
    );
    const report = await look();
    expect(report).toMatchObject({ verdict: 'fail', facts: { refuses_writes: true, stuck: false } });
    expect(report.sentence).toContain('NOREPLICAS');
  });

  it('fails a healthy master whose quorum is lost: the next loss would be final', async () => {
    for (const sentinel of set.sentinels.slice(1)) await sentinel.kill();
    const report = await look();
    expect(report).toMatchObject({
      verdict: 'fail',
      cause: 'quorum-lost',
      facts: { quorum_ok: false, stuck: false },
    });
    expect(report.sentence).toContain('2 of 3 Sentinels are unreachable');
  });

  it('fails when no Sentinel is left, and is unknown when nothing answers at all', async () => {
    for (const sentinel of set.sentinels) sentinel.kill();
    expect(await look()).toMatchObject({
      verdict: 'fail',
      sentence: expect.stringContaining('None of the 3 Sentinels'),
    });
    for (const node of set.nodes) node.kill();
    expect((await look()).verdict).toBe('unknown');
  });
});

describe.skipIf(!hasRedis)('redis-sentinel without a set', () => {
  it('tells a broken network from a frozen master: the Sentinels still hear it', async ({
    onTestFinished,
  }) => {
    const master = await startRedisNode(['save ""']);
    onTestFinished(() => master.stop());
    const relay = await startRelay(master.port, 'muster-runbook');
    onTestFinished(() => relay.stop());
    const replica = await startRedisNode(['save ""', `replicaof 127.0.0.1 ${master.port}`]);
    onTestFinished(() => replica.stop());
    const sentinel = await startRedisNode([`sentinel monitor orders 127.0.0.1 ${relay.port} 1`], {
      sentinel: true,
    });
    onTestFinished(() => sentinel.stop());
    await until('the replica to be known', async () => {
      const fields = await masterFields(sentinel, 'orders');
      return fields['num-slaves'] === '1' && fields.flags === 'master';
    });
    const input = { sentinels: [sentinel.address], master: 'orders', patience: '1500ms' };
    const report = await runForReal(redisSentinel, input);
    expect(report, report.sentence).toMatchObject({ verdict: 'fail', cause: 'master-partitioned' });
    expect(report.sentence).toContain('its process is alive');
    master.freeze();
    expect(await runForReal(redisSentinel, input)).toMatchObject({ cause: 'master-frozen' });
  }, 30_000);

  it('reports a plain Redis in place of a Sentinel as what it is', async () => {
    const redis = await startRedisNode([]);
    const report = await runForReal(redisSentinel, { sentinels: [redis.address], master: 'm' });
    await redis.stop();
    expect(report.verdict).toBe('unknown');
    expect(report.sentence).toMatch(/unknown command/i);
  });
});
