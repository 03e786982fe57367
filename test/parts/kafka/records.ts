import { until } from '../redis-node.ts';
import { askKafka, partitionsKnownTo } from './ask.ts';
import type { KafkaCluster } from './cluster.ts';

/** Makes a topic of one partition per entry of `placed`, each on the named brokers (the first leads), and waits for its leaders. */
export async function createTopic(
  cluster: KafkaCluster,
  name: string,
  placed: number[][],
  config: Record<string, string> = {},
): Promise<void> {
  const assignments = placed.map((brokers, partition) => ({ partition, brokers }));
  const configs = Object.entries(config).map(([key, value]) => ({ name: key, value }));
  await askKafka(cluster.inside, (admin) => admin.createTopics({ topics: [name], assignments, configs }));
  await until(`topic ${name}`, async () => (await leaders(cluster, name)) === placed.length);
}

/** Writes as many records as told into one partition. */
export async function produce(
  cluster: KafkaCluster,
  topic: string,
  count: number,
  partition = 0,
): Promise<void> {
  const { Producer } = await import('@platformatic/kafka');
  const producer = new Producer({ clientId: 'test', bootstrapBrokers: cluster.inside, retries: 5 });
  try {
    const messages = Array.from({ length: count }, (_, n) => ({
      topic,
      partition,
      value: Buffer.from(`${n}`),
    }));
    await producer.send({ messages, acks: 1 });
  } finally {
    await producer.close();
  }
}

/** A real member of a consumer group, which commits exactly what the test says. */
export type Member = {
  commit: (topic: string, partition: number, offset: number) => Promise<void>;
  /** Leaves the group. */
  leave: () => Promise<void>;
};

/** Joins a group and waits until it is stable. */
export async function joinGroup(
  cluster: KafkaCluster,
  groupId: string,
  topics: string[],
  options: object = {},
): Promise<Member> {
  const { Consumer } = await import('@platformatic/kafka');
  const consumer = new Consumer({
    clientId: `${groupId}-worker`,
    groupId,
    bootstrapBrokers: cluster.inside,
    sessionTimeout: 10_000,
    heartbeatInterval: 500,
    ...options,
  });
  const stream = await consumer.consume({ topics, autocommit: false, mode: 'earliest', maxFetches: 1 });
  stream.on('error', () => {});
  return {
    commit: (topic, partition, offset) =>
      consumer.commit({ offsets: [{ topic, partition, offset: BigInt(offset), leaderEpoch: -1 }] }),
    leave: () => consumer.close(true),
  };
}

/** How many partitions of a topic have a leader, as both brokers know it. */
async function leaders(cluster: KafkaCluster, name: string): Promise<number> {
  const known = await Promise.all(cluster.inside.map(partitionsKnownTo));
  const counts = known.map(
    ({ partitions }) => partitions.filter(({ topic, leader }) => topic === name && leader >= 0).length,
  );
  return Math.min(...counts);
}
