import { type PostgresNode, postgresPassword, startPostgres, startStandby } from './postgres.ts';
import { until } from './redis-node.ts';

/** A primary and its standby; a fault that ruins the standby puts a new one in its place. */
export type Stage = { primary: PostgresNode; standby: PostgresNode };

/** The slot of the standby. */
const standbySlot = 'standby1';

/** What the service says in muster.yaml; the account has pg_monitor and nothing else. */
export const paramsOf = ({ primary, standby }: Stage) => ({
  postgres_nodes: [primary.address, standby.address],
  postgres_user: 'muster_read',
  postgres_password: { secretRef: 'POSTGRES_PASSWORD' },
});

/** Ends the standby and makes a new one from the primary, under the same slot. */
export async function rebuild(stage: Stage): Promise<void> {
  await stage.standby.stop();
  await until('the slot to be free', async () => {
    await stage.primary.query(`SELECT pg_drop_replication_slot('${standbySlot}')`);
    return true;
  });
  stage.standby = await startStandby(stage.primary, standbySlot);
}

/** Waits until the standby has replayed all that the primary has written. */
export const caughtUp = ({ primary, standby }: Stage): Promise<void> =>
  until('the standby to catch up', async () => {
    const [wrote] = await primary.query('SELECT pg_current_wal_lsn()::text AS lsn');
    const [row] = await standby.query(`SELECT pg_last_wal_replay_lsn() >= '${wrote!.lsn}' AS done
      FROM pg_stat_wal_receiver WHERE status = 'streaming'`);
    return row?.done === true;
  });

/** Starts both. */
export async function startStage(): Promise<Stage> {
  const primary = await startPostgres();
  return { primary, standby: await startStandby(primary, standbySlot) };
}

/** Ends both. */
export async function stopStage({ primary, standby }: Stage): Promise<void> {
  await standby.stop();
  await primary.stop();
}

/** The secrets that `paramsOf` refers to. */
export const stageSecrets = { POSTGRES_PASSWORD: postgresPassword };

/** Writes about this much WAL. */
export const write = ({ primary }: Stage, megabytes: number) =>
  primary.query(
    `SELECT pg_logical_emit_message(false, 'test', repeat('x', 1000000)) FROM generate_series(1, ${megabytes})`,
  );
