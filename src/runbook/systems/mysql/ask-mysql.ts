import { connect, isIP } from 'node:net';
import type { Connection } from 'mysql2';
import { addressKind } from '../../../kit/address.ts';
import { reasonOf } from '../../../kit/failure.ts';
import { parseAddress, resolveHost } from '../../address.ts';
import type { Login } from './login.ts';

/**
 * Why a server gave no answer. `silent` accepts the connection and says nothing: frozen, not crashed. `stuck` logged us in, then a
 * statement did not end. `refused` is a host without the process, `unreachable` did not even connect. `full` refuses new
 * connections (1040), `denied` our login, `ungranted` a statement for want of a right; `rejected` is any other error it answers with.
 */
export type Unanswered =
  | 'silent'
  | 'stuck'
  | 'refused'
  | 'unreachable'
  | 'unresolved'
  | 'full'
  | 'denied'
  | 'ungranted'
  | 'rejected'
  | 'broken';

/** One server's answer, or what stood in the way; `reason` is the server's or the system's own text. */
export type Answer<T> =
  | { address: string; state: 'answered'; value: T; ms: number }
  | { address: string; state: Unanswered; reason: string };

/** One row, by column name. Dates are text, as is whatever does not fit a number. */
export type Row = Record<string, unknown>;

/** Runs one statement; a rejected one throws the server's own error, with its number in `errno`. */
export type Ask = (sql: string, values?: readonly (string | number)[]) => Promise<Row[]>;

/**
 * Connects to one server, asks, and always closes the connection. Ends within `budgetMs` whatever the server does, at once when
 * `signal` aborts, and never throws for the server's sake.
 */
export async function askMysql<T>(
  address: string,
  login: Login,
  budgetMs: number,
  signal: AbortSignal,
  talk: (ask: Ask) => Promise<T>,
): Promise<Answer<T>> {
  const target = parseAddress(address);
  if (!target) return { address, state: 'broken', reason: 'is no host:port' };
  signal.throwIfAborted();
  // Resolved once, and connected to exactly that address.
  const ip = await resolveHost(target.host);
  if (ip === null) return { address, state: 'unresolved', reason: 'its name does not resolve' };
  if (addressKind(ip) === 'forbidden')
    return { address, state: 'broken', reason: 'this address may not be probed' };
  const { default: mysql } = await import('mysql2');
  const reached = { tcp: false, login: false };
  const begin = performance.now();
  const socket = connect(target.port, ip).setNoDelay(true);
  socket.once('connect', () => {
    reached.tcp = true;
  });
  const connection = mysql.createConnection({
    host: target.host,
    stream: () => socket,
    user: login.username,
    ...(login.password === undefined ? {} : { password: login.password }),
    ...(login.tls ? { ssl: { rejectUnauthorized: true, verifyIdentity: isIP(target.host) === 0 } } : {}),
    connectTimeout: budgetMs,
    connectAttributes: { program_name: 'muster-runbook' },
    dateStrings: true,
    supportBigNumbers: true,
  });
  connection.on('error', () => {});
  try {
    const value = await within(budgetMs, signal, async () => {
      await connected(connection);
      reached.login = true;
      return talk((sql, values = []) => rowsOf(connection, sql, values));
    });
    return { address, state: 'answered', value, ms: Math.round(performance.now() - begin) };
  } catch (error) {
    signal.throwIfAborted();
    return { address, ...whyUnanswered(error, reached) };
  } finally {
    connection.destroy();
    socket.destroy();
  }
}

const connected = (connection: Connection) =>
  new Promise<void>((resolve, reject) =>
    connection.connect((error) => (error === null ? resolve() : reject(error))),
  );

const rowsOf = (connection: Connection, sql: string, values: readonly (string | number)[]) =>
  new Promise<Row[]>((resolve, reject) =>
    connection.query(sql, [...values], (error, rows) =>
      error === null ? resolve(Array.isArray(rows) ? (rows as Row[]) : []) : reject(error),
    ),
  );

class BudgetSpent extends Error {}

function within<T>(budgetMs: number, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const timer = setTimeout(() => reject(new BudgetSpent(`no answer within ${budgetMs} ms`)), budgetMs);
    const onAbort = () => reject(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
    work()
      .then(resolve, reject)
      .finally(() => {
        clearTimeout(timer);
        signal.removeEventListener('abort', onAbort);
      });
  });
}

/** Error numbers of MySQL and MariaDB (their manuals, "Server Error Message Reference"). */
const states = new Map<number, Unanswered>([
  [1040, 'full'],
  [1044, 'denied'],
  [1045, 'denied'],
  [1095, 'ungranted'],
  [1129, 'denied'],
  [1130, 'denied'],
  [1142, 'ungranted'],
  [1203, 'denied'],
  [1226, 'denied'],
  [1227, 'ungranted'],
  [1698, 'denied'],
]);

/** What an error of the driver says about the server, given how far we had come. */
export function whyUnanswered(
  error: unknown,
  reached: { tcp: boolean; login: boolean },
): { state: Unanswered; reason: string } {
  const { errno, code = '' } = error as { errno?: number; code?: string };
  const reason = reasonOf(error);
  const known = states.get(errno ?? 0);
  if (known !== undefined) return { state: known, reason };
  if (code === 'ECONNREFUSED') return { state: 'refused', reason: 'connection refused' };
  if (code === 'EHOSTUNREACH' || code === 'ENETUNREACH') return { state: 'unreachable', reason };
  if (error instanceof BudgetSpent || code === 'ETIMEDOUT') {
    if (reached.login) return { state: 'stuck', reason: 'logged in, then a statement did not end' };
    return reached.tcp
      ? { state: 'silent', reason: 'connected, then silent' }
      : { state: 'unreachable', reason: 'no connection within the budget' };
  }
  return code.startsWith('ER_') ? { state: 'rejected', reason } : { state: 'broken', reason };
}
