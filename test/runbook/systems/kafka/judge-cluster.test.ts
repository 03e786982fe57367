import { expect, it } from 'vitest';
import type {
  ClusterSeen,
  ClusterView,
  PartitionView,
} from '../../../../src/runbook/systems/kafka/cluster-view.ts';
import { judgeCluster } from '../../../../src/runbook/systems/kafka/judge-cluster.ts';
import type { KafkaTrouble } from '../../../../src/runbook/systems/kafka/kafka-trouble.ts';
import type { AdvertisedView, KafkaAnswer } from '../../../../src/runbook/systems/kafka/kafka-view.ts';

const broker = (node: number, more: object = {}): AdvertisedView => {
  const answer = {
    state: 'answered',
    ip: '10.0.0.1',
    clusterId: 'c',
    brokers: [],
    answeringNode: node,
    ms: 3,
  };
  return {
    node,
    address: `kafka-${node}:9092`,
    place: 'private',
    answer: { ...answer, ...more } as KafkaAnswer,
  };
};
const trouble = (state: KafkaTrouble) => ({ state, ip: '10.0.0.1', reason: state });
const partition = (more: Partial<PartitionView> = {}): PartitionView => ({
  topic: 'orders',
  partition: 0,
  leader: 1,
  replicas: [1, 2, 3],
  isr: [1, 2],
  minIsr: 2,
  ...more,
});
const cluster = (more: Partial<ClusterSeen> = {}): ClusterView => ({
  tried: [{ address: 'kafka-1:9092', state: 'answered', clusterId: 'c' }],
  seen: {
    from: 'kafka-1:9092',
    clusterId: 'c',
    controllerId: 1,
    brokers: [broker(1), broker(2), broker(3)],
    holders: [1, 2, 3],
    topics: 1,
    partitions: 1,
    broken: [],
    quorum: { state: 'answered', leader: 7, voters: [{ id: 7, silentMs: 0 }] },
    ...more,
  },
});
const tried = (...states: KafkaTrouble[]): ClusterView => ({
  tried: states.map((state, n) => ({ address: `kafka-${n}:9092`, state })),
  seen: null,
});
const voters = [
  { id: 7, silentMs: 0 },
  { id: 8, silentMs: 60_000 },
  { id: 9, silentMs: 300 },
];

it.each([
  ['a healthy cluster', cluster(), 'pass', undefined, 'controller 7 is active'],
  [
    'a cluster that does not know the quorum',
    cluster({ quorum: { state: 'closed' } }),
    'pass',
    undefined,
    'not tell',
  ],
  ['nobody there', tried('refused', 'silent'), 'fail', 'kafka-down', 'kafka-0:9092: connection refused'],
  [
    'the only bootstrap being restarted',
    tried('refused'),
    'fail',
    'kafka-bootstrap-refused',
    'whether other brokers live is not known',
  ],
  ['names that do not resolve', tried('unresolved'), 'unknown', undefined, 'does not resolve'],
  ['a login that is refused', tried('refused', 'denied'), 'unknown', undefined, 'refuses this login'],
  [
    'a broker that holds replicas and is not registered',
    cluster({
      brokers: [broker(1), broker(2)],
      broken: [partition({ leader: -1 }), partition({ isr: [1] })],
    }),
    'fail',
    'kafka-broker-down',
    'Broker 3 is not registered with the cluster; 1 partition(s) are offline (orders-0), 1 partition(s) refuse writes',
  ],
  [
    'a frozen broker',
    cluster({ brokers: [broker(1), broker(2, trouble('silent')), broker(3)] }),
    'fail',
    'kafka-broker-silent',
    'Broker 2 (kafka-2:9092)',
  ],
  [
    'a broker that refuses',
    cluster({ brokers: [broker(1), broker(2), broker(3, trouble('refused'))] }),
    'fail',
    'kafka-broker-refuses',
    'Broker 3',
  ],
  [
    'a broker nobody could look at',
    cluster({ brokers: [broker(1), broker(2), broker(3, trouble('unresolved'))] }),
    'unknown',
    undefined,
    'Nobody looked at broker 3',
  ],
  [
    'another node behind an address',
    cluster({ brokers: [broker(1), broker(2, { answeringNode: 1 }), broker(3)] }),
    'fail',
    'kafka-wrong-node',
    'is answered by broker 1',
  ],
  [
    'another cluster behind an address',
    cluster({ brokers: [broker(1), broker(2, { clusterId: 'd' }), broker(3)] }),
    'fail',
    'kafka-wrong-cluster',
    'kafka-2:9092 belongs to cluster d, not to c',
  ],
  [
    'a controller that does not answer',
    cluster({ quorum: { state: 'silent' } }),
    'fail',
    'kafka-no-controller',
    'kafka-1:9092 answers',
  ],
  [
    'a quorum without a leader',
    cluster({ quorum: { state: 'answered', leader: -1, voters } }),
    'fail',
    'kafka-no-controller',
    '',
  ],
  [
    'a ZooKeeper cluster without a controller',
    cluster({ quorum: { state: 'closed' }, controllerId: -1 }),
    'fail',
    'kafka-no-controller',
    '',
  ],
  [
    'no right to ask for the controller',
    cluster({ quorum: { state: 'denied' } }),
    'unknown',
    undefined,
    'Describe on Cluster kafka-cluster',
  ],
  [
    'a controller question that broke',
    cluster({ quorum: { state: 'broken' } }),
    'unknown',
    undefined,
    'could not be read',
  ],
  [
    'a controller that does not follow',
    cluster({ quorum: { state: 'answered', leader: 7, voters } }),
    'warn',
    undefined,
    'Controller 8 has not followed for 60 s; 2 of 3',
  ],
  [
    'a partition offline with every broker there',
    cluster({ broken: [partition({ leader: -1, isr: [] })] }),
    'fail',
    'kafka-partitions-offline',
    'log directory',
  ],
  [
    'a partition under min ISR',
    cluster({ broken: [partition({ isr: [1] })] }),
    'fail',
    'kafka-under-min-isr',
    'acks=all',
  ],
  ['a replica out of sync', cluster({ broken: [partition()] }), 'warn', undefined, 'orders-0'],
  [
    'a replica out of sync whose limit may not be read',
    cluster({ broken: [partition({ isr: [1], minIsr: null })] }),
    'warn',
    undefined,
    '',
  ],
  [
    'no topic to be seen',
    cluster({ topics: 0, partitions: 0, holders: [] }),
    'unknown',
    undefined,
    'Describe on Topic *',
  ],
])('%s', (_, view, verdict, cause, sentence) => {
  const judge = (language: 'en' | 'ko') => judgeCluster(view, { clusterId: null, brokers: null }, language);
  const result = judge('en');
  expect(result).toMatchObject({ verdict, sentence: expect.stringContaining(sentence) });
  expect(result.cause).toBe(cause);
  expect(judge('ko')).toMatchObject({ verdict, sentence: expect.stringMatching(/[가-힣]/) });
});

it('shows offline partitions before the others, and names a few in the sentence only', () => {
  const broken = [0, 1, 2, 3, 4].map((n) => partition({ partition: n, leader: n === 4 ? -1 : 1 }));
  const result = judgeCluster(cluster({ broken }), { clusterId: null, brokers: null }, 'en');
  const rows = result.evidence.rows.filter(([what]) => what!.startsWith('orders'));
  expect(rows[0]).toEqual(['orders-4', 'none', '1, 2, 3', '1, 2', 'offline']);
  expect(result.facts).toMatchObject({ offline: 1, under_replicated: 5, under_min_isr: 0 });
  const many = broken.map((one) => ({ ...one, leader: -1 }));
  const all = judgeCluster(cluster({ broken: many }), { clusterId: null, brokers: null }, 'en');
  expect(all.sentence).toContain('orders-0, orders-1, orders-2, and 2 more');
});

it('keeps the end of its sentence, whatever topics are called', () => {
  const broken = Array.from({ length: 9 }, () => partition({ topic: 'orders.'.repeat(35), leader: -1 }));
  const { sentence } = judgeCluster(cluster({ broken }), { clusterId: null, brokers: null }, 'en');
  expect(sentence.length).toBeLessThan(600);
  expect(sentence).toMatch(/log director/);
});
