import { kafkaAccounts, startCluster } from '../parts/kafka/cluster.ts';
import { createTopic, produce } from '../parts/kafka/records.ts';
import { hasKafka, kafkaMissing, startKafka } from '../parts/kafka.ts';
import { freePort } from '../parts/redis-node.ts';
import { clusterFaults } from './kafka-cluster-faults.ts';
import { consumerFaults } from './kafka-consumer-faults.ts';
import { listenerFaults } from './kafka-listener-faults.ts';
import type { Stage } from './kafka-stage.ts';
import type { System } from './system.ts';

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
  faults: [...clusterFaults, ...listenerFaults, ...consumerFaults],
};
