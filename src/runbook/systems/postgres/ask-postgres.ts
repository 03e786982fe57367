import { isIP, Socket } from 'node:net';
import type { Client } from 'pg';
import { addressKind } from '../../../kit/address.ts';
import { reasonOf } from '../../../kit/failure.ts';
import { parseAddress, resolveHost } from '../../address.ts';
import { type LimitedAnswer, limitAnswer } from '../../limit-answer.ts';

/** How one PostgreSQL is reached. The password is a value here, which exists only while the step runs. */
export type PostgresLogin = {
  username: string;
  password: string | undefined;
  database: string;
  tls: boolean;
};

/**
 * Why a node did not answer. `silent` is connected and then nothing: frozen or overloaded, not crashed. `refused` is a host without
 * the process, `unreachable` did not even connect. `full` has no connection slot left for this account, `starting` takes no
 * connections yet, `denied` is a login or a right that is missing, `rejected` any other error that the node itself answers with.
 */
export type Unanswered =
  | 'silent'
  | 'refused'
  | 'unreachable'
  | 'unresolved'
  | 'denied'
  | 'full'
  | 'starting'
  | 'rejected'
  | 'broken';

/** One node's answer, or what stood in the way. */
export type Answer<T> =
  | { address: string; state: 'answered'; value: T; ms: number }
  | { address: string; state: Unanswered; reason: string };

/** Runs one statement and gives its rows; an error of the server is thrown as it is. */
export type Ask = (sql: string, values?: unknown[]) => Promise<Record<string, unknown>[]>;

/** After an orderly goodbye a server has this long to close the connection before the socket is destroyed. */
const goodbyeMs = 200;

/**
 * Connects to one node, asks, and always closes the connection. Ends within `budgetMs` whatever the node does, at once when
 * `signal` aborts, and never throws for the node's sake. The session is read-only and no statement outlives the budget.
 */
export async function askPostgres<T>(
  address: string,
  login: PostgresLogin,
  budgetMs: number,
  signal: AbortSignal,
  talk: (ask: Ask) => Promise<T>,
): Promise<Answer<T>> {
  const target = parseAddress(address);
  if (!target) return { address, state: 'broken', reason: 'is no host:port' };
  const { Client } = await import('pg');
  // Resolved once, and connected to exactly that address.
  const ip = await resolveHost(target.host);
  if (ip === null) return { address, state: 'unresolved', reason: 'its name does not resolve' };
  if (addressKind(ip) === 'forbidden')
    return { address, state: 'broken', reason: 'this address may not be probed' };
  // From here to the listener below nothing is awaited, so that no abort is missed.
  signal.throwIfAborted();
  const socket = new Socket();
  const received = limitAnswer(() => socket);
  const seen = { connected: false, spent: false, answers: 0, received };
  socket.once('connect', () => {
    seen.connected = true;
  });
  const options = [
    '-c default_transaction_read_only=on',
    `-c statement_timeout=${budgetMs}`,
    '-c lock_timeout=1000',
  ];
  const client = new Client({
    stream: () => socket,
    host: ip,
    port: target.port,
    user: login.username,
    // A function, because the library looks for a missing password in the environment and in ~/.pgpass.
    password: () => login.password ?? '',
    database: login.database,
    ssl: login.tls ? (isIP(target.host) ? {} : { servername: target.host }) : false,
    application_name: 'muster-runbook',
    options: options.join(' '),
  });
  client.on('error', () => {});
  const timer = setTimeout(() => {
    seen.spent = true;
    socket.destroy();
  }, budgetMs);
  const onAbort = () => socket.destroy();
  signal.addEventListener('abort', onAbort, { once: true });
  const begin = performance.now();
  try {
    await client.connect();
    seen.answers += 1;
    const value = await talk(async (sql, values = []) => (await client.query(sql, values)).rows);
    return { address, state: 'answered', value, ms: Math.round(performance.now() - begin) };
  } catch (error) {
    signal.throwIfAborted();
    return { address, ...classify(error, seen) };
  } finally {
    clearTimeout(timer);
    received.stop();
    signal.removeEventListener('abort', onAbort);
    await letGo(client, socket);
  }
}

/** A frozen server never answers the goodbye, so it is waited for only a moment. */
async function letGo(client: Client, socket: Socket): Promise<void> {
  if (!socket.destroyed && socket.readyState === 'open') {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, goodbyeMs);
    });
    await Promise.race([client.end().catch(() => {}), late]);
    clearTimeout(timer);
  }
  socket.destroy();
}

/** SQLSTATE → state (https://www.postgresql.org/docs/current/errcodes-appendix.html). */
const states: Record<string, Unanswered> = {
  '28P01': 'denied', // wrong password
  '28000': 'denied', // no pg_hba.conf entry, or no such role
  '42501': 'denied', // a right is missing
  '53300': 'full',
  '57P03': 'starting',
};

/** How far it came before it failed; a login that was accepted counts as an answer. */
type Progress = { connected: boolean; spent: boolean; answers: number; received: LimitedAnswer };

function classify(
  error: unknown,
  { connected, spent, answers, received }: Progress,
): { state: Unanswered; reason: string } {
  const reason = reasonOf(error);
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (received.tooLarge()) return { state: 'broken', reason: 'it sends more than any answer has' };
  if (spent && answers === 0 && received.heard())
    return { state: 'broken', reason: 'its answer did not become whole in time' };
  if (spent) {
    return connected
      ? { state: 'silent', reason: 'connected, then silent' }
      : { state: 'unreachable', reason: 'no connection within the budget' };
  }
  if (code === 'ECONNREFUSED') return { state: 'refused', reason: 'connection refused' };
  if (/^(EHOSTUNREACH|ENETUNREACH|ETIMEDOUT)$/.test(code)) return { state: 'unreachable', reason };
  // A role or a database with a limit of its own is not a full server.
  if (code === '53300' && /for (role|database)/.test(reason)) return { state: 'rejected', reason };
  if (/does not support SSL/.test(reason)) return { state: 'rejected', reason };
  if (/^[0-9A-Z]{5}$/.test(code)) return { state: states[code] ?? 'rejected', reason };
  return { state: 'broken', reason: reason === '' ? 'the connection broke' : reason };
}
