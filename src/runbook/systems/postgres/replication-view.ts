import { type Answer, type Ask, askPostgres, type PostgresLogin } from './ask-postgres.ts';
import { replicationSql } from './replication-sql.ts';

/** A standby as the primary sees it. Numbers are null while nothing was measured, `state` where the right to see it is missing. */
export type Sender = {
  pid: number;
  name: string;
  state: string | null;
  lagBytes: number | null;
  lagSeconds: number | null;
  sync: boolean;
};

/** A replication slot. `retainedBytes` is the WAL it keeps on disk, `status` is `lost` when what it needs is gone. */
export type Slot = {
  name: string;
  physical: boolean;
  active: boolean;
  activePid: number | null;
  retainedBytes: number | null;
  status: string;
  /** Bytes until the slot may be lost; null without a limit (`max_slot_wal_keep_size`). */
  safeBytes: number | null;
};

/** What one node says of its side of the replication. */
export type NodeSays = {
  inRecovery: boolean;
  /** The same cluster has the same identifier on every node. */
  systemId: string;
  timeline: number;
  name: string;
  /** A primary's write position; positions are bytes since the start of the WAL. */
  position: bigint | null;
  senders: Sender[];
  slots: Slot[];
  /** A primary whose commits wait for a standby, and no such standby is there. */
  waitsForSync: boolean;
  /** A standby's WAL receiver; null when it has none. `status` is null where the right to see it is missing. */
  receiver: { status: string | null } | null;
  received: bigint | null;
  replayed: bigint | null;
  paused: boolean;
  /** Whether it is told to stream at all; null when it may not be read. */
  streams: boolean | null;
  /** The slot it uses on the primary, where it uses one. */
  slot: string | null;
  /** `recovery_min_apply_delay`, milliseconds of lag that are wanted. */
  delayMs: number;
  /** Queries that recovery has cancelled here, since the statistics were reset. */
  conflicts: number;
  /** What the replay waits for at the moment, where that is a query on this standby. */
  replayWaits: string | null;
};

/** Everything the step saw, at one moment. */
export type ReplicationView = Answer<NodeSays>[];

/** Asks all nodes at the same time, with one statement each. Reads only; takes little more than the patience. */
export const viewReplication = (
  nodes: string[],
  login: PostgresLogin,
  patienceMs: number,
  signal: AbortSignal,
): Promise<ReplicationView> =>
  Promise.all(nodes.map((node) => askPostgres(node, login, patienceMs, signal, replicationSays)));

/** Asks one node. */
export async function replicationSays(ask: Ask): Promise<NodeSays> {
  const [row] = await ask(replicationSql);
  return nodeSays(row as NodeRows);
}

type Row = Record<string, unknown>;

/** The rows of one node by the view they come from. */
export type NodeRows = {
  role: Row[];
  replication: Row[];
  slots: Row[];
  receiver: Row[];
  standby: Row[];
  conflicts: Row[];
};

/** Rows as what they mean; a column that an older server does not have is absent. */
export function nodeSays(rows: NodeRows): NodeSays {
  const role = rows.role[0] ?? {};
  const standby = rows.standby[0] ?? {};
  const receiver = rows.receiver[0];
  const senders = rows.replication.map((row) => ({
    pid: Number(row.pid),
    name: String(row.application_name ?? ''),
    state: textOf(row.state),
    lagBytes: numberOf(row.replay_lag_bytes),
    lagSeconds: numberOf(row.replay_lag_s),
    sync: row.sync_state === 'sync' || row.sync_state === 'quorum',
  }));
  return {
    inRecovery: role.in_recovery === true,
    systemId: String(role.system_identifier),
    timeline: Number(role.timeline),
    name: String(role.cluster_name ?? ''),
    position: positionOf(role.current_lsn),
    senders,
    slots: rows.slots.map((row) => ({
      name: String(row.slot_name),
      physical: row.slot_type === 'physical',
      active: row.active === true,
      activePid: numberOf(row.active_pid),
      retainedBytes: numberOf(row.retained_bytes),
      status: String(row.wal_status ?? ''),
      safeBytes: numberOf(row.safe_wal_size),
    })),
    waitsForSync: role.waits_for_sync === true && !senders.some(({ sync, state }) => sync || state === null),
    // Without pg_monitor there is a row that has nothing but a process id.
    receiver: receiver === undefined ? null : { status: textOf(receiver.status) },
    received: positionOf(standby.receive_lsn),
    replayed: positionOf(standby.replay_lsn),
    paused: standby.replay_paused === true,
    streams: typeof standby.streams === 'boolean' ? standby.streams : null,
    slot: textOf(standby.slot_name),
    delayMs: Number(standby.apply_delay_ms ?? 0),
    conflicts: rows.conflicts.reduce((sum, row) => sum + conflictsIn(row), 0),
    replayWaits: textOf(standby.replay_waits),
  };
}

const conflictsIn = ({ datname: _, ...counts }: Row) =>
  Object.values(counts).reduce<number>((sum, count) => sum + Number(count ?? 0), 0);

const textOf = (value: unknown) => (typeof value === 'string' && value !== '' ? value : null);

const numberOf = (value: unknown) => (value === null || value === undefined ? null : Number(value));

/** `16/B374D848` as a number of bytes (https://www.postgresql.org/docs/current/datatype-pg-lsn.html). */
function positionOf(lsn: unknown): bigint | null {
  if (typeof lsn !== 'string') return null;
  const [high, low] = lsn.split('/');
  return (BigInt(`0x${high}`) << 32n) + BigInt(`0x${low}`);
}
