import { describe, expect, it } from 'vitest';
import type { Row } from '../../../../src/runbook/systems/mysql/ask-mysql.ts';
import { ChannelName, dialectOf } from '../../../../src/runbook/systems/mysql/dialect.ts';
import { judgeReplication } from '../../../../src/runbook/systems/mysql/judge-replication.ts';
import { compare, serverSays } from '../../../../src/runbook/systems/mysql/replication-view.ts';

const source = '3e11fa47-71ca-11e1-9e33-c80aa9429562';
const own = '4a22ba58-71ca-11e1-9e33-c80aa9429562';

/** Rows as the MySQL 8.4 manual shows them (SHOW REPLICA STATUS), with the values that matter here. */
const replicaRow = (more: Row = {}): Row => ({
  Replica_IO_State: 'Waiting for source to send event',
  Source_Host: '10.0.0.1',
  Source_Port: 3306,
  Replica_IO_Running: 'Yes',
  Replica_SQL_Running: 'Yes',
  Seconds_Behind_Source: 0,
  Last_IO_Errno: 0,
  Last_IO_Error: '',
  Last_SQL_Errno: 0,
  Last_SQL_Error: '',
  SQL_Delay: 0,
  SQL_Remaining_Delay: null,
  Replica_SQL_Running_State: 'Replica has read all relay log; waiting for more updates',
  Retrieved_Gtid_Set: `${source}:6-10`,
  Executed_Gtid_Set: `${source}:1-10`,
  Channel_Name: '',
  ...more,
});

/** The same in the words of MySQL up to 8.0.21 (SHOW SLAVE STATUS). */
const slaveRow = (more: Row = {}): Row =>
  Object.fromEntries(
    Object.entries(replicaRow(more)).map(([key, value]) => [
      key.replace('Replica_', 'Slave_').replace('Source', 'Master'),
      value,
    ]),
  );

/** A server that answers only the statements of its version, and any other with an error, as the real one would. */
const server = (version: string, statements: Record<string, Row[]>, gtids = `${source}:1-10`) =>
  serverSays(async (sql) => {
    if (sql.startsWith('SELECT VERSION()')) return [{ version, id: 2, read_only: 1 }];
    if (sql.includes('gtid_executed')) return [{ executed: gtids, applied: '' }];
    if (sql.includes("LIKE 'Rpl_semi_sync") || sql.includes("LIKE 'rpl_semi_sync")) return semiSync;
    const rows = statements[sql];
    if (rows === undefined) throw new Error(`You have an error in your SQL syntax: ${sql}`);
    return rows;
  });

let semiSync: Row[] = [];

async function judged(version: string, statements: Record<string, Row[]>, gtids?: string) {
  const replica = {
    address: '10.0.0.2:3306',
    state: 'answered' as const,
    ms: 1,
    value: await server(version, statements, gtids),
  };
  const primary = {
    ...replica,
    address: '10.0.0.1:3306',
    value: {
      ...replica.value,
      readOnly: false,
      channels: [],
      position: { serverId: 1, executed: `${source}:1-10`, applied: '' },
    },
  };
  const view = { replica, primary, ...compare(replica, primary, replica, primary) };
  return judgeReplication(view, { account: 'muster', maxLag: 30, readOnly: true }, 'en');
}

describe.each([
  ['8.4.3', 'SHOW REPLICA STATUS', replicaRow],
  ['8.0.22', 'SHOW REPLICA STATUS', replicaRow],
  ['9.1.0', 'SHOW REPLICA STATUS', replicaRow],
  ['8.0.21', 'SHOW SLAVE STATUS', slaveRow],
  ['5.7.44-log', 'SHOW SLAVE STATUS', slaveRow],
  ['8.0.36-28 Percona Server', 'SHOW REPLICA STATUS', replicaRow],
] as const)('MySQL %s, which knows only %s', (version, statement, row) => {
  const look = (more: Row, gtids?: string) => judged(version, { [statement]: [row(more)] }, gtids);

  it('passes a healthy replica', async () => {
    const result = await look({});
    expect(result).toMatchObject({ verdict: 'pass', facts: { lag_seconds: 0, read_only: true } });
    expect(result.sentence).toContain('follows 10.0.0.1:3306');
  });

  it('explains error 1062, without the row', async () => {
    const result = await look({
      Replica_SQL_Running: 'No',
      Seconds_Behind_Source: null,
      Last_SQL_Errno: 1062,
      Last_SQL_Error:
        "Could not execute Write_rows event on table shop.orders; Duplicate entry '77-kim' for key 'orders.PRIMARY', Error_code: 1062; handler error HA_ERR_FOUND_DUPP_KEY",
    });
    expect(result).toMatchObject({ verdict: 'fail', cause: 'replica-sql-thread-error' });
    expect(JSON.stringify(result.evidence)).toContain("entry '…' for key");
    expect(JSON.stringify(result)).not.toContain('kim');
  });

  it('tells lag from a wanted delay', async () => {
    const lagging = await look({ Seconds_Behind_Source: 187 });
    expect(lagging).toMatchObject({ verdict: 'fail', cause: 'replica-lagging' });
    expect(lagging.sentence).toContain('3m7s behind');
    const delayed = await look({ SQL_Delay: 3600, SQL_Remaining_Delay: 120, Seconds_Behind_Source: 3590 });
    expect(delayed.verdict).toBe('pass');
    const both = await look({ SQL_Delay: 3600, Seconds_Behind_Source: 3700 });
    expect(both).toMatchObject({ cause: 'replica-lagging', facts: { lag_seconds: 100 } });
  });

  it('finds transactions that only the replica has', async () => {
    const result = await look({}, `${source}:1-10,${own}:1-2`);
    expect(result).toMatchObject({ verdict: 'fail', cause: 'errant-transactions' });
    expect(result.sentence).toContain(`${own}:1-2`);
  });

  it('sees a connection that is dead and looks alive', async () => {
    const result = await look({ Retrieved_Gtid_Set: `${source}:6-8` }, `${source}:1-8`);
    expect(result).toMatchObject({ cause: 'replica-not-receiving', facts: { missing: [`${source}:9-10`] } });
  });
});

it('names the channel of a multi-source replica in MySQL 8', async () => {
  const rows = [
    replicaRow({ Channel_Name: 'orders' }),
    replicaRow({ Channel_Name: 'billing', Replica_IO_Running: 'No', Replica_SQL_Running: 'No' }),
  ];
  const result = await judged('8.4.3', { 'SHOW REPLICA STATUS': rows });
  expect(result.cause).toBe('replica-threads-stopped');
  expect(result.sentence).toContain('10.0.0.2:3306 (billing)');
});

it('reads semi-sync in the words of MySQL 8.0.26', async () => {
  semiSync = [
    { Variable_name: 'rpl_semi_sync_source_enabled', Value: 'ON' },
    { Variable_name: 'Rpl_semi_sync_source_status', Value: 'OFF' },
    { Variable_name: 'Rpl_semi_sync_source_clients', Value: '0' },
  ];
  const says = await server('8.4.3', { 'SHOW REPLICA STATUS': [] });
  semiSync = [];
  expect(says.semiSync).toEqual({ active: false, replicas: 0 });
});

it.each([
  ['8.4.3', "STOP REPLICA FOR CHANNEL 'billing'", "START REPLICA FOR CHANNEL ''"],
  ['5.7.44', "STOP SLAVE FOR CHANNEL 'billing'", "START SLAVE FOR CHANNEL ''"],
  ['10.11.19-MariaDB-log', "STOP SLAVE 'billing'", "START SLAVE ''"],
])('%s stops and starts one channel by its name', (version, stop, start) => {
  const dialect = dialectOf(version);
  expect([dialect.stop('billing'), dialect.start('')]).toEqual([stop, start]);
  expect(ChannelName.safeParse("o'; DROP DATABASE shop; -- ").success).toBe(false);
});
