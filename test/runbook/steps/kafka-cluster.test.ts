import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { kafkaCluster } from '../../../src/runbook/steps/kafka-cluster.ts';
import { type KafkaCluster, kafkaAccounts, startCluster } from '../../parts/kafka/cluster.ts';
import { createTopic } from '../../parts/kafka/records.ts';
import { hasKafka, kafkaMissing } from '../../parts/kafka.ts';
import { freePort, until } from '../../parts/redis-node.ts';
import { runForReal } from '../../parts/run.ts';

const secrets = { MUSTER: kafkaAccounts.muster, NOBODY: kafkaAccounts.nobody };
const as = (username: 'muster' | 'nobody') => ({
  username,
  password: { secretRef: username.toUpperCase() },
  mechanism: 'PLAIN',
});

describe.skipIf(!hasKafka)(`kafka-cluster on a controller and two brokers (${kafkaMissing})`, () => {
  let cluster: KafkaCluster;
  beforeAll(async () => {
    cluster = await startCluster();
    await createTopic(cluster, 'orders', [[1, 2]]);
  }, 150_000);
  afterAll(() => cluster.stop());

  const look = (more = {}, signIn: object = as('muster'), language: 'en' | 'ko' = 'en') =>
    runForReal(
      kafkaCluster,
      { kafka: { bootstrap: cluster.signed, ...signIn }, patience: '1500ms', ...more } as never,
      { secrets, language },
    );

  it('passes with an account that has read rights only, and names the active controller', async () => {
    const report = await look({ brokers: 2, cluster_id: cluster.clusterId });
    expect(report, report.sentence).toMatchObject({
      verdict: 'pass',
      facts: { brokers: 2, missing: [], controller: 9, partitions: 1, under_replicated: 0 },
    });
    expect(report.sentence).toContain('controller 9 is active');
    expect((await look({}, as('muster'), 'ko')).sentence).toContain('컨트롤러 9번이 활성 상태');
  });

  it('does not depend on the first bootstrap', async () => {
    const bootstrap = [`127.0.0.1:${await freePort()}`, ...cluster.signed];
    const report = await look({ kafka: { bootstrap, ...as('muster') } });
    expect(report.verdict).toBe('pass');
    expect(report.evidence.rows[0]).toContain('connection refused');
  });

  it('names the right that is missing, and never takes what it may not see for healthy', async () => {
    const report = await look({}, as('nobody'));
    expect(report.verdict).toBe('unknown');
    expect(report.sentence).toContain('Describe on Cluster kafka-cluster');
  });

  it('says that the login is refused, or that one may be missing', async () => {
    const wrong = await look({}, { ...as('muster'), password: { secretRef: 'NOBODY' } });
    expect(wrong).toMatchObject({ verdict: 'unknown' });
    expect(wrong.sentence).toContain('refuses this login');
    const none = await look({}, {});
    expect(none).toMatchObject({ verdict: 'unknown' });
    expect(none.sentence).toContain('TLS or SASL may be missing');
  });

  it('fails fewer brokers than there must be, and a cluster that is another one', async () => {
    const few = await look({ brokers: 3 });
    expect(few).toMatchObject({ verdict: 'fail', cause: 'kafka-broker-down' });
    expect(few.sentence).toMatch(/^Only 2 of 3 brokers are registered/);
    const other = await look({ cluster_id: 'another' });
    expect(other).toMatchObject({ verdict: 'fail', cause: 'kafka-wrong-cluster' });
  });

  it('ends in time when a broker is frozen, and leaves no socket', async () => {
    const sockets = () => process.getActiveResourcesInfo().filter((one) => one === 'TCPSocketWrap').length;
    const before = sockets();
    cluster.brokers[0].freeze();
    const report = await look({ patience: '700ms' });
    cluster.brokers[0].thaw();
    expect(report).toMatchObject({ verdict: 'fail', cause: 'kafka-broker-silent' });
    expect(report.sentence).toContain(`Broker 1 (${cluster.brokers[0].signed})`);
    expect(report.ms).toBeLessThan(3000);
    await until('the sockets to be gone', () => sockets() <= before);
    await cluster.whole();
  });

  it('fails with the cause when every broker refuses', async () => {
    const [one, two] = [`127.0.0.1:${await freePort()}`, `127.0.0.1:${await freePort()}`];
    const all = { kafka: { bootstrap: [one, two] } };
    expect(await look(all)).toMatchObject({ verdict: 'fail', cause: 'kafka-down' });
    const kafka = { bootstrap: [one] };
    expect(await look({ kafka })).toMatchObject({ verdict: 'fail', cause: 'kafka-bootstrap-refused' });
    expect(await look({ kafka, brokers: 1 })).toMatchObject({ verdict: 'fail', cause: 'kafka-down' });
    const unresolved = await look({ kafka: { bootstrap: ['kafka-1.internal.invalid:9092'] } });
    expect(unresolved.verdict).toBe('unknown');
    expect(unresolved.sentence).toContain('its name does not resolve here');
  });
});
