import { isIP } from 'node:net';
import type { Connection, SASLOptions } from '@platformatic/kafka';
import { addressKind } from '../../kit/address.ts';
import { formatAddress, type Place, parseAddress, placeOf, resolveHost } from '../address.ts';

/** How clients sign in. Secrets are values here, which exist only while the step runs. */
export type KafkaLogin = { sasl?: SASLOptions; tls: boolean };

/** Why an address gave no metadata. */
export type KafkaTrouble =
  | 'unresolved'
  | 'forbidden'
  | 'refused'
  | 'unreachable'
  | 'silent'
  | 'closed'
  | 'denied'
  | 'broken';

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
export async function viewKafka(
  bootstrap: string,
  login: KafkaLogin,
  patienceMs: number,
  signal: AbortSignal,
): Promise<KafkaView> {
  const answer = await askBroker(bootstrap, null, login, patienceMs, signal);
  const brokers = answer.state === 'answered' ? answer.brokers.slice(0, mostBrokers) : [];
  return {
    bootstrap,
    place: answer.ip === null ? null : placeOf(answer.ip),
    answer,
    brokers: await Promise.all(
      brokers.map(async ({ node, address }) => {
        const own = await askBroker(address, node, login, patienceMs, signal);
        return { node, address, place: own.ip === null ? null : placeOf(own.ip), answer: own };
      }),
    ),
  };
}

/** One connection to one address: metadata, and where `node` is expected there, who really answers. Always closed. */
async function askBroker(
  address: string,
  node: number | null,
  login: KafkaLogin,
  patienceMs: number,
  signal: AbortSignal,
): Promise<KafkaAnswer> {
  const target = parseAddress(address);
  if (!target) return { state: 'broken', ip: null, reason: 'is no host:port' };
  const ip = await resolveHost(target.host);
  if (ip === null) return { state: 'unresolved', ip, reason: 'its name does not resolve here' };
  if (addressKind(ip) === 'forbidden')
    return { state: 'forbidden', ip, reason: 'this address is never dialled' };
  const { Connection, metadataV9 } = await import('@platformatic/kafka');
  signal.throwIfAborted();
  const connection = new Connection('muster-runbook', {
    connectTimeout: patienceMs,
    requestTimeout: patienceMs,
    ...(login.sasl ? { sasl: login.sasl } : {}),
    ...(login.tls ? { tls: isIP(target.host) ? {} : { servername: target.host } } : {}),
  });
  connection.on('error', () => {});
  const close = () => connection.socket?.destroy();
  signal.addEventListener('abort', close, { once: true });
  const begin = performance.now();
  try {
    await connection.connect(ip, target.port);
    const metadata = await metadataV9.api.async(connection, [], false, false);
    const ms = Math.round(performance.now() - begin);
    return {
      state: 'answered',
      ip,
      clusterId: metadata.clusterId ?? '',
      brokers: metadata.brokers.map((broker) => ({ node: broker.nodeId, address: formatAddress(broker) })),
      answeringNode: node === null ? null : await askNodeId(connection, node),
      ms,
    };
  } catch (error) {
    signal.throwIfAborted();
    return { ip, ...classify(error) };
  } finally {
    signal.removeEventListener('abort', close);
    close();
  }
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

/** All messages of an error, its causes and its parts: the library nests the network's own word deep inside. */
function textOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const parts = 'errors' in error && Array.isArray(error.errors) ? error.errors : [];
  const code = 'code' in error ? String(error.code) : '';
  const server = 'serverErrorMessage' in error ? String(error.serverErrorMessage) : '';
  return [error.message, code, server, ...parts.map(textOf), error.cause ? textOf(error.cause) : ''].join(
    ' ',
  );
}

function classify(error: unknown): { state: KafkaTrouble; reason: string } {
  const text = textOf(error);
  if (/ECONNREFUSED/.test(text)) return { state: 'refused', reason: 'connection refused' };
  if (/PLT_KFK_AUTHENTICATION|AUTHORIZATION_FAILED/.test(text))
    return { state: 'denied', reason: 'login or rights refused' };
  if (/Request timed out/.test(text)) return { state: 'silent', reason: 'connected, then silent' };
  if (/EHOSTUNREACH|ENETUNREACH|ETIMEDOUT|Connection to .* timed out|timed out/i.test(text)) {
    return { state: 'unreachable', reason: 'no connection in time' };
  }
  if (/Connection closed|ECONNRESET/i.test(text)) {
    return { state: 'closed', reason: 'it closed the connection: TLS or SASL may be missing on our side' };
  }
  return { state: 'broken', reason: text.slice(0, 200) };
}
