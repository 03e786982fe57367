import { caughtUp, type Stage, write } from '../parts/postgres-stage.ts';
import { until } from '../parts/redis-node.ts';
import { postgresFault } from './postgres-fault.ts';
import type { Fault } from './system.ts';

const fault = postgresFault('postgres-replication');

/** Freezes one process of the standby by the kind that PostgreSQL gives it. */
async function freezeProcess({ standby }: Stage, kind: string): Promise<() => void> {
  const [row] = await standby.query(`SELECT pid FROM pg_stat_activity WHERE backend_type = '${kind}'`);
  const pid = Number(row!.pid);
  process.kill(pid, 'SIGSTOP');
  return () => process.kill(pid, 'SIGCONT');
}

async function received({ primary, standby }: Stage): Promise<void> {
  const [wrote] = await primary.query('SELECT pg_current_wal_lsn()::text AS lsn');
  await until('the WAL to arrive', async () => {
    const [row] = await standby.query(`SELECT pg_last_wal_receive_lsn() >= '${wrote!.lsn}' AS done`);
    return row?.done === true;
  });
}

const lagging = { postgres_max_lag_bytes: 1_000_000 };

/** Faults in which a standby is late, each made on a primary and a standby. */
export const postgresLagFaults: Fault<Stage>[] = [
  fault({
    name: 'lag: the standby does not replay what it receives',
    made: 'its startup process is stopped (SIGSTOP), 5 MB are written (allowed: 1 MB)',
    verdict: 'fail',
    cause: 'replay-lag',
    more: lagging,
    make: async (stage) => {
      const go = await freezeProcess(stage, 'startup');
      await write(stage, 5);
      await received(stage);
      return async () => {
        go();
        await caughtUp(stage);
      };
    },
  }),
  fault({
    name: 'lag: the WAL does not reach the standby',
    made: 'its WAL receiver is stopped (SIGSTOP), 5 MB are written (allowed: 1 MB)',
    verdict: 'fail',
    cause: 'receive-lag',
    more: lagging,
    make: async (stage) => {
      const go = await freezeProcess(stage, 'walreceiver');
      await write(stage, 5);
      return async () => {
        go();
        await caughtUp(stage);
      };
    },
  }),
  fault({
    name: 'lag: the replay is paused',
    made: 'pg_wal_replay_pause() on the standby, 5 MB are written (allowed: 1 MB)',
    verdict: 'fail',
    cause: 'replay-paused',
    more: lagging,
    make: async (stage) => {
      await stage.standby.query('SELECT pg_wal_replay_pause()');
      await write(stage, 5);
      return async () => {
        await stage.standby.query('SELECT pg_wal_replay_resume()');
        await caughtUp(stage);
      };
    },
  }),
  fault({
    name: 'lag: the replay waits for a query on the standby',
    made: 'a snapshot is held on the standby, rows that it sees are vacuumed on the primary, 5 MB are written (allowed: 1 MB)',
    verdict: 'fail',
    cause: 'replay-conflict',
    more: lagging,
    make: async (stage) => {
      const { primary, standby } = stage;
      await standby.configure(['max_standby_streaming_delay = -1']);
      const app = await primary.connect();
      await app.query('CREATE TABLE old AS SELECT generate_series(1, 1000) AS n');
      await caughtUp(stage);
      const reader = await standby.connect();
      await reader.query('BEGIN ISOLATION LEVEL REPEATABLE READ');
      await reader.query('SELECT count(*) FROM old');
      await app.query('DELETE FROM old');
      await app.query('VACUUM old');
      await write(stage, 5);
      await until('the replay to wait', async () => {
        const [row] = await standby.query(
          "SELECT wait_event FROM pg_stat_activity WHERE backend_type = 'startup'",
        );
        return String(row?.wait_event).startsWith('RecoveryConflict');
      });
      return async () => {
        await reader.end();
        await app.query('DROP TABLE old');
        await app.end();
        await standby.configure(['max_standby_streaming_delay = 30s']);
        await caughtUp(stage);
      };
    },
  }),
];
