import type { Admin, AdminOptions, Connection } from '@platformatic/kafka';
import { withErrorCodes } from '../../../src/runbook/systems/kafka/kafka-trouble.ts';

/** Asks a cluster of a test something with an admin client of its own, and closes it. */
export async function askKafka<T>(
  bootstrapBrokers: string[],
  ask: (admin: Admin) => Promise<T>,
  options: Partial<AdminOptions> = {},
): Promise<T> {
  const { Admin } = await import('@platformatic/kafka');
  const admin = new Admin({ clientId: 'test', bootstrapBrokers, retries: 0, timeout: 2000, ...options });
  try {
    return await ask(admin);
  } finally {
    await admin.close();
  }
}

/** What one broker knows of all partitions, asked without the admin client, which trips over topics it saw offline. */
export async function partitionsKnownTo(address: string) {
  const { metadataV12 } = await import('@platformatic/kafka');
  const { brokers, topics } = await withConnection(address, (connection) =>
    withErrorCodes(metadataV12.api.async(connection, null, false, false)),
  );
  const partitions = topics.flatMap(({ name, partitions: all }) =>
    all.map(({ leaderId, isrNodes, replicaNodes }) => ({
      topic: name,
      leader: leaderId,
      isr: isrNodes,
      replicas: replicaNodes,
    })),
  );
  return { brokers: brokers.map(({ nodeId }) => nodeId), partitions };
}

/** The controllers, through a broker that passes the question on; rejects while none is active. */
export async function describeQuorum(address: string) {
  const { describeQuorumV1 } = await import('@platformatic/kafka');
  const topic = { topicName: '__cluster_metadata', partitions: [{ partitionIndex: 0 }] };
  return withConnection(address, (connection) => describeQuorumV1.api.async(connection, [topic]));
}

async function withConnection<T>(address: string, use: (connection: Connection) => Promise<T>): Promise<T> {
  const { Connection } = await import('@platformatic/kafka');
  const connection = new Connection('test', { connectTimeout: 2000, requestTimeout: 2000 });
  connection.on('error', () => {});
  const [host, port] = address.split(':') as [string, string];
  try {
    await connection.connect(host, Number(port));
    return await use(connection);
  } finally {
    connection.socket?.destroy();
  }
}
