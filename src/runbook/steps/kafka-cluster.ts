import { z } from 'zod';
import { Duration } from '../input.ts';
import { defineStep } from '../step.ts';
import { viewCluster } from '../systems/kafka/cluster-view.ts';
import { judgeCluster } from '../systems/kafka/judge-cluster.ts';
import { KafkaConnection, loginOf } from '../systems/kafka/kafka-input.ts';

const input = z.strictObject({
  kafka: KafkaConnection.describe('The cluster: bootstrap addresses and how to sign in'),
  cluster_id: z
    .string()
    .max(100)
    .nullable()
    .default(null)
    .describe('The cluster every address must belong to; null for any'),
  brokers: z
    .number()
    .int()
    .min(1)
    .nullable()
    .default(null)
    .describe('How many brokers there must be; null for as many as hold replicas'),
  patience: Duration.prefault('2s').describe('How long one address may take before it counts as silent'),
});

/** Looks at a whole Kafka cluster: who is missing, who leads, and which partitions suffer for it. */
export const kafkaCluster = defineStep({
  name: 'kafka-cluster',
  about:
    'Reads the cluster id, every broker at its advertised address, the active controller, and offline, under-replicated and under-min-ISR partitions. Needs Describe and DescribeConfigs on Cluster and Topic *.',
  effect: 'read',
  input,
  example: {
    kafka: {
      bootstrap: ['kafka-1.example.com:9092', 'kafka-2.example.com:9092'],
      username: 'muster',
      password: { secretRef: 'KAFKA_PASSWORD' },
      tls: true,
    },
    brokers: 3,
  },
  targets: ['kafka'],
  timeoutMs: 10_000,
  target: ({ kafka }) => `kafka ${kafka.bootstrap.join(' ')}`,
  run: async ({ kafka, cluster_id, brokers, patience }, { signal, secret, language }) => {
    const view = await viewCluster(kafka.bootstrap, {
      login: loginOf(kafka, secret),
      patienceMs: patience,
      signal,
    });
    return judgeCluster(view, { clusterId: cluster_id, brokers }, language);
  },
});
