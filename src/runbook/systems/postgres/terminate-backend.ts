import { lookUntil } from '../../look-until.ts';
import type { Ask } from './ask-postgres.ts';

/** One session: a process id is used again, together with its start it never is. */
export type Backend = { pid: number; started: string };

/** How far it came. `seen` is what the session was just before, `sent` whether the signal was given. */
export type Termination = { seen: SeenBackend | null; sent: boolean; gone: boolean };

/** What stood there when it was looked at last. */
export type SeenBackend = {
  user: string;
  application: string;
  kind: string;
  state: string;
  same: boolean;
  own: boolean;
  transactionMs: number | null;
};

const lookSql = `SELECT usename, application_name, backend_type, state, pid = pg_backend_pid() AS own,
  backend_start = $2::timestamptz AS same, extract(epoch FROM clock_timestamp() - xact_start) * 1000 AS transaction_ms
  FROM pg_stat_activity WHERE pid = $1`;

/** Condition and signal are one statement: nothing can come between them but the end of the session itself. */
const terminateSql = `SELECT pg_terminate_backend(pid) AS sent FROM pg_stat_activity
  WHERE pid = $1 AND backend_start = $2::timestamptz AND backend_type = 'client backend' AND pid <> pg_backend_pid()
    AND clock_timestamp() - xact_start >= $3 * interval '1 millisecond'`;

/**
 * Ends this one session if it still is the same one, a client's, and in a transaction that is at least `minMs` old; then waits up
 * to 5 s until it is gone. `onSent` hears when the signal may have been given, so that a broken connection is not taken for nothing.
 */
export async function terminateBackend(
  ask: Ask,
  { pid, started }: Backend,
  minMs: number,
  signal: AbortSignal,
  onSent: () => void,
): Promise<Termination> {
  const [row] = await ask(lookSql, [pid, started]);
  if (!row) return { seen: null, sent: false, gone: true };
  const seen = seenIn(row);
  onSent();
  const [done] = await ask(terminateSql, [pid, started, minMs]);
  if (done?.sent !== true) return { seen, sent: false, gone: false };
  const left = await lookUntil(
    () => ask(lookSql, [pid, started]),
    (rows) => rows[0]?.same !== true,
    { everyMs: 50, forMs: 5000, signal },
  );
  return { seen, sent: true, gone: left[0]?.same !== true };
}

const seenIn = (row: Record<string, unknown>): SeenBackend => ({
  user: String(row.usename ?? ''),
  application: String(row.application_name ?? ''),
  kind: String(row.backend_type ?? ''),
  state: String(row.state ?? ''),
  same: row.same === true,
  own: row.own === true,
  transactionMs: row.transaction_ms === null ? null : Number(row.transaction_ms),
});
