import type { Json } from '../../src/runbook/step.ts';
import type { KafkaCluster } from '../parts/kafka/cluster.ts';
import type { KafkaBroker } from '../parts/kafka.ts';
import type { Fault } from './system.ts';

/** The real part of Kafka's faults. */
export type Stage = {
  cluster: KafkaCluster;
  /** A broker of another cluster, whose listeners advertise what they should not. */
  stray: KafkaBroker<'unresolved' | 'closed' | 'other'>;
};

/** How the account with read rights only signs in. */
export const signIn = {
  username: 'muster',
  password: { secretRef: 'KAFKA_PASSWORD' },
  mechanism: 'PLAIN',
};

/** What muster.yaml says of the cluster. */
export const clusterParams = ({ cluster: { signed } }: Stage): Record<string, Json> => ({
  kafka: { bootstrap: signed, ...signIn },
  kafka_brokers: 2,
});

/** Nothing to make, or nothing to heal. */
export const nothing = async () => {};

/** A control: nothing is broken. */
export const healthy = (
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
