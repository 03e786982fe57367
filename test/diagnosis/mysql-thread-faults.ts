import type { MariadbPair } from '../parts/mariadb.ts';
import { until } from '../parts/redis-node.ts';
import { startSlowLink } from '../parts/slow-link.ts';
import { replication, status, write } from './mysql-stage.ts';
import type { Fault } from './system.ts';

const both = { runbook: 'mysql-replication', params: replication() } as const;

/** Replication that does not run: threads, connections and servers. */
export const threadFaults: Fault<MariadbPair>[] = [
  {
    ...both,
    name: 'SQL thread stopped with error 1062',
    made: 'a row was inserted on the replica first, then on the primary under the same key',
    verdict: 'fail',
    cause: 'replica-sql-thread-error',
    make: async ({ primary, replica, caughtUp }) => {
      const own = (sql: string) =>
        replica.query(`SET SESSION sql_log_bin=0; ${sql}; SET SESSION sql_log_bin=1`);
      await own("INSERT INTO shop.orders VALUES (7, 'mine')");
      await primary.query("INSERT INTO shop.orders VALUES (7, 'an order')");
      await status(replica, 'Last_SQL_Errno', (value) => value === 1062);
      return async () => {
        await own('DELETE FROM shop.orders WHERE id = 7');
        await replica.query('START SLAVE');
        await caughtUp();
      };
    },
  },
  {
    ...both,
    name: 'IO thread cannot connect',
    made: "the replication account's password was changed on the primary, and the IO thread started again",
    verdict: 'fail',
    cause: 'replica-cannot-connect',
    make: async ({ primary, replica, caughtUp }) => {
      const password = (text: string) =>
        primary.query(
          `SET SESSION sql_log_bin=0; SET PASSWORD FOR repl@'127.0.0.1' = PASSWORD('${text}'); SET SESSION sql_log_bin=1`,
        );
      await password('changed');
      await replica.query('STOP SLAVE IO_THREAD; START SLAVE IO_THREAD');
      await status(replica, 'Last_IO_Errno', (value) => value === 1045);
      return async () => {
        await password('repl-pw');
        await status(replica, 'Slave_IO_Running', (value) => value === 'Yes');
        await caughtUp();
      };
    },
  },
  {
    ...both,
    name: 'Primary down',
    made: 'the primary was killed (SIGKILL)',
    verdict: 'fail',
    cause: 'primary-down',
    make: async ({ primary, replica, caughtUp }) => {
      await primary.kill();
      await status(replica, 'Last_IO_Errno', (value) => value === 2003);
      return async () => {
        await primary.start();
        await status(replica, 'Slave_IO_Running', (value) => value === 'Yes');
        await caughtUp();
      };
    },
  },
  {
    ...both,
    name: 'Primary frozen, the replica reports no lag',
    made: 'the primary was stopped (SIGSTOP); the replica says Yes, Yes, 0 s',
    verdict: 'fail',
    cause: 'primary-frozen',
    make: async ({ primary }) => {
      primary.freeze();
      return async () => primary.thaw();
    },
  },
  {
    ...both,
    name: 'Connection between replica and primary dead, both healthy',
    made: 'the replica follows through a TCP proxy that stopped passing bytes on, then the primary wrote a row',
    verdict: 'fail',
    cause: 'replica-not-receiving',
    make: async (pair) => {
      const { primary, replica, caughtUp } = pair;
      const link = await startSlowLink(primary.port);
      const follow = async (port: number) => {
        await replica.query(`STOP SLAVE; CHANGE MASTER TO MASTER_PORT=${port}; START SLAVE`);
        await status(replica, 'Slave_IO_Running', (value) => value === 'Yes');
      };
      await follow(link.port);
      await write(pair);
      await caughtUp();
      link.hold();
      await write(pair);
      return async () => {
        await link.stop();
        await follow(primary.port);
        await caughtUp();
      };
    },
  },
  {
    ...both,
    name: 'Replication stopped by hand',
    made: 'STOP SLAVE on the replica',
    verdict: 'fail',
    cause: 'replica-threads-stopped',
    make: async ({ replica }) => {
      await replica.query('STOP SLAVE');
      return async () => {
        await replica.query('START SLAVE');
        await status(replica, 'Slave_IO_Running', (value) => value === 'Yes');
      };
    },
  },
  {
    ...both,
    name: 'Binary log purged before the replica had it',
    made: 'the replica was stopped, the primary wrote, rotated and purged its binary logs, the replica was started',
    verdict: 'fail',
    cause: 'primary-binlog-purged',
    make: async ({ primary, replica, caughtUp }) => {
      await replica.query('STOP SLAVE');
      await primary.query('CREATE DATABASE IF NOT EXISTS purged');
      await primary.query('FLUSH BINARY LOGS');
      const [{ File } = {}] = await primary.query('SHOW MASTER STATUS');
      await until('the old logs to be gone', async () => {
        // A log that the replica's old connection still reads is kept.
        await primary.query(`PURGE BINARY LOGS TO '${File}'`);
        return (await primary.query('SHOW BINARY LOGS')).length === 1;
      });
      await replica.query('START SLAVE');
      await status(replica, 'Last_IO_Errno', (value) => value === 1236);
      return async () => {
        const [{ pos } = {}] = await primary.query('SELECT @@gtid_binlog_pos AS pos');
        await replica.query('STOP SLAVE');
        await replica.query(`SET GLOBAL gtid_slave_pos = '${pos}'`);
        await replica.query('START SLAVE');
        await caughtUp();
      };
    },
  },
  {
    ...both,
    name: 'Replica frozen',
    made: 'the replica was stopped (SIGSTOP)',
    verdict: 'fail',
    cause: 'replica-frozen',
    make: async ({ replica }) => {
      replica.freeze();
      return async () => replica.thaw();
    },
  },
  {
    ...both,
    name: 'Replica down',
    made: 'the replica was killed (SIGKILL)',
    verdict: 'fail',
    cause: 'replica-down',
    make: async ({ replica, caughtUp }) => {
      await replica.kill();
      return async () => {
        await replica.start();
        await status(replica, 'Slave_IO_Running', (value) => value === 'Yes');
        await caughtUp();
      };
    },
  },
];
