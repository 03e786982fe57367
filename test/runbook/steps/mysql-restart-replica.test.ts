import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mysqlRestartReplica } from '../../../src/runbook/steps/mysql-restart-replica.ts';
import {
  hasMariadb,
  type MariadbPair,
  mariadbMissing,
  operator,
  reader,
  startMariadbPair,
} from '../../parts/mariadb.ts';
import { freePort, until } from '../../parts/redis-node.ts';
import { runForReal } from '../../parts/run.ts';

let pair: MariadbPair;
const restart = (more = {}) =>
  runForReal(
    mysqlRestartReplica,
    {
      replica: pair.replica.address,
      username: operator.user,
      password: { secretRef: 'P' },
      wait: '15s',
      ...more,
    },
    { secrets: { P: operator.password, READ: reader.password } },
  );
const status = async () => (await pair.replica.query('SHOW SLAVE STATUS'))[0]!;
/** How often threads were stopped by somebody: each START makes a new IO thread on the primary. */
const starts = async () => {
  const [{ Value } = {}] = await pair.replica.query("SHOW GLOBAL STATUS LIKE 'Com_start_slave'");
  return Number(Value);
};

describe.skipIf(!hasMariadb)(`mysql-restart-replica (${mariadbMissing})`, () => {
  beforeAll(async () => {
    pair = await startMariadbPair();
  });
  afterAll(() => pair.stop());

  it('leaves threads that run alone', async () => {
    const before = await starts();
    const report = await restart();
    expect(report).toMatchObject({
      verdict: 'fail',
      sentence: expect.stringContaining('Nothing was sent: both threads run'),
    });
    expect(await starts()).toBe(before);
  });

  it('starts stopped threads, once, and sees them run', async () => {
    await pair.replica.query('STOP SLAVE');
    const before = await starts();
    const report = await restart();
    expect(report, report.sentence).toMatchObject({ verdict: 'pass' });
    expect(await starts()).toBe(before + 1);
    expect(await status()).toMatchObject({ Slave_IO_Running: 'Yes', Slave_SQL_Running: 'Yes' });
    await pair.caughtUp();
  });

  it('refuses when the same error would come straight back', async () => {
    const { primary, replica, caughtUp } = pair;
    const own = (sql: string) =>
      replica.query(`SET SESSION sql_log_bin=0; ${sql}; SET SESSION sql_log_bin=1`);
    await own("INSERT INTO shop.orders VALUES (7, 'mine')");
    await primary.query("INSERT INTO shop.orders VALUES (7, 'an order')");
    await until('error 1062', async () => (await status()).Last_SQL_Errno === 1062);
    const before = await starts();
    const report = await restart();
    expect(report).toMatchObject({ verdict: 'fail' });
    expect(report.sentence).toMatch(/^Nothing was sent: error 1062 .* would come straight back/);
    expect(await starts()).toBe(before);
    await own('DELETE FROM shop.orders WHERE id = 7');
    await replica.query('START SLAVE');
    await caughtUp();
  });

  it('says what came of it when the threads do not stay', async () => {
    const { primary, replica, caughtUp } = pair;
    await replica.query('STOP SLAVE');
    const own = (sql: string) =>
      replica.query(`SET SESSION sql_log_bin=0; ${sql}; SET SESSION sql_log_bin=1`);
    await own("INSERT INTO shop.orders VALUES (9, 'mine')");
    await primary.query("INSERT INTO shop.orders VALUES (9, 'an order')");
    const report = await restart();
    expect(report).toMatchObject({ verdict: 'fail' });
    expect(report.sentence).toContain('were restarted, but do not run: 1062');
    await own('DELETE FROM shop.orders WHERE id = 9');
    await replica.query('START SLAVE');
    await caughtUp();
  });

  it('names the right that the account lacks, and changes nothing', async () => {
    await pair.replica.query('STOP SLAVE');
    const report = await restart({ username: reader.user, password: { secretRef: 'READ' } });
    expect(report).toMatchObject({ verdict: 'fail' });
    expect(report.sentence).toContain('REPLICATION SLAVE ADMIN');
    expect(await status()).toMatchObject({ Slave_SQL_Running: 'No' });
    await pair.replica.query('START SLAVE');
    await pair.caughtUp();
  });

  it('acts on the named channel only', async () => {
    const { replica } = pair;
    await replica.query(
      `CHANGE MASTER 'second' TO MASTER_HOST='127.0.0.1', MASTER_PORT=${await freePort()}, MASTER_USER='repl', MASTER_PASSWORD='wrong', MASTER_USE_GTID=slave_pos`,
    );
    await replica.query('STOP SLAVE');
    expect(await restart()).toMatchObject({ verdict: 'pass' });
    const rows = await replica.query('SHOW ALL SLAVES STATUS');
    expect(rows.map((row) => [row.Connection_name, row.Slave_SQL_Running])).toEqual([
      ['', 'Yes'],
      ['second', 'No'],
    ]);
    expect(await restart({ channel: 'third' })).toMatchObject({
      sentence: expect.stringContaining('no replication channel "third"'),
    });
    await replica.query("RESET SLAVE 'second' ALL");
  });

  it('has sent nothing when the replica does not answer', async () => {
    pair.replica.freeze();
    const report = await restart({ wait: '0s' });
    pair.replica.thaw();
    expect(report).toMatchObject({ verdict: 'fail', sentence: expect.stringContaining('Nothing was sent') });
  });
});
