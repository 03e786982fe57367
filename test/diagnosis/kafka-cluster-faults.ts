import { createTopic } from '../parts/kafka/records.ts';
import { until } from '../parts/redis-node.ts';
import { clusterParams, healthy, nothing, type Stage } from './kafka-stage.ts';
import type { Fault } from './system.ts';

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

/** Faults of brokers, controller and partitions. */
export const clusterFaults: Fault<Stage>[] = [
  healthy(
    'Healthy: two brokers, every replica in sync',
    'kafka-cluster',
    'A controller and two brokers, replication factor 2.',
    clusterParams,
  ),
  {
    name: 'The bootstrap belongs to another cluster',
    made: 'The runbook names the cluster id of the other cluster.',
    runbook: 'kafka-cluster',
    verdict: 'fail',
    cause: 'kafka-wrong-cluster',
    params: (stage) => ({ ...clusterParams(stage), kafka_cluster_id: stage.stray.clusterId }),
    make: async () => nothing,
  },
  {
    name: 'Under-replicated: one of two brokers stopped',
    made: 'SIGKILL to broker 2; waited until the controller had fenced it.',
    runbook: 'kafka-cluster',
    verdict: 'fail',
    cause: 'kafka-broker-down',
    params: clusterParams,
    make: stopBroker,
  },
  {
    name: 'Offline partition: its only replica was on the broker that stopped',
    made: 'A topic with one replica on broker 2, SIGKILL to broker 2; waited until it was fenced.',
    runbook: 'kafka-cluster',
    verdict: 'fail',
    cause: 'kafka-broker-down',
    params: clusterParams,
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
    params: clusterParams,
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
    params: clusterParams,
    make: async ({ cluster }) => {
      await cluster.controller.kill();
      return async () => {
        cluster.controller.restart();
        await cluster.controllerAnswers();
        await cluster.whole();
      };
    },
  },
];
