import type { Row } from './ask-mysql.ts';
import { column } from './dialect.ts';
import { isPassing } from './error-numbers.ts';

/** One source that a replica follows. Lag and delay are seconds. */
export type Channel = {
  /** Empty for the only or unnamed one. */
  name: string;
  source: string;
  /** `Connecting` tries again by itself; `No` has given up or was stopped. */
  io: 'Yes' | 'No' | 'Connecting';
  sql: boolean;
  ioError: { number: number; text: string } | null;
  sqlError: { number: number; text: string } | null;
  /** What each thread says it is doing. */
  ioState: string;
  sqlState: string;
  /** As the server says it; null while a thread is down. A frozen source leaves it at 0. */
  behind: number | null;
  /** How far it is meant to stay behind (SQL_Delay), and whether it waits for just that now. */
  delay: number;
  delaying: boolean;
  /** The GTIDs it has received, as the server writes them; empty when it does not use GTIDs. */
  received: string;
};

/** Reads one row of SHOW REPLICA STATUS, SHOW SLAVE STATUS or SHOW ALL SLAVES STATUS. */
export function channelOf(row: Row): Channel {
  const text = (name: string) => String(column(row, name) ?? '');
  const behind = column(row, 'Seconds_Behind_Source');
  const io = text('Replica_IO_Running');
  return {
    name: text('Channel_Name'),
    source: `${text('Source_Host')}:${text('Source_Port')}`,
    io: io === 'Yes' ? 'Yes' : io === 'No' ? 'No' : 'Connecting',
    sql: text('Replica_SQL_Running') === 'Yes',
    ioError: errorOf('Last_IO'),
    sqlError: errorOf('Last_SQL'),
    ioState: text('Replica_IO_State'),
    sqlState: text('Replica_SQL_Running_State') || text('Slave_SQL_State'),
    behind: behind === null ? null : Number(behind),
    delay: Number(column(row, 'SQL_Delay') ?? 0),
    delaying: column(row, 'SQL_Remaining_Delay') !== null,
    received: [text('Gtid_IO_Pos'), text('Retrieved_Gtid_Set')].filter(Boolean).join(','),
  };

  function errorOf(thread: string) {
    const number = Number(column(row, `${thread}_Errno`) ?? 0);
    return number === 0 ? null : { number, text: text(`${thread}_Error`) };
  }
}

/** True while both threads run. */
export const isRunning = ({ io, sql }: Channel): boolean => io === 'Yes' && sql;

/** True when starting the threads again would not bring the same error straight back. */
export const isRestartable = ({ io, sql, ioError, sqlError }: Channel): boolean =>
  (io !== 'Connecting' || !sql) &&
  (io === 'Yes' || ioError === null || isPassing(ioError.number)) &&
  (sql || sqlError === null || isPassing(sqlError.number));
