import { z } from 'zod';
import type { Row } from './ask-mysql.ts';

/** The two families; their replication differs in statements, column names and the form of a GTID. */
export type Flavour = 'mariadb' | 'mysql';

/** The statements of one server about its own replication. A channel's name is safe inside quotes (`ChannelName`). */
export type Dialect = {
  flavour: Flavour;
  /** One row a source (a channel, in MariaDB's words a connection). */
  showReplica: string;
  stop: (channel: string) => string;
  start: (channel: string) => string;
};

/**
 * How to talk to a server of this version. MySQL renamed SLAVE to REPLICA in 8.0.22 and dropped the old words in 8.4; MariaDB knows
 * both since 10.5.1 and keeps the old ones, which alone name all connections at once in every version.
 */
export function dialectOf(version: string): Dialect {
  if (/mariadb/i.test(version)) {
    return {
      flavour: 'mariadb',
      showReplica: 'SHOW ALL SLAVES STATUS',
      stop: (channel) => `STOP SLAVE ${quoted(channel)}`,
      start: (channel) => `START SLAVE ${quoted(channel)}`,
    };
  }
  const word = isAtLeast(version, [8, 0, 22]) ? 'REPLICA' : 'SLAVE';
  return {
    flavour: 'mysql',
    showReplica: `SHOW ${word} STATUS`,
    stop: (channel) => `STOP ${word} FOR CHANNEL ${quoted(channel)}`,
    start: (channel) => `START ${word} FOR CHANNEL ${quoted(channel)}`,
  };
}

/** The name of a channel (in MariaDB: connection) in a step's input; empty for the unnamed one. */
export const ChannelName = z.string().regex(/^[\w.-]{0,64}$/, 'must be letters, digits, dots and dashes');

const quoted = (channel: string) => `'${channel}'`;

function isAtLeast(version: string, wanted: readonly number[]): boolean {
  const parts = version.split(/[.-]/).map(Number);
  const index = wanted.findIndex((want, at) => parts[at] !== want);
  return index < 0 || (parts[index] ?? 0) > wanted[index]!;
}

/** MySQL's words of 8.0.22 and later, with those of MariaDB and of MySQL before. */
const older: Record<string, string> = {
  Channel_Name: 'Connection_name',
  Source_Host: 'Master_Host',
  Source_Port: 'Master_Port',
  Replica_IO_State: 'Slave_IO_State',
  Replica_IO_Running: 'Slave_IO_Running',
  Replica_SQL_Running: 'Slave_SQL_Running',
  Replica_SQL_Running_State: 'Slave_SQL_Running_State',
  Seconds_Behind_Source: 'Seconds_Behind_Master',
};

/** A column of SHOW REPLICA STATUS by its newest name, in whichever words the server used; null when it is not there. */
export function column(row: Row, name: string): unknown {
  const old = older[name];
  return row[name] ?? (old === undefined ? undefined : row[old]) ?? null;
}
