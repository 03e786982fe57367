import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { kafkaListeners } from '../../../src/runbook/steps/kafka-listeners.ts';
import { hasKafka, type KafkaBroker, kafkaMissing, startKafka } from '../../parts/kafka.ts';
import { freePort } from '../../parts/redis-node.ts';
import { runForReal } from '../../parts/run.ts';

const look = (view: object, more = {}) =>
  runForReal(kafkaListeners, { views: [{ name: 'v', ...view }], patience: '1500ms', ...more } as never);

describe.skipIf(!hasKafka)(`kafka-listeners on a real broker (${kafkaMissing})`, () => {
  let broker: KafkaBroker<'outside' | 'closed'>;
  let nobody: number;
  beforeAll(async () => {
    nobody = await freePort();
    broker = await startKafka({
      outside: (port) => `kafka-1.internal.invalid:${port}`,
      closed: () => `127.0.0.1:${nobody}`,
    });
  }, 120_000);
  afterAll(() => broker.stop());

  it('passes the view whose address is right: expected, reachable, answered by the broker it names', async () => {
    const report = await look(
      { bootstrap: broker.inside, expect: [broker.inside] },
      { cluster_id: broker.clusterId },
    );
    expect(report, report.sentence).toMatchObject({ verdict: 'pass', facts: { brokers: 1, wrong: 0 } });
    expect(report.evidence.rows.flat()).toContainEqual(expect.stringMatching(/^node 1 answers/));
  });

  it('finds the classic fault: the bootstrap answers and sends its clients to a name they cannot resolve', async () => {
    const report = await look({ bootstrap: broker.listeners.outside });
    expect(report.verdict).toBe('fail');
    expect(report.sentence).toContain(
      `broker 1 sends clients of ${broker.listeners.outside} on to kafka-1.internal.invalid:`,
    );
    expect(report.sentence).toContain('its name does not resolve here');
    expect(report.sentence).toContain('separate inside and outside listeners');
  });

  it('fails what works but is not what the runbook expects, and what nobody advertises', async () => {
    const report = await look({ bootstrap: broker.inside, expect: ['kafka:29092'] });
    expect(report).toMatchObject({ verdict: 'fail', facts: { wrong: 2 } });
    expect(report.sentence).toContain(`advertises ${broker.inside}, but the runbook expects kafka:29092`);
  });

  it('fails a cluster that is not the expected one', async () => {
    const report = await look({ bootstrap: broker.inside }, { cluster_id: 'another' });
    expect(report).toMatchObject({ verdict: 'fail', sentence: expect.stringContaining('another cluster') });
  });

  it('puts two views side by side', async () => {
    const report = await runForReal(kafkaListeners, {
      views: [
        { name: 'inside', bootstrap: broker.inside },
        { name: 'outside', bootstrap: broker.listeners.outside },
      ],
    });
    expect(new Set(report.evidence.rows.map(([view]) => view))).toEqual(new Set(['inside', 'outside']));
    expect(report).toMatchObject({ verdict: 'fail', sentence: expect.stringMatching(/^View outside/) });
  });

  it('fails a bootstrap where nobody listens, and a frozen broker within its budget', async () => {
    expect(await look({ bootstrap: `127.0.0.1:${await freePort()}` })).toMatchObject({
      verdict: 'fail',
      sentence: expect.stringContaining('connection refused'),
    });
    broker.freeze();
    const report = await look({ bootstrap: broker.inside }, { patience: '700ms' });
    broker.thaw();
    expect(report).toMatchObject({
      verdict: 'fail',
      sentence: expect.stringContaining('connected, then silent'),
    });
    expect(report.ms).toBeLessThan(2500);
  });

  it('never dials the metadata address, and says unknown', async () => {
    expect(await look({ bootstrap: '169.254.169.254:9092' })).toMatchObject({ verdict: 'unknown' });
  });

  it('names the broker and the address where nobody listens', async () => {
    const report = await look({ bootstrap: broker.listeners.closed });
    expect(report.verdict).toBe('fail');
    expect(report.sentence).toContain(
      `127.0.0.1:${nobody}, which cannot be used from here: connection refused`,
    );
  });
});
