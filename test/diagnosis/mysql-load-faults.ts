import type { MariadbPair } from '../parts/mariadb.ts';
import { until } from '../parts/redis-node.ts';
import { load, write } from './mysql-stage.ts';
import type { Fault } from './system.ts';

/** A server whose clients cannot get on. */
export const loadFaults: Fault<MariadbPair>[] = [
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
