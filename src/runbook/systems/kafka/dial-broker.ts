import { isIP } from 'node:net';
import type { Connection, SASLOptions } from '@platformatic/kafka';
import { addressKind } from '../../../kit/address.ts';
import { parseAddress, resolveHost } from '../../address.ts';
import { limitAnswer } from '../../limit-answer.ts';
import { classify, type KafkaTrouble } from './kafka-trouble.ts';

/** How clients sign in. Secrets are values here, which exist only while the step runs. */
export type KafkaLogin = { sasl?: SASLOptions; tls: boolean };

/** How to dial: the login, how long one connection or one answer may take, and when to stop. */
export type Dialling = { login: KafkaLogin; patienceMs: number; signal: AbortSignal };

/** What one address gave. `ms` is the time from dialling to the last answer. */
export type Dialled<T> =
  | { state: 'answered'; ip: string; ms: number; value: T }
  | { state: KafkaTrouble; ip: string | null; reason: string };

/** One connection to one address, used once and always destroyed; every trouble is a value. Link-local addresses are never dialled. */
export async function dialBroker<T>(
  address: string,
  { login, patienceMs, signal }: Dialling,
  use: (connection: Connection) => Promise<T>,
): Promise<Dialled<T>> {
  const target = parseAddress(address);
  if (!target) return { state: 'broken', ip: null, reason: 'is no host:port' };
  const ip = await resolveHost(target.host);
  if (ip === null) return { state: 'unresolved', ip, reason: 'its name does not resolve here' };
  if (addressKind(ip) === 'forbidden')
    return { state: 'forbidden', ip, reason: 'this address is never dialled' };
  const { Connection } = await import('@platformatic/kafka');
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
  const received = limitAnswer(() => connection.socket);
  const begin = performance.now();
  let connected = false;
  try {
    const ready = connection.connect(ip, target.port);
    connection.socket.once('connect', () => {
      connected = true;
    });
    await ready;
    const value = await use(connection);
    return { state: 'answered', ip, ms: Math.round(performance.now() - begin), value };
  } catch (error) {
    signal.throwIfAborted();
    if (received.tooLarge()) return { ip, state: 'broken', reason: 'it sends more than any answer has' };
    const { state, reason } = classify(error);
    // With SASL, the login counts as connecting: who took the connection and then says nothing is silent.
    return { ip, state: state === 'unreachable' && connected ? 'silent' : state, reason };
  } finally {
    signal.removeEventListener('abort', close);
    received.stop();
    close();
  }
}
