import type { Json } from '../../src/runbook/step.ts';
import {
  hasMariadb,
  type Mariadb,
  type MariadbPair,
  mariadbMissing,
  reader,
  startMariadbPair,
} from '../parts/mariadb.ts';
import { until } from '../parts/redis-node.ts';
import { startSlowLink } from '../parts/slow-link.ts';
import type { Fault, System } from './system.ts';

type Params = Record<string, Json>;

const login: Params = { mysql_user: reader.user, mysql_password: { secretRef: 'MYSQL_PASSWORD' } };
const replication =
  (more: Params = {}) =>
  ({ primary, replica }: MariadbPair): Params => ({
    mysql_replica: replica.address,
    mysql_primary: primary.address,
    ...login,
    ...more,
  });
const load =
  (more: Params = {}) =>
  ({ primary }: MariadbPair): Params => ({ mysql_server: primary.address, ...login, ...more });

/** Waits until a column of SHOW SLAVE STATUS is as wanted. */
const status = (replica: Mariadb, name: string, is: (value: unknown) => boolean) =>
  until(
    `${name} of the replica`,
    async () => is((await replica.query('SHOW SLAVE STATUS'))[0]?.[name]),
    30_000,
  );

let next = 100;
/** Writes one row on the primary, under a key that no other fault uses. */
async function write({ primary }: MariadbPair): Promise<number> {
  next += 1;
  await primary.query(`INSERT INTO shop.orders VALUES (${next}, 'an order')`);
  return next;
}

const nothing = async () => async () => {};
const both = { runbook: 'mysql-replication', params: replication() } as const;

const faults: Fault<MariadbPair>[] = [
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
    name: 'Binary log purged before the replica had it',
    made: 'the replica was stopped, the primary wrote, rotated and purged its binary logs, the replica was started',
    verdict: 'fail',
    cause: 'primary-binlog-purged',
    make: async ({ primary, replica, caughtUp }) => {
      await replica.query('STOP SLAVE');
      await primary.query('CREATE DATABASE IF NOT EXISTS purged');
      await primary.query('FLUSH BINARY LOGS');
      const [{ File } = {}] = await primary.query('SHOW MASTER STATUS');
      await primary.query(`PURGE BINARY LOGS TO '${File}'`);
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
  {
    ...both,
    name: 'Account without the right',
    made: 'an account that has no right but to connect',
    verdict: 'unknown',
    cause: null,
    params: replication({ mysql_user: 'nobody', mysql_password: { secretRef: 'NOBODY' } }),
    make: nothing,
  },
  {
    name: 'Busy server (control)',
    made: 'a few connections, a short transaction',
    runbook: 'mysql-load',
    params: load(),
    verdict: 'pass',
    cause: null,
    make: async ({ primary }) => {
      const session = await primary.connect();
      await session.query('START TRANSACTION; SELECT * FROM shop.orders FOR UPDATE');
      return async () => session.destroy();
    },
  },
  {
    name: 'Connections at the maximum',
    made: 'max_connections = 10, and clients hold all of them',
    runbook: 'mysql-load',
    params: load(),
    verdict: 'fail',
    cause: 'connections-exhausted',
    make: async ({ primary }) => {
      await primary.query('SET GLOBAL max_connections = 10');
      const held: { destroy: () => void }[] = [];
      await until('the last connection to be taken', async () => {
        const taken = () => primary.connect({ user: 'nobody', password: 'nothing' });
        return taken().then(
          (one) => held.push(one) > 20,
          () => true,
        );
      });
      return async () => {
        for (const one of held) one.destroy();
        await primary.query('SET GLOBAL max_connections = 151');
      };
    },
  },
  {
    name: 'Transaction that blocks others',
    made: 'one session updated a row and went idle inside its transaction, another waits for the row',
    runbook: 'mysql-load',
    params: load({ mysql_max_lock_wait: '1s' }),
    verdict: 'fail',
    cause: 'lock-waits',
    make: async (pair) => {
      const id = await write(pair);
      const [holder, waiter] = await Promise.all([pair.primary.connect(), pair.primary.connect()]);
      await holder.query(`START TRANSACTION; UPDATE shop.orders SET v = 'held' WHERE id = ${id}`);
      const waits = waiter.query(`UPDATE shop.orders SET v = 'wanted' WHERE id = ${id}`).catch(() => {});
      // InnoDB refreshes its list of waits only for who asks 100 ms after the one before, so that polling it sees nothing.
      await until('a session to wait', async () =>
        (await pair.primary.query('SHOW PROCESSLIST')).some(
          ({ Info, Time }) => String(Info).includes("'wanted'") && Number(Time) >= 2,
        ),
      );
      return async () => {
        await holder.query('ROLLBACK');
        await waits;
        holder.destroy();
        waiter.destroy();
        await pair.caughtUp();
      };
    },
  },
  {
    name: 'Server frozen',
    made: 'the server was stopped (SIGSTOP)',
    runbook: 'mysql-load',
    params: load(),
    verdict: 'fail',
    cause: 'server-frozen',
    make: async ({ primary }) => {
      primary.freeze();
      return async () => primary.thaw();
    },
  },
];

/** MariaDB: a primary and a replica by GTID, looked at with an account that may only read. */
export const mysql: System<MariadbPair> = {
  name: 'MySQL / MariaDB',
  missing: hasMariadb ? null : mariadbMissing,
  start: () => startMariadbPair(),
  stop: (pair) => pair.stop(),
  secrets: () => ({ MYSQL_PASSWORD: reader.password, NOBODY: 'nothing' }),
  faults,
};
