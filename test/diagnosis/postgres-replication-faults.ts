import { caughtUp, rebuild, type Stage, write } from '../parts/postgres-stage.ts';
import { until } from '../parts/redis-node.ts';
import { postgresFault } from './postgres-fault.ts';
import type { Fault } from './system.ts';

const fault = postgresFault('postgres-replication');

const noReceiver = ({ standby }: Stage) =>
  until(
    'the receiver to be gone',
    async () => (await standby.query('SELECT FROM pg_stat_wal_receiver')).length === 0,
  );

/** Faults of the replication, each made on a primary and a standby. */
export const postgresReplicationFaults: Fault<Stage>[] = [
  fault({
    name: 'healthy control: an idle primary, whose standby last saw a commit long ago',
    made: 'nothing is written for longer than the lag that is allowed (1 s)',
    verdict: 'pass',
    cause: null,
    more: { postgres_max_lag: '1s', postgres_max_lag_bytes: 0 },
    make: async (stage) => {
      await stage.primary.query('CREATE TABLE idle (n int)');
      await caughtUp(stage);
      await until('the last commit to be old', async () => {
        const [row] = await stage.standby.query(
          "SELECT now() - pg_last_xact_replay_timestamp() > interval '2 s' AS old",
        );
        return row?.old === true;
      });
      return async () => void (await stage.primary.query('DROP TABLE idle'));
    },
  }),
  fault({
    name: 'receiver down: the primary is gone',
    made: 'the primary is ended without a checkpoint (SIGQUIT)',
    verdict: 'fail',
    cause: 'primary-down',
    make: async (stage) => {
      await stage.primary.kill();
      await noReceiver(stage);
      return async () => {
        await stage.primary.start();
        await caughtUp(stage);
      };
    },
  }),
  fault({
    name: 'receiver down: the standby cannot log in to the primary',
    made: "the standby's primary_conninfo gets a wrong password",
    verdict: 'fail',
    cause: 'receiver-down',
    make: async (stage) => {
      const { primary, standby } = stage;
      const wrong = `host=127.0.0.1 port=${primary.port} user=repl password=wrong`;
      await standby.query(`ALTER SYSTEM SET primary_conninfo = '${wrong}'`);
      await standby.query('SELECT pg_reload_conf()');
      await noReceiver(stage);
      return () => rebuild(stage);
    },
  }),
  fault({
    name: 'frozen primary',
    made: 'every process of the primary is stopped (SIGSTOP)',
    verdict: 'fail',
    cause: 'primary-frozen',
    make: async (stage) => {
      stage.primary.freeze();
      return async () => {
        stage.primary.thaw();
        await caughtUp(stage);
      };
    },
  }),
  fault({
    name: 'frozen standby',
    made: 'every process of the standby is stopped (SIGSTOP)',
    verdict: 'fail',
    cause: 'standby-frozen',
    make: async (stage) => {
      stage.standby.freeze();
      return async () => {
        stage.standby.thaw();
        await caughtUp(stage);
      };
    },
  }),
  fault({
    name: 'standby down',
    made: 'the standby is ended (SIGQUIT)',
    verdict: 'fail',
    cause: 'standby-down',
    make: async (stage) => {
      await stage.standby.kill();
      return async () => {
        await stage.standby.start();
        await caughtUp(stage);
      };
    },
  }),
  fault({
    name: 'inactive slot retaining WAL',
    made: 'a slot is created, nobody reads it, 20 MB of WAL are written (allowed: 8 MiB)',
    verdict: 'fail',
    cause: 'inactive-slot-retains-wal',
    more: { postgres_max_retained_bytes: 8_388_608 },
    make: async (stage) => {
      await stage.primary.query("SELECT pg_create_physical_replication_slot('forgotten', true)");
      await write(stage, 20);
      await caughtUp(stage);
      return async () => void (await stage.primary.query("SELECT pg_drop_replication_slot('forgotten')"));
    },
  }),
  fault({
    name: "lost slot: the standby's WAL was removed",
    made: 'the standby is down while 60 MB are written with max_slot_wal_keep_size = 1MB; then it is started',
    verdict: 'fail',
    cause: 'slot-lost',
    make: async (stage) => {
      const { primary, standby } = stage;
      await standby.kill();
      await primary.configure(['max_slot_wal_keep_size = 1MB', 'max_wal_size = 32MB']);
      await until('the slot to be lost', async () => {
        await write(stage, 20);
        await primary.query('CHECKPOINT');
        const [row] = await primary.query('SELECT wal_status FROM pg_replication_slots');
        return row?.wal_status === 'lost';
      });
      await standby.start();
      return async () => {
        await primary.configure(['max_slot_wal_keep_size = -1', 'max_wal_size = 1GB']);
        await rebuild(stage);
      };
    },
  }),
  fault({
    name: 'commits wait for a standby that is not there',
    made: "synchronous_standby_names = 'nobody'",
    verdict: 'fail',
    cause: 'sync-standby-missing',
    make: async (stage) => {
      await stage.primary.configure(["synchronous_standby_names = 'nobody'"]);
      return () => stage.primary.configure(["synchronous_standby_names = ''"]);
    },
  }),
  fault({
    name: 'split brain',
    made: 'the standby is promoted while the primary goes on',
    verdict: 'fail',
    cause: 'split-brain',
    make: async (stage) => {
      await stage.standby.query('SELECT pg_promote()');
      return () => rebuild(stage);
    },
  }),
  fault({
    name: 'an account without pg_monitor',
    made: 'the runbook logs in as a role with no right but LOGIN',
    verdict: 'unknown',
    cause: null,
    more: { postgres_user: 'muster_bare' },
    make: async () => async () => {},
  }),
];
