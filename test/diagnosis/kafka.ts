import type { Json } from '../../src/runbook/step.ts';
import { type KafkaCluster, kafkaAccounts, startCluster } from '../parts/kafka/cluster.ts';
import { createTopic, joinGroup, produce } from '../parts/kafka/records.ts';
import { hasKafka, type KafkaBroker, kafkaMissing, startKafka } from '../parts/kafka.ts';
import { freePort, until } from '../parts/redis-node.ts';
import type { Fault, System } from './system.ts';

type Stage = {
  cluster: KafkaCluster;
  /** A broker of another cluster, whose listeners advertise what they should not. */
  stray: KafkaBroker<'unresolved' | 'closed' | 'other'>;
};

const signIn = { username: 'muster', password: { secretRef: 'KAFKA_PASSWORD' }, mechanism: 'PLAIN' };

/** What muster.yaml says of the cluster; the account has read rights only. */
const cluster = ({ cluster: { signed } }: Stage): Record<string, Json> => ({
  kafka: { bootstrap: signed, ...signIn },
  kafka_brokers: 2,
});

const consumers = (group: string) => (stage: Stage) => ({
  ...cluster(stage),
  kafka_group: group,
  kafka_max_lag: 50,
  kafka_lag_interval: '2s',
});

const view = (bootstrap: string, more: Record<string, Json> = {}) => ({
  kafka_views: [{ name: 'outside', bootstrap, ...more }],
});

const nothing = async () => {};
const healthy = (
  name: string,
  runbook: string,
  made: string,
  params: Fault<Stage>['params'],
): Fault<Stage> => ({
  name,
  made,
  runbook,
  verdict: 'pass',
  cause: null,
  params,
  make: async () => nothing,
});

/** A broker stops, and the controller has noticed. */
const stopBroker = async ({ cluster }: Stage) => {
  const [first, second] = cluster.brokers;
  await second.kill();
  await until('the controller to fence the broker', async () => !(await cluster.knownTo(first)).includes(2));
  return async () => {
    second.restart();
    await cluster.whole();
  };
};

const faults: Fault<Stage>[] = [
  healthy(
    'Healthy: two brokers, every replica in sync',
    'kafka-cluster',
    'A controller and two brokers, replication factor 2.',
    cluster,
  ),
  healthy(
    'Healthy: the advertised address is the real one',
    'kafka-advertised-listeners',
    'The listener advertises its own address, and the runbook expects it.',
    ({ cluster: { signed, clusterId } }) => ({
      ...view(signed[0]!, { expect: signed, ...signIn }),
      kafka_cluster_id: clusterId,
    }),
  ),
  {
    ...healthy(
      'Healthy: a group that keeps up',
      'kafka-consumer-lag',
      'One member of the group, 5 of 100 messages behind.',
      consumers('punctual'),
    ),
    make: async ({ cluster }) => {
      const member = await joinGroup(cluster, 'punctual', ['orders']);
      await member.commit('orders', 0, 95);
      await member.commit('orders', 1, 100);
      return member.leave;
    },
  },
  {
    name: 'An advertised name does not resolve',
    made: '`advertised.listeners` of the outside listener names `kafka-1.internal.invalid`.',
    runbook: 'kafka-advertised-listeners',
    verdict: 'fail',
    cause: 'kafka-advertised-unresolved',
    params: ({ stray }) => view(stray.listeners.unresolved),
    make: async () => nothing,
  },
  {
    name: 'A loopback address with a port where nobody listens is advertised',
    made: '`advertised.listeners` of the outside listener names `127.0.0.1` and a closed port.',
    runbook: 'kafka-advertised-listeners',
    verdict: 'fail',
    cause: 'kafka-advertised-refused',
    params: ({ stray }) => view(stray.listeners.closed),
    make: async () => nothing,
  },
  {
    name: 'The address works, but is not the one this place must be sent to',
    made: 'The inside listener is asked, the runbook expects `kafka.example.com:9092`.',
    runbook: 'kafka-advertised-listeners',
    verdict: 'fail',
    cause: 'kafka-advertised-unexpected',
    params: ({ stray }) => view(stray.inside, { expect: ['kafka.example.com:9092'] }),
    make: async () => nothing,
  },
  {
    name: 'An advertised address leads into another cluster',
    made: "`advertised.listeners` names the address of another cluster's broker.",
    runbook: 'kafka-advertised-listeners',
    verdict: 'fail',
    cause: 'kafka-wrong-cluster',
    params: ({ stray }) => view(stray.listeners.other),
    make: async () => nothing,
  },
  {
    name: 'The bootstrap belongs to another cluster',
    made: 'The runbook names the cluster id of the other cluster.',
    runbook: 'kafka-cluster',
    verdict: 'fail',
    cause: 'kafka-wrong-cluster',
    params: (stage) => ({ ...cluster(stage), kafka_cluster_id: stage.stray.clusterId }),
    make: async () => nothing,
  },
  {
    name: 'Under-replicated: one of two brokers stopped',
    made: 'SIGKILL to broker 2; waited until the controller had fenced it.',
    runbook: 'kafka-cluster',
    verdict: 'fail',
    cause: 'kafka-broker-down',
    params: cluster,
    make: stopBroker,
  },
  {
    name: 'Offline partition: its only replica was on the broker that stopped',
    made: 'A topic with one replica on broker 2, SIGKILL to broker 2; waited until it was fenced.',
    runbook: 'kafka-cluster',
    verdict: 'fail',
    cause: 'kafka-broker-down',
    params: cluster,
    make: async (stage) => {
      await createTopic(stage.cluster, 'single', [[2]]);
      return stopBroker(stage);
    },
  },
  {
    name: 'A broker frozen',
    made: 'SIGSTOP to broker 2, while it is still registered.',
    runbook: 'kafka-cluster',
    verdict: 'fail',
    cause: 'kafka-broker-silent',
    params: cluster,
    make: async ({ cluster }) => {
      cluster.brokers[1].freeze();
      return async () => {
        cluster.brokers[1].thaw();
        await cluster.whole();
      };
    },
  },
  {
    name: 'The controller is gone',
    made: 'SIGKILL to the only controller; both brokers go on.',
    runbook: 'kafka-cluster',
    verdict: 'fail',
    cause: 'kafka-no-controller',
    params: cluster,
    make: async ({ cluster }) => {
      await cluster.controller.kill();
      return async () => {
        cluster.controller.restart();
        await cluster.controllerAnswers();
      };
    },
  },
  {
    name: 'A consumer group without members, and messages wait',
    made: 'The only member committed 10 of 100 messages and left.',
    runbook: 'kafka-consumer-lag',
    verdict: 'fail',
    cause: 'kafka-group-without-members',
    params: consumers('deserted'),
    make: async ({ cluster }) => {
      const member = await joinGroup(cluster, 'deserted', ['orders']);
      await member.commit('orders', 0, 10);
      await member.leave();
      return nothing;
    },
  },
  {
    name: 'A stuck consumer',
    made: 'A member of the group holds its partitions and commits nothing more, 90 messages behind.',
    runbook: 'kafka-consumer-lag',
    verdict: 'fail',
    cause: 'kafka-consumer-stuck',
    params: consumers('stuck'),
    make: async ({ cluster }) => {
      const member = await joinGroup(cluster, 'stuck', ['orders']);
      await member.commit('orders', 0, 10);
      await member.commit('orders', 1, 100);
      return member.leave;
    },
  },
  {
    name: 'One partition stuck, the others are read',
    made: 'A member of the group commits on partition 1 only, 90 messages wait on partition 0.',
    runbook: 'kafka-consumer-lag',
    verdict: 'fail',
    cause: 'kafka-partition-stuck',
    params: consumers('half-stuck'),
    make: ({ cluster }) => reading(cluster, 'half-stuck', { still: 10, from: 40, step: 1 }),
  },
  {
    name: 'A consumer slower than its input',
    made: 'A member commits ten messages a second, while far more are written.',
    runbook: 'kafka-consumer-lag',
    verdict: 'fail',
    cause: 'kafka-consumer-too-slow',
    params: consumers('slow'),
    make: async ({ cluster }) => {
      const stop = await reading(cluster, 'slow', { still: 100, from: 1, step: 1 });
      let writing = true;
      let rounds = 0;
      const written = (async () => {
        for (; writing; rounds++) await produce(cluster, 'orders', 50, 1);
      })();
      await until('more to be written than is read', () => rounds > 2);
      return async () => {
        writing = false;
        await written;
        await stop();
      };
    },
  },
  {
    name: 'A backlog that drains is no fault',
    made: 'A member commits a hundred messages a second, nothing is written.',
    runbook: 'kafka-consumer-lag',
    verdict: 'warn',
    cause: null,
    params: consumers('draining'),
    make: async ({ cluster }) => {
      await produce(cluster, 'orders', 5000, 1);
      return reading(cluster, 'draining', { still: 100, from: 1, step: 10 });
    },
  },
];

/** A member that stands still on partition 0 of `orders`, and on partition 1 commits `step` more every 100 ms. */
async function reading(
  cluster: KafkaCluster,
  group: string,
  { still, from, step }: { still: number; from: number; step: number },
): Promise<() => Promise<void>> {
  const member = await joinGroup(cluster, group, ['orders']);
  await member.commit('orders', 0, still);
  await member.commit('orders', 1, from);
  let at = from;
  let last = Promise.resolve();
  const timer = setInterval(() => {
    at += step;
    last = member.commit('orders', 1, at);
  }, 100);
  return async () => {
    clearInterval(timer);
    await last;
    await member.leave();
  };
}

/** Kafka: a controller and two brokers, and one broker of another cluster with wrong listeners. */
export const kafka: System<Stage> = {
  name: 'Kafka 4.1',
  missing: hasKafka ? null : kafkaMissing,
  start: async () => {
    const closed = await freePort();
    const cluster = await startCluster();
    const orders = async () => {
      await createTopic(
        cluster,
        'orders',
        [
          [1, 2],
          [1, 2],
        ],
        { 'min.insync.replicas': '2' },
      );
      await produce(cluster, 'orders', 100, 0);
      await produce(cluster, 'orders', 100, 1);
    };
    const stray = startKafka({
      unresolved: (port) => `kafka-1.internal.invalid:${port}`,
      closed: () => `127.0.0.1:${closed}`,
      other: () => cluster.inside[0]!,
    });
    await Promise.all([stray, orders()]);
    return { cluster, stray: await stray };
  },
  stop: async ({ cluster, stray }) => {
    await Promise.all([cluster.stop(), stray.stop()]);
  },
  secrets: () => ({ KAFKA_PASSWORD: kafkaAccounts.muster }),
  faults,
};
