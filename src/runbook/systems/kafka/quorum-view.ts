import { type Dialling, dialBroker } from './dial-broker.ts';
import type { KafkaTrouble } from './kafka-trouble.ts';

/**
 * The controllers as the active one sees them. A broker passes the question on, and is silent as long as there is no active
 * controller (measured on 4.1: for at least 12 s). Clusters with ZooKeeper and brokers before 3.3 do not know the question.
 */
export type Quorum =
  | { state: 'answered'; leader: number; voters: { id: number; silentMs: number }[] }
  | { state: KafkaTrouble };

/** The first of these tells most, whoever of the asked brokers said it. */
const tellsMost: readonly Quorum['state'][] = ['answered', 'denied', 'silent', 'closed'];

/** Asks several brokers for the quorum, so that one which is cut off from the controllers does not speak for all. */
export async function viewQuorum(addresses: string[], dialling: Dialling): Promise<Quorum> {
  const all = await Promise.all(addresses.map((address) => askQuorum(address, dialling)));
  return tellsMost.flatMap((state) => all.find((one) => one.state === state) ?? [])[0] ?? all[0]!;
}

/** Asks for the quorum of the metadata log (Describe on Cluster). */
async function askQuorum(address: string, dialling: Dialling): Promise<Quorum> {
  const dialled = await dialBroker(address, dialling, async (connection) => {
    const { describeQuorumV1 } = await import('@platformatic/kafka');
    const topic = { topicName: '__cluster_metadata', partitions: [{ partitionIndex: 0 }] };
    const { topics } = await describeQuorumV1.api.async(connection, [topic]);
    const log = topics[0]?.partitions[0];
    const fetched = (log?.currentVoters ?? []).map(({ replicaId, lastFetchTimestamp }) => ({
      id: replicaId,
      at: Number(lastFetchTimestamp),
    }));
    const latest = Math.max(...fetched.map(({ at }) => at));
    return {
      leader: log?.leaderId ?? -1,
      voters: fetched.map(({ id, at }) => ({ id, silentMs: latest - at })),
    };
  });
  return dialled.state === 'answered' ? { state: 'answered', ...dialled.value } : { state: dialled.state };
}
