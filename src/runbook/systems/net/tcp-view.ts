import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { formatAddress } from '../../address.ts';

/**
 * What came of one connection. `closed` and `reset` had connected and were ended at once by the other side, as a balancer
 * without a backend does; `timeout` never connected, which is what a firewall or a full queue looks like.
 */
export type Connection = {
  address: string;
  state: 'open' | 'closed' | 'reset' | 'refused' | 'timeout' | 'unreachable' | 'broken';
  ms: number;
};

/** How long an open connection is watched for an end that comes at once. */
const settleMs = 100;

const states: Record<string, Connection['state']> = {
  ECONNREFUSED: 'refused',
  ECONNRESET: 'reset',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
  EADDRNOTAVAIL: 'unreachable',
  ETIMEDOUT: 'timeout',
};

/** Connects to every address at the same time, sends nothing and closes. Ends within `patienceMs` plus a tenth of a second. */
export function viewTcp(
  addresses: readonly string[],
  port: number,
  patienceMs: number,
  signal: AbortSignal,
): Promise<Connection[]> {
  return Promise.all(addresses.map((host) => tryAddress(host, port, patienceMs, signal)));
}

async function tryAddress(
  host: string,
  port: number,
  patienceMs: number,
  signal: AbortSignal,
): Promise<Connection> {
  signal.throwIfAborted();
  const begin = performance.now();
  const socket = connect({ host, port });
  const stop = () => socket.destroy();
  signal.addEventListener('abort', stop, { once: true });
  const timer = setTimeout(stop, patienceMs);
  const stateOf = (error: NodeJS.ErrnoException) => states[error.code ?? ''] ?? 'broken';
  try {
    const ended = new Promise<Connection['state']>((resolve) => {
      socket.once('error', (error) => resolve(stateOf(error)));
      socket.once('end', () => resolve('closed'));
      socket.once('close', () => resolve('timeout'));
    });
    const connected = new Promise<'open'>((resolve) => socket.once('connect', () => resolve('open')));
    const first = await Promise.race([connected, ended]);
    const ms = Math.round(performance.now() - begin);
    clearTimeout(timer);
    socket.resume();
    const state = first === 'open' ? await Promise.race([ended, delay(settleMs, 'open' as const)]) : first;
    signal.throwIfAborted();
    return { address: formatAddress({ host, port }), state, ms };
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', stop);
    socket.destroy();
  }
}
