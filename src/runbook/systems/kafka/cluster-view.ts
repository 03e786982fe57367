import type { Connection } from '@platformatic/kafka';
import { type Dialling, dialBroker } from './dial-broker.ts';
import { firstToAnswer, type Tried } from './first-to-answer.ts';
import { withErrorCodes } from './kafka-trouble.ts';
import { type AdvertisedView, viewAdvertised } from './kafka-view.ts';
import { type Quorum, viewQuorum } from './quorum-view.ts';

/** One partition that is not as it should be. `leader` is -1 when it has none; `minIsr` is null where it may not be read. */
export type PartitionView = {
  topic: string;
  partition: number;
  leader: number;
  replicas: number[];
  isr: number[];
  minIsr: number | null;
};

/** What a cluster says of itself. `partitions` counts all; `broken` has those without a leader or with a replica missing. */
export type ClusterSeen = {
  from: string;
  clusterId: string;
  /** The controller of the metadata: the real one with ZooKeeper, any live broker with KRaft; -1 is none. */
  controllerId: number;
  brokers: AdvertisedView[];
  /** Every node that holds a replica, registered or not. */
  holders: number[];
  topics: number;
  partitions: number;
  broken: PartitionView[];
  quorum: Quorum;
};

/** Everything the step saw, at one moment: each bootstrap address, and what the first that answered told. */
export type ClusterView = { tried: Tried[]; seen: ClusterSeen | null };

/** Topics whose `min.insync.replicas` are read at most; the rest has none in the evidence. */
const mostConfigs = 100;

/**
 * Asks the bootstraps at the same time, and through the first that answers: the metadata of all topics, every advertised address,
 * the controllers' quorum. Reads only (Kafka 2.6 and later); takes at most three times the patience.
 */
export async function viewCluster(bootstraps: string[], dialling: Dialling): Promise<ClusterView> {
  const { first, tried } = await firstToAnswer(bootstraps, dialling);
  if (first === null) return { tried: await tried, seen: null };
  const asked = new Set([first.address, ...first.brokers.slice(0, 2).map(({ address }) => address)]);
  const [told, quorum, brokers] = await Promise.all([
    dialBroker(first.address, dialling, tellTopics),
    viewQuorum([...asked], dialling),
    viewAdvertised(first.brokers, dialling),
  ]);
  const all = await tried;
  if (told.state !== 'answered') {
    return { tried: [{ ...told, address: first.address }, ...all], seen: null };
  }
  const { clusterId } = first;
  return { tried: all, seen: { from: first.address, clusterId, brokers, quorum, ...told.value } };
}

async function tellTopics(connection: Connection) {
  const { metadataV9 } = await import('@platformatic/kafka');
  const { topics, controllerId } = await withErrorCodes(metadataV9.api.async(connection, null, false, false));
  const partitions = topics.flatMap(({ name, partitions }) =>
    partitions.map((one) => ({
      topic: name,
      partition: one.partitionIndex,
      leader: one.leaderId,
      replicas: one.replicaNodes,
      isr: one.isrNodes,
    })),
  );
  const broken = partitions.filter(({ leader, replicas, isr }) => leader < 0 || isr.length < replicas.length);
  const minIsr = await readMinIsr(connection, [...new Set(broken.map(({ topic }) => topic))]);
  return {
    controllerId,
    holders: [...new Set(partitions.flatMap(({ replicas }) => replicas))].sort((a, b) => a - b),
    topics: topics.length,
    partitions: partitions.length,
    broken: broken.map((one) => ({ ...one, minIsr: minIsr.get(one.topic) ?? null })),
  };
}

/** `min.insync.replicas` by topic; a topic whose configuration this account may not read is absent. */
async function readMinIsr(connection: Connection, topics: string[]): Promise<Map<string, number>> {
  if (topics.length === 0) return new Map();
  const { describeConfigsV4 } = await import('@platformatic/kafka');
  const resources = topics.slice(0, mostConfigs).map((resourceName) => ({
    resourceType: 2 as const,
    resourceName,
    configurationKeys: ['min.insync.replicas'],
  }));
  const { results } = await withErrorCodes(describeConfigsV4.api.async(connection, resources, false, false));
  return new Map(
    results.flatMap(({ resourceName, configs }) => {
      const value = configs[0]?.value;
      return value ? [[resourceName, Number(value)] as const] : [];
    }),
  );
}
