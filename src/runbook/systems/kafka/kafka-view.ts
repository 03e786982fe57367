import type { Connection } from '@platformatic/kafka';
import { formatAddress, type Place, placeOf } from '../../address.ts';
import { type Dialling, dialBroker } from './dial-broker.ts';
import { type KafkaTrouble, textOf } from './kafka-trouble.ts';

/** What one address gave. */
export type KafkaAnswer =
  | {
      state: 'answered';
      ip: string;
      clusterId: string;
      brokers: { node: number; address: string }[];
      /** Who really answers there, where it was asked and says so. */
      answeringNode: number | null;
      ms: number;
    }
  | { state: KafkaTrouble; ip: string | null; reason: string };

/** One advertised address, looked at the way a client uses it. */
export type AdvertisedView = { node: number; address: string; place: Place | null; answer: KafkaAnswer };

/** One view of the cluster: what the bootstrap says, and every address it sends clients to. */
export type KafkaView = {
  bootstrap: string;
  place: Place | null;
  answer: KafkaAnswer;
  brokers: AdvertisedView[];
};

/** No cluster of this size is looked at broker by broker. */
const mostBrokers = 100;

/** Asks the bootstrap, then dials every advertised address at the same time. Reads metadata only (Kafka 2.6 and later). */
export async function viewKafka(bootstrap: string, dialling: Dialling): Promise<KafkaView> {
  const answer = await askBroker(bootstrap, null, dialling);
  return {
    bootstrap,
    place: answer.ip === null ? null : placeOf(answer.ip),
    answer,
    brokers: answer.state === 'answered' ? await viewAdvertised(answer.brokers, dialling) : [],
  };
}

/** Dials every advertised address at the same time, at most a hundred, and asks each who it is. */
export function viewAdvertised(
  brokers: { node: number; address: string }[],
  dialling: Dialling,
): Promise<AdvertisedView[]> {
  return Promise.all(
    brokers.slice(0, mostBrokers).map(async ({ node, address }) => {
      const answer = await askBroker(address, node, dialling);
      return { node, address, place: answer.ip === null ? null : placeOf(answer.ip), answer };
    }),
  );
}

/** Asks one address for the brokers it knows, and where `node` is expected there, who really answers. */
export async function askBroker(
  address: string,
  node: number | null,
  dialling: Dialling,
): Promise<KafkaAnswer> {
  const dialled = await dialBroker(address, dialling, async (connection) => {
    const { metadataV9 } = await import('@platformatic/kafka');
    const metadata = await metadataV9.api.async(connection, [], false, false);
    return {
      clusterId: metadata.clusterId ?? '',
      brokers: metadata.brokers.map((broker) => ({ node: broker.nodeId, address: formatAddress(broker) })),
      answeringNode: node === null ? null : await askNodeId(connection, node),
    };
  });
  if (dialled.state !== 'answered') return dialled;
  const { value, ...rest } = dialled;
  return { ...rest, ...value };
}

/**
 * Asks whoever answers for the configuration of broker `node`: a broker describes only itself, and names its own id when it
 * refuses. Null when it does not say (no DescribeConfigs right).
 */
async function askNodeId(connection: Connection, node: number): Promise<number | null> {
  const { describeConfigsV4 } = await import('@platformatic/kafka');
  const resource = { resourceType: 4 as const, resourceName: String(node), configurationKeys: ['node.id'] };
  try {
    await describeConfigsV4.api.async(connection, [resource], false, false);
    return node;
  } catch (error) {
    const other = /Unexpected broker id, expected (\d+)/.exec(textOf(error))?.[1];
    return other === undefined ? null : Number(other);
  }
}
