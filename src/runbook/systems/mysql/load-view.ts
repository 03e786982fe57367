import type { Ask, Row } from './ask-mysql.ts';
import { dialectOf } from './dialect.ts';

/** One connection as the server lists it. Its statement has no values in it. */
export type Session = {
  id: number;
  user: string;
  host: string;
  command: string;
  state: string;
  /** How long it has been doing this, and since when by the server's clock (UTC, to the second). */
  seconds: number;
  started: string;
  statement: string;
};

/** A transaction that is open in InnoDB, by the id of its connection. `waiting` is how long it has waited for a lock. */
export type Transaction = { session: number; seconds: number; waiting: number | null };

/** What a server is busy with. */
export type LoadView = {
  version: string;
  connected: number;
  maxConnections: number;
  /** Connections turned away since the server started. */
  turnedAway: number;
  sessions: Session[];
  transactions: Transaction[];
  /** Who waits for whom, by connection id. */
  waits: { waiting: number; blocking: number }[];
};

/** Rows of InnoDB's lists that are looked at; a server that has more is in trouble enough to see. */
const limit = 2000;

/**
 * Asks one server what it is busy with. Without PROCESS a server would silently list only our own connection, so that the question
 * for transactions comes first: it is refused then.
 */
export async function viewLoad(ask: Ask): Promise<LoadView> {
  const [first = {}] = await ask(
    "SELECT VERSION() AS version, @@global.max_connections AS max_connections, DATE_FORMAT(UTC_TIMESTAMP(), '%Y-%m-%dT%TZ') AS now",
  );
  const version = String(first.version);
  const transactions = await ask(
    `SELECT trx_mysql_thread_id AS session, TIMESTAMPDIFF(SECOND, trx_started, NOW()) AS seconds, TIMESTAMPDIFF(SECOND, trx_wait_started, NOW()) AS waiting FROM information_schema.innodb_trx ORDER BY trx_started LIMIT ${limit}`,
  );
  const [counters, waits, rows] = await Promise.all([
    ask(
      "SHOW GLOBAL STATUS WHERE Variable_name IN ('Threads_connected', 'Connection_errors_max_connections')",
    ),
    ask(waitsOf(version)),
    ask('SHOW PROCESSLIST'),
  ]);
  const counter = (name: string) => Number(counters.find((row) => row.Variable_name === name)?.Value ?? 0);
  const sessions = rows.map((row) => sessionOf(row, Date.parse(String(first.now))));
  // InnoDB's lists may be 100 ms old, that of sessions is not: who is gone blocks nobody, who is idle waits for nothing.
  const commands = new Map(sessions.map(({ id, command }) => [id, command]));
  const isBusy = (id: number) => commands.has(id) && commands.get(id) !== 'Sleep';
  return {
    version,
    connected: counter('Threads_connected'),
    maxConnections: Number(first.max_connections),
    turnedAway: counter('Connection_errors_max_connections'),
    sessions,
    transactions: transactions
      .map((row) => ({ session: Number(row.session), seconds: Number(row.seconds), waiting: row.waiting }))
      .filter(({ session }) => commands.has(session))
      .map(({ session, seconds, waiting }) => ({
        session,
        seconds,
        waiting: waiting === null || !isBusy(session) ? null : Number(waiting),
      })),
    waits: waits
      .map((row) => ({ waiting: Number(row.waiting), blocking: Number(row.blocking) }))
      .filter(({ waiting, blocking }) => isBusy(waiting) && commands.has(blocking)),
  };
}

/** MySQL moved lock waits to performance_schema in 8.0; MariaDB keeps them where they were. */
function waitsOf(version: string): string {
  const moved = dialectOf(version).flavour === 'mysql' && Number.parseInt(version, 10) >= 8;
  const [table, requesting, blocking] = moved
    ? [
        'performance_schema.data_lock_waits',
        'REQUESTING_ENGINE_TRANSACTION_ID',
        'BLOCKING_ENGINE_TRANSACTION_ID',
      ]
    : ['information_schema.innodb_lock_waits', 'requesting_trx_id', 'blocking_trx_id'];
  return `SELECT DISTINCT waiter.trx_mysql_thread_id AS waiting, blocker.trx_mysql_thread_id AS blocking FROM ${table} AS waits JOIN information_schema.innodb_trx AS waiter ON waiter.trx_id = waits.${requesting} JOIN information_schema.innodb_trx AS blocker ON blocker.trx_id = waits.${blocking} LIMIT ${limit}`;
}

/** Reads one row of SHOW PROCESSLIST; `nowMs` is the server's clock, from which the start follows. */
export function sessionOf(row: Row, nowMs: number): Session {
  const text = (name: string) => String(row[name] ?? '');
  const seconds = Math.max(0, Number(row.Time ?? 0));
  return {
    id: Number(row.Id),
    user: text('User'),
    host: text('Host'),
    command: text('Command'),
    state: text('State'),
    seconds,
    started: new Date(nowMs - seconds * 1000).toISOString().replace('.000Z', 'Z'),
    statement: bareStatement(text('Info')),
  };
}

/** The beginning of a statement without its values, which are other people's data. */
export const bareStatement = (sql: string): string =>
  sql
    .replace(/\/\*.*?(\*\/|$)/gs, ' ')
    .replace(/'(?:[^'\\]|\\.)*('|$)|"(?:[^"\\]|\\.)*("|$)/gs, '?')
    .replace(/\b(0x[0-9a-f]+|\d+(\.\d+)?)\b/gi, '?')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 60);
