import type { Client } from 'pg';
import type { Stage } from '../parts/postgres-stage.ts';
import { until } from '../parts/redis-node.ts';
import { postgresFault } from './postgres-fault.ts';
import type { Fault } from './system.ts';

const fault = postgresFault('postgres-load');

const close = async (...clients: Client[]) => {
  await Promise.all(clients.map((client) => client.end()));
};

/** Waits until a session waits for a lock for longer than half a second. */
const waits = ({ primary }: Stage) =>
  until('somebody to wait', async () => {
    const rows = await primary.query(`SELECT FROM pg_stat_activity
      WHERE wait_event_type = 'Lock' AND now() - query_start > interval '600 ms'`);
    return rows.length > 0;
  });

const update = "UPDATE items SET name = 'secret of a customer' WHERE id = 1";

/** Takes every connection that an application can have. */
async function fillUp({ primary }: Stage): Promise<() => Promise<void>> {
  const clients: Client[] = [];
  await until('the server to refuse', async () => {
    try {
      clients.push(await primary.connect({ user: 'app' }));
      return false;
    } catch (error) {
      return (error as { code?: string }).code === '53300';
    }
  });
  return async () => {
    await close(...clients);
    await until('the connections to close', async () => {
      const rows = await primary.query("SELECT FROM pg_stat_activity WHERE usename = 'app'");
      return rows.length === 0;
    });
  };
}

/** Faults of sessions, each made with an application's account. */
export const postgresLoadFaults: Fault<Stage>[] = [
  fault({
    name: 'healthy control: sessions that work',
    made: 'one session is connected, another is in a short transaction',
    verdict: 'pass',
    cause: null,
    make: async ({ primary }) => {
      const idle = await primary.connect({ user: 'app' });
      const busy = await primary.connect({ user: 'app' });
      await busy.query('BEGIN');
      await busy.query(update);
      return () => close(idle, busy);
    },
  }),
  fault({
    name: 'blocked query',
    made: 'a transaction updates a row and stays open and idle, another session wants the row (allowed wait: 500 ms)',
    verdict: 'fail',
    cause: 'blocked-queries',
    more: { postgres_max_wait: '500ms' },
    make: async (stage) => {
      const holder = await stage.primary.connect({ user: 'app', application_name: 'checkout' });
      const waiter = await stage.primary.connect({ user: 'app' });
      await holder.query('BEGIN');
      await holder.query(update);
      const waiting = waiter.query(update).catch(() => {});
      await waits(stage);
      return async () => {
        await holder.query('ROLLBACK');
        await waiting;
        await close(holder, waiter);
      };
    },
  }),
  fault({
    name: 'blocked by a prepared transaction',
    made: 'a transaction updates a row and is prepared, its session ends, another session wants the row',
    verdict: 'fail',
    cause: 'blocked-queries',
    more: { postgres_max_wait: '500ms' },
    make: async (stage) => {
      const holder = await stage.primary.connect({ user: 'app' });
      await holder.query('BEGIN');
      await holder.query(update);
      await holder.query("PREPARE TRANSACTION 'forgotten'");
      await holder.end();
      const waiter = await stage.primary.connect({ user: 'app' });
      const waiting = waiter.query(update).catch(() => {});
      await waits(stage);
      return async () => {
        const owner = await stage.primary.connect({ user: 'app' });
        await owner.query("ROLLBACK PREPARED 'forgotten'");
        await waiting;
        await close(waiter, owner);
      };
    },
  }),
  fault({
    name: 'connections at maximum: even the probe is refused',
    made: 'an application opens connections until it is refused (53300)',
    verdict: 'fail',
    cause: 'connections-exhausted',
    make: fillUp,
  }),
  postgresFault('postgres-replication')({
    name: 'connections at maximum, while PostgreSQL is said to be down',
    made: 'the same; an exporter that is refused too reports it as down',
    verdict: 'fail',
    cause: 'connections-exhausted',
    make: fillUp,
  }),
  fault({
    name: 'idle in transaction',
    made: 'a session begins a transaction and does nothing (allowed: 200 ms)',
    verdict: 'warn',
    cause: null,
    more: { postgres_max_idle: '200ms' },
    make: async ({ primary }) => {
      const idle = await primary.connect({ user: 'app' });
      await idle.query('BEGIN');
      await idle.query('SELECT 1');
      await until('it to be idle', async () => {
        const rows = await primary.query(`SELECT FROM pg_stat_activity
          WHERE state = 'idle in transaction' AND now() - state_change > interval '300 ms'`);
        return rows.length > 0;
      });
      return () => close(idle);
    },
  }),
  fault({
    name: 'an account without pg_monitor looks at sessions',
    made: 'the runbook logs in as a role with no right but LOGIN while others are connected',
    verdict: 'unknown',
    cause: null,
    more: { postgres_user: 'muster_bare' },
    make: async ({ primary }) => {
      const other = await primary.connect({ user: 'app' });
      await other.query('SELECT 1');
      return () => close(other);
    },
  }),
];
