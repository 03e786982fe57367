import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { kafkaConsumerLag } from '../../../src/runbook/steps/kafka-consumer-lag.ts';
import { askKafka, partitionsKnownTo } from '../../parts/kafka/ask.ts';
import { type KafkaCluster, kafkaAccounts, startCluster } from '../../parts/kafka/cluster.ts';
import { createTopic, joinGroup, produce } from '../../parts/kafka/records.ts';
import { hasKafka, kafkaMissing } from '../../parts/kafka.ts';
import { until } from '../../parts/redis-node.ts';
import { runForReal } from '../../parts/run.ts';

const secrets = { MUSTER: kafkaAccounts.muster, NOBODY: kafkaAccounts.nobody };

describe.skipIf(!hasKafka)(`kafka-consumer-lag on a controller and two brokers (${kafkaMissing})`, () => {
  let cluster: KafkaCluster;
  beforeAll(async () => {
    cluster = await startCluster();
    await createTopic(cluster, 'orders', [
      [1, 2],
      [2, 1],
    ]);
    await produce(cluster, 'orders', 100, 0);
  }, 150_000);
  afterAll(() => cluster.stop());

  const look = (group: string, more = {}, user: 'muster' | 'nobody' = 'muster') => {
    const signIn = { username: user, password: { secretRef: user.toUpperCase() }, mechanism: 'PLAIN' };
    const kafka = { bootstrap: cluster.signed, ...signIn };
    const input = { kafka, group, max_lag: 10, interval: '1s', patience: '1500ms', ...more };
    return runForReal(kafkaConsumerLag, input as never, { secrets });
  };

  it('knows when no group was ever here, and does not make the offsets topic by asking', async () => {
    const report = await look('billing');
    expect(report).toMatchObject({ verdict: 'unknown' });
    expect(report.sentence).toContain('No consumer group has ever committed');
    const topics = (await partitionsKnownTo(cluster.inside[0]!)).partitions.map(({ topic }) => topic);
    expect(topics).not.toContain('__consumer_offsets');
  });

  it('tells state, member, committed offset and lag of every partition', async () => {
    const member = await joinGroup(cluster, 'billing', ['orders']);
    await member.commit('orders', 0, 95);
    const report = await look('billing');
    await member.leave();
    expect(report, report.sentence).toMatchObject({
      verdict: 'pass',
      facts: { state: 'Stable', members: 1, lag: 5 },
    });
    expect(report.evidence.rows).toEqual([
      ['orders-0', '95', '100', '5', '-', 'billing-worker (127.0.0.1)'],
      ['orders-1', 'none', '0', '0', '-', 'billing-worker (127.0.0.1)'],
    ]);
  });

  it('understands the newer group protocol', async () => {
    const member = await joinGroup(cluster, 'newer', ['orders'], { groupProtocol: 'consumer' });
    await member.commit('orders', 0, 10);
    const report = await look('newer');
    await member.leave();
    expect(report).toMatchObject({ verdict: 'fail', cause: 'kafka-consumer-stuck' });
    expect(report.sentence).toContain('orders-0, held by newer-worker on 127.0.0.1');
  });

  it('does not take a name nobody knows for a group without lag', async () => {
    const report = await look('biling');
    expect(report.verdict).toBe('unknown');
    expect(report.sentence).toContain('Nobody knows group biling');
    const topics = await look('billing', { topics: ['order'] });
    expect(topics.verdict).toBe('unknown');
    expect(topics.sentence).toContain('There is no topic order');
  });

  it('names the right that is missing', async () => {
    const report = await look('billing', {}, 'nobody');
    expect(report.verdict).toBe('unknown');
    expect(report.sentence).toContain('it needs Describe on Topic __consumer_offsets');
  });

  it('counts what retention deleted unread as lost, not as waiting', async () => {
    const member = await joinGroup(cluster, 'late', ['orders']);
    await member.commit('orders', 0, 10);
    await member.leave();
    await askKafka(cluster.inside, (admin) =>
      admin.deleteRecords({ topics: [{ name: 'orders', partitions: [{ partition: 0, offset: 95n }] }] }),
    );
    const report = await look('late');
    expect(report).toMatchObject({ verdict: 'warn', facts: { lag: 5 } });
    expect(report.evidence.rows[0]).toContain('5');
    expect((await look('late', { max_lag: 3 })).cause).toBe('kafka-group-without-members');
  });

  it('ends in time when a broker is frozen, and leaves no socket', async () => {
    const sockets = () => process.getActiveResourcesInfo().filter((one) => one === 'TCPSocketWrap').length;
    const before = sockets();
    cluster.brokers[1].freeze();
    const report = await look('billing', { patience: '700ms' });
    cluster.brokers[1].thaw();
    expect(['fail', 'unknown'], report.sentence).toContain(report.verdict);
    expect(report.sentence).toContain('roker 2');
    expect(report.ms).toBeLessThan(4000);
    await until('the sockets to be gone', () => sockets() <= before, 1000);
    await cluster.whole();
  });
});
