import { setTimeout as delay } from 'node:timers/promises';
import { type Answer, type Ask, askMysql } from './ask-mysql.ts';
import { type Channel, channelOf } from './channel.ts';
import { dialectOf, type Flavour } from './dialect.ts';
import { errantOn, notReceived, type Position } from './gtid.ts';
import type { Login } from './login.ts';

/** What one server says of itself and of its replication. */
export type ServerSays = {
  flavour: Flavour;
  version: string;
  readOnly: boolean;
  position: Position;
  channels: Channel[];
  /** As a primary: whether it waits for a replica (semi-sync), and for how many it could; null when it is not switched on. */
  semiSync: { active: boolean; replicas: number } | null;
};

/** Both ends at one moment. Where they differed, `later` says whether they still do after `settleMs`. */
export type ReplicationView = {
  replica: Answer<ServerSays>;
  primary: Answer<ServerSays> | null;
  /** What the primary had and the replica has not received even now; whether anything came in between. */
  missing: { gtids: string[]; moving: boolean };
  /** What only the replica has, even now. */
  errant: string[];
};

/** Whom to ask, with the login resolved. */
export type ReplicationTargets = {
  replica: string;
  primary: string | undefined;
  login: Login;
  patienceMs: number;
};

/** Transactions on their way explain a difference for this long. */
const settleMs = 700;

/**
 * Asks the replica and the primary at the same time, and again only where their GTIDs differ: a transaction on its way is neither
 * missing nor errant. Reads only; takes at most twice the patience and `settleMs`.
 */
export async function viewReplication(
  { replica, primary, login, patienceMs }: ReplicationTargets,
  signal: AbortSignal,
): Promise<ReplicationView> {
  const look = (address: string) => askMysql(address, login, patienceMs, signal, serverSays);
  const both = () => Promise.all([look(replica), primary === undefined ? null : look(primary)]);
  const first = await both();
  const [mine, its] = first;
  if (differ(mine, its, mine, its)) {
    await delay(settleMs, undefined, { signal });
    const [mineNow, itsNow] = await both();
    const { missing, errant } = compare(mine, its, mineNow, itsNow);
    return { replica: mineNow, primary: itsNow, missing, errant };
  }
  return { replica: mine, primary: its, missing: { gtids: [], moving: false }, errant: [] };
}

type Seen = Answer<ServerSays> | null;

/**
 * Compares what each end had first with what the other has now. With several sources nobody can tell what is whose, so nothing
 * is compared then.
 */
export function compare(
  replica: Seen,
  primary: Seen,
  replicaNow: Seen,
  primaryNow: Seen,
): Pick<ReplicationView, 'missing' | 'errant'> {
  const [mine, its, mineNow, itsNow] = [replica, primary, replicaNow, primaryNow].map((seen) =>
    seen?.state === 'answered' ? seen.value : null,
  );
  const channel = mineNow?.channels[0];
  if (!mine || !its || !mineNow || !itsNow || !channel || mineNow.channels.length > 1) {
    return { missing: { gtids: [], moving: false }, errant: [] };
  }
  const { flavour } = mineNow;
  const moving = mine.channels[0]?.received !== channel.received;
  return {
    missing: { gtids: notReceived(flavour, its.position, mineNow.position, channel.received), moving },
    errant: errantOn(flavour, mine.position, itsNow.position),
  };
}

const differ = (...seen: Parameters<typeof compare>) => {
  const { missing, errant } = compare(...seen);
  return missing.gtids.length + errant.length > 0;
};

/** Asks one server everything the step needs; two statements more than a connection. */
export async function serverSays(ask: Ask): Promise<ServerSays> {
  const [{ version = '', id, read_only } = {}] = await ask(
    'SELECT VERSION() AS version, @@server_id AS id, @@global.read_only AS read_only',
  );
  const dialect = dialectOf(String(version));
  const [rows, position, status] = await Promise.all([
    ask(dialect.showReplica),
    ask(
      dialect.flavour === 'mariadb'
        ? 'SELECT @@global.gtid_binlog_state AS executed, @@global.gtid_slave_pos AS applied'
        : "SELECT @@global.gtid_executed AS executed, '' AS applied",
    ),
    ask("SHOW GLOBAL STATUS LIKE 'Rpl_semi_sync_%'"),
    // The switch, not the state: without it the state is OFF because nobody wants it.
  ]);
  const wanted = await ask("SHOW GLOBAL VARIABLES LIKE 'rpl_semi_sync_%_enabled'");
  const on = (list: readonly Record<string, unknown>[], name: RegExp) =>
    list.find((row) => name.test(String(row.Variable_name)))?.Value;
  const [{ executed = '', applied = '' } = {}] = position;
  return {
    flavour: dialect.flavour,
    version: String(version),
    // MariaDB 12 has more ways to be ON than one.
    readOnly: !['0', 'OFF', 'false'].includes(String(read_only)),
    position: { serverId: Number(id), executed: String(executed), applied: String(applied) },
    channels: rows.map(channelOf),
    semiSync:
      on(wanted, /_(master|source)_enabled$/i) === 'ON'
        ? {
            active: on(status, /_(master|source)_status$/i) === 'ON',
            replicas: Number(on(status, /_(master|source)_clients$/i) ?? 0),
          }
        : null,
  };
}
