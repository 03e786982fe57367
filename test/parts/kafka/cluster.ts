import { freePort, until } from '../redis-node.ts';
import { askKafka, describeQuorum, partitionsKnownTo } from './ask.ts';
import { type KafkaNode, startNode } from './node.ts';

/** A broker with a listener for the test itself (no login, every right) and one for accounts. */
export type ClusterBroker = KafkaNode & { id: number; inside: string; signed: string };

/** A controller and two brokers, each a process of its own, with an account that has read rights only. */
export type KafkaCluster = {
  clusterId: string;
  controller: KafkaNode;
  brokers: [ClusterBroker, ClusterBroker];
  /** Where the test itself connects, and where accounts do. */
  inside: string[];
  signed: string[];
  /** Waits until both brokers are registered and every partition has all its replicas. */
  whole: () => Promise<void>;
  /** The brokers that one broker thinks are registered. */
  knownTo: (broker: ClusterBroker) => Promise<number[]>;
  /** Waits until the controller answers a question that a broker passed on. */
  controllerAnswers: () => Promise<void>;
  stop: () => Promise<void>;
};

/** Accounts of the signed listener, by their password: `muster` gets the rights of the handbook, `nobody` gets none. */
export const kafkaAccounts = { muster: 'muster-reads', nobody: 'nobody-reads' };

const clusterId = 'rWcNoWdsQYmJAfRRTHkPiw';
const local = (port: number) => `127.0.0.1:${port}`;

/** Brokers are fenced after four seconds of silence here (nine by default), so that tests need not wait for it. */
const common = {
  'controller.listener.names': 'CONTROLLER',
  'listener.security.protocol.map': 'CONTROLLER:PLAINTEXT,INSIDE:PLAINTEXT,SIGNED:SASL_PLAINTEXT',
  'authorizer.class.name': 'org.apache.kafka.metadata.authorizer.StandardAuthorizer',
  'super.users': 'User:ANONYMOUS',
  'broker.session.timeout.ms': '4000',
  'broker.heartbeat.interval.ms': '300',
  'replica.lag.time.max.ms': '3000',
  'offsets.topic.replication.factor': '2',
  'offsets.topic.num.partitions': '4',
  'group.initial.rebalance.delay.ms': '0',
  'num.partitions': '1',
};

/** Starts the cluster and waits until it is whole; measured 6 s and 800 MB in all on an idle machine. */
export async function startCluster(): Promise<KafkaCluster> {
  const ports = await Promise.all(Array.from({ length: 5 }, freePort));
  const voters = { 'controller.quorum.voters': `9@${local(ports[0]!)}` };
  const [controller, first, second] = await Promise.all([
    startNode(clusterId, {
      ...common,
      ...voters,
      'process.roles': 'controller',
      'node.id': '9',
      listeners: `CONTROLLER://${local(ports[0]!)}`,
    }),
    startBroker(1, ports[1]!, ports[2]!, voters),
    startBroker(2, ports[3]!, ports[4]!, voters),
  ]);
  const inside = [first.inside, second.inside];
  const stop = async () => void (await Promise.all([controller, first, second].map((node) => node.stop())));
  const isWhole = async () => (await Promise.all(inside.map(seesAll))).every(Boolean);
  try {
    await until('the cluster to start', isWhole, 100_000);
    await grantReads(inside);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    clusterId,
    controller,
    brokers: [first, second],
    inside,
    signed: [first.signed, second.signed],
    whole: () => until('the whole cluster', isWhole, 60_000),
    knownTo: async ({ inside: address }) => (await partitionsKnownTo(address)).brokers,
    controllerAnswers: () =>
      until('the controller', async () => (await describeQuorum(inside[0]!)).topics.length === 1, 30_000),
    stop,
  };
}

async function startBroker(
  id: number,
  inside: number,
  signed: number,
  voters: Record<string, string>,
): Promise<ClusterBroker> {
  const users = Object.entries(kafkaAccounts).map(([name, password]) => `user_${name}="${password}"`);
  const login = `org.apache.kafka.common.security.plain.PlainLoginModule required ${users.join(' ')};`;
  const addresses = `INSIDE://${local(inside)},SIGNED://${local(signed)}`;
  const node = await startNode(clusterId, {
    ...common,
    ...voters,
    'process.roles': 'broker',
    'node.id': String(id),
    listeners: addresses,
    'advertised.listeners': addresses,
    'inter.broker.listener.name': 'INSIDE',
    'sasl.enabled.mechanisms': 'PLAIN',
    'listener.name.signed.plain.sasl.jaas.config': login,
  });
  return { ...node, id, inside: local(inside), signed: local(signed) };
}

const seesAll = async (address: string) => {
  const { brokers, partitions } = await partitionsKnownTo(address);
  return brokers.length === 2 && partitions.every(({ isr, replicas }) => isr.length === replicas.length);
};

/** What the handbook asks for, and nothing more: Describe on cluster, topics and groups, DescribeConfigs on cluster and topics. */
async function grantReads(inside: string[]): Promise<void> {
  const { AclOperations, AclPermissionTypes, ResourcePatternTypes, ResourceTypes } = await import(
    '@platformatic/kafka'
  );
  const allow = (resourceType: number, resourceName: string, operation: number) => ({
    resourceType,
    resourceName,
    resourcePatternType: ResourcePatternTypes.LITERAL,
    principal: 'User:muster',
    host: '*',
    operation,
    permissionType: AclPermissionTypes.ALLOW,
  });
  const { DESCRIBE, DESCRIBE_CONFIGS } = AclOperations;
  const creations = [
    allow(ResourceTypes.CLUSTER, 'kafka-cluster', DESCRIBE),
    allow(ResourceTypes.CLUSTER, 'kafka-cluster', DESCRIBE_CONFIGS),
    allow(ResourceTypes.TOPIC, '*', DESCRIBE),
    allow(ResourceTypes.TOPIC, '*', DESCRIBE_CONFIGS),
    allow(ResourceTypes.GROUP, '*', DESCRIBE),
  ];
  await askKafka(inside, (admin) => admin.createAcls({ creations: creations as never }));
}
