import { type Answer, type Ask, askPostgres, type PostgresLogin } from './ask-postgres.ts';
import { queryShape } from './query-shape.ts';
import { rows } from './replication-sql.ts';

/** A session that waits, is waited for, or is in a transaction. Ages are seconds; null where there is none. */
export type Session = {
  pid: number;
  /** When the session began, exactly: with the process id it names one session for ever. */
  backendStart: string;
  /** `client backend` for a client; maintenance and replication have kinds of their own. */
  kind: string;
  user: string;
  application: string;
  database: string;
  state: string;
  /** Its last statement without values. */
  query: string;
  transactionSeconds: number | null;
  stateSeconds: number;
  /** How long it has waited for a lock. */
  waitSeconds: number | null;
  /** Whom it waits for; 0 is a prepared transaction. */
  blockedBy: number[];
};

/** What one node says of its connections and sessions. */
export type LoadSays = {
  inRecovery: boolean;
  max: number;
  /** Connections kept for superusers and for `pg_use_reserved_connections` (PostgreSQL 16). */
  reserved: number;
  used: number;
  /** Sessions of which this role may not see what they do. */
  hidden: number;
  /** Who holds most connections. */
  holders: { user: string; application: string; state: string; count: number }[];
  sessions: Session[];
};

/** Everything the step saw, at one moment. */
export type LoadView = Answer<LoadSays>[];

/** Sessions that wait for a lock at most, and oldest transactions at most, that are looked at. */
const most = { waiting: 100, transactions: 10 };

const age = (since: string) => `extract(epoch FROM clock_timestamp() - ${since})`;

/** One statement for PostgreSQL 12 and later; needs `pg_monitor` to see what other people's sessions do. */
const loadSql = `SELECT
${rows(`SELECT pg_is_in_recovery() AS in_recovery, current_setting('max_connections')::int AS max,
  current_setting('superuser_reserved_connections')::int
    + coalesce(current_setting('reserved_connections', true), '0')::int AS reserved,
  (SELECT count(*) FROM pg_stat_activity WHERE pid <> pg_backend_pid()
    AND coalesce(backend_type = 'client backend', datid IS NOT NULL)) AS used,
  (SELECT count(*) FROM pg_stat_activity WHERE backend_type IS NULL AND datid IS NOT NULL) AS hidden`)} AS server,
${rows(`SELECT usename, application_name, state, count(*) FROM pg_stat_activity
  WHERE backend_type = 'client backend' AND pid <> pg_backend_pid() GROUP BY 1, 2, 3 ORDER BY 4 DESC LIMIT 5`)} AS holders,
${rows(`WITH waiting AS MATERIALIZED (
    SELECT pid, pg_blocking_pids(pid) AS by FROM pg_stat_activity WHERE wait_event_type = 'Lock' LIMIT ${most.waiting}
  ), oldest AS (
    SELECT pid FROM pg_stat_activity WHERE xact_start IS NOT NULL AND backend_type = 'client backend'
      AND pid <> pg_backend_pid() ORDER BY xact_start LIMIT ${most.transactions}
  ), since AS (
    SELECT pid, min((to_jsonb(l)->>'waitstart')::timestamptz) AS start FROM pg_locks AS l WHERE NOT granted GROUP BY pid
  ) SELECT a.pid, a.backend_start::text, a.backend_type, a.usename, a.application_name, a.datname, a.state,
    left(a.query, 500) AS query, ${age('a.xact_start')} AS transaction_s, ${age('a.state_change')} AS state_s,
    CASE WHEN w.pid IS NOT NULL THEN ${age('coalesce(since.start, a.query_start)')} END AS wait_s,
    coalesce(to_jsonb(w.by), '[]') AS blocked_by
  FROM pg_stat_activity AS a LEFT JOIN waiting AS w USING (pid) LEFT JOIN since USING (pid)
  WHERE a.pid IN (SELECT pid FROM oldest UNION SELECT pid FROM waiting UNION SELECT unnest(by) FROM waiting)`)} AS sessions`;

/** Asks all nodes at the same time, with one statement each. Reads only; takes little more than the patience. */
export const viewLoad = (
  nodes: string[],
  login: PostgresLogin,
  patienceMs: number,
  signal: AbortSignal,
): Promise<LoadView> =>
  Promise.all(nodes.map((node) => askPostgres(node, login, patienceMs, signal, loadSays)));

type Row = Record<string, unknown>;

/** Asks one node. */
export async function loadSays(ask: Ask): Promise<LoadSays> {
  const [found] = (await ask(loadSql)) as { server: Row[]; holders: Row[]; sessions: Row[] }[];
  const server = found!.server[0]!;
  const text = (value: unknown) => (typeof value === 'string' ? value : '');
  return {
    inRecovery: server.in_recovery === true,
    max: Number(server.max),
    reserved: Number(server.reserved),
    used: Number(server.used),
    hidden: Number(server.hidden),
    holders: found!.holders.map((row) => ({
      user: text(row.usename),
      application: text(row.application_name),
      state: text(row.state),
      count: Number(row.count),
    })),
    sessions: found!.sessions.map((row) => ({
      pid: Number(row.pid),
      backendStart: text(row.backend_start),
      kind: text(row.backend_type),
      user: text(row.usename),
      application: text(row.application_name),
      database: text(row.datname),
      state: text(row.state),
      query: queryShape(text(row.query)),
      transactionSeconds: row.transaction_s === null ? null : Number(row.transaction_s),
      stateSeconds: Number(row.state_s ?? 0),
      waitSeconds: row.wait_s === null ? null : Number(row.wait_s),
      blockedBy: row.blocked_by as number[],
    })),
  };
}
