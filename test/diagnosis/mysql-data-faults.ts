import type { MariadbPair } from '../parts/mariadb.ts';
import { nothing, replication, status, write } from './mysql-stage.ts';
import type { Fault } from './system.ts';

const both = { runbook: 'mysql-replication', params: replication() } as const;

/** Replication that runs, and what may be wrong all the same; with the healthy controls. */
export const dataFaults: Fault<MariadbPair>[] = [
  {
    ...both,
    name: 'Healthy replica (control)',
    made: 'a primary and a replica by GTID, in step',
    verdict: 'pass',
    cause: null,
    make: nothing,
  },
  {
    ...both,
    name: 'Replica lags',
    made: 'a session on the replica locked the table that the primary writes to',
    verdict: 'fail',
    cause: 'replica-lagging',
    params: replication({ mysql_max_lag: '1s' }),
    make: async (pair) => {
      const session = await pair.replica.connect();
      await session.query('LOCK TABLES shop.orders READ');
      await write(pair);
      await status(pair.replica, 'Seconds_Behind_Master', (value) => Number(value) >= 2);
      return async () => {
        await session.query('UNLOCK TABLES');
        session.destroy();
        await pair.caughtUp();
      };
    },
  },
  {
    ...both,
    name: 'Delayed replica that is not late (control)',
    made: 'MASTER_DELAY = 3600 and a transaction that waits for its time',
    verdict: 'pass',
    cause: null,
    params: replication({ mysql_max_lag: '1s' }),
    make: async (pair) => {
      const { replica, caughtUp } = pair;
      const delay = (seconds: number) =>
        replica.query(`STOP SLAVE; CHANGE MASTER TO MASTER_DELAY=${seconds}; START SLAVE`);
      await delay(3600);
      await write(pair);
      await status(replica, 'Seconds_Behind_Master', (value) => Number(value) >= 2);
      return async () => {
        await delay(0);
        await caughtUp();
      };
    },
  },
  {
    ...both,
    name: 'Errant transaction on the replica',
    made: 'an administrator wrote a row on the replica, then the primary wrote one',
    verdict: 'fail',
    cause: 'errant-transactions',
    make: async (pair) => {
      const { replica, caughtUp } = pair;
      await replica.query("INSERT INTO shop.orders VALUES (8, 'errant')");
      await write(pair);
      await caughtUp();
      return async () => {
        await replica.query('DELETE FROM shop.orders WHERE id = 8');
        await replica.query('RESET MASTER');
      };
    },
  },
  {
    ...both,
    name: 'Replica takes writes',
    made: 'SET GLOBAL read_only = OFF on the replica',
    verdict: 'fail',
    cause: 'replica-writable',
    make: async ({ replica }) => {
      await replica.query('SET GLOBAL read_only = OFF');
      return async () => void (await replica.query('SET GLOBAL read_only = ON'));
    },
  },
  {
    ...both,
    name: 'Semi-sync fell back to asynchronous',
    made: 'semi-sync was switched on for the primary alone, and a commit waited in vain for 50 ms',
    verdict: 'warn',
    cause: null,
    make: async (pair) => {
      const { primary, caughtUp } = pair;
      await primary.query(
        'SET GLOBAL rpl_semi_sync_master_timeout = 50; SET GLOBAL rpl_semi_sync_master_enabled = ON',
      );
      await write(pair);
      await caughtUp();
      return async () => void (await primary.query('SET GLOBAL rpl_semi_sync_master_enabled = OFF'));
    },
  },
  {
    ...both,
    name: 'Account without the right',
    made: 'an account that has no right but to connect',
    verdict: 'unknown',
    cause: null,
    params: replication({ mysql_user: 'nobody', mysql_password: { secretRef: 'NOBODY' } }),
    make: nothing,
  },
];
