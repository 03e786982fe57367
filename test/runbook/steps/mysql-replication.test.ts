import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mysqlReplication } from '../../../src/runbook/steps/mysql-replication.ts';
import {
  hasMariadb,
  type MariadbPair,
  mariadbMissing,
  reader,
  startMariadbPair,
} from '../../parts/mariadb.ts';
import { freePort, until } from '../../parts/redis-node.ts';
import { runForReal } from '../../parts/run.ts';

let pair: MariadbPair;
const secrets = { P: reader.password, NOBODY: 'nothing', WRONG: 'wrong' };
const look = (more = {}) =>
  runForReal(
    mysqlReplication,
    {
      replica: pair.replica.address,
      primary: pair.primary.address,
      username: reader.user,
      password: { secretRef: 'P' },
      ...more,
    },
    { secrets },
  );

// What is broken, and how it is found, is in test/diagnosis/mysql.ts.
describe.skipIf(!hasMariadb)(`mysql-replication (${mariadbMissing})`, () => {
  beforeAll(async () => {
    pair = await startMariadbPair();
  });
  afterAll(() => pair.stop());

  it('passes a healthy pair, with an account that may only read', async () => {
    const report = await look();
    expect(report, report.sentence).toMatchObject({
      verdict: 'pass',
      facts: { lag_seconds: 0, errant: [], missing: [], read_only: true, restartable: false },
    });
    expect(report.sentence).toContain(`${pair.replica.address} follows ${pair.primary.address}`);
    expect(report.ms).toBeLessThan(500);
  });

  it('passes while the primary writes all the time', async () => {
    const session = await pair.primary.connect();
    let writing = true;
    const writes = (async () => {
      for (let id = 1000; writing; id++)
        await session.query(`INSERT INTO shop.orders VALUES (${id}, 'busy')`);
    })();
    const reports = [await look(), await look(), await look()];
    writing = false;
    await writes;
    expect(reports.map(({ verdict, sentence }) => `${verdict} ${sentence}`)).toEqual(
      reports.map(() => expect.stringMatching(/^pass /)),
    );
  });

  it.each([
    [
      { username: 'nobody', password: { secretRef: 'NOBODY' } },
      'Grant it: GRANT SLAVE MONITOR ON *.* TO nobody.',
    ],
    [{ password: { secretRef: 'WRONG' } }, 'login denied'],
    [{ replica: 'no-such-host.invalid:3306' }, 'its name does not resolve'],
    [{ replica: '169.254.169.254:3306' }, 'may not be probed'],
  ])('is unknown, and says what it would need: %o', async (more, told) => {
    const report = await look(more);
    expect(report).toMatchObject({ verdict: 'unknown', sentence: expect.stringContaining(told) });
    expect(JSON.stringify(report)).not.toContain(reader.password);
  });

  it('is unknown when neither end says anything: that may be our own network', async () => {
    pair.primary.freeze();
    pair.replica.freeze();
    const report = await look({ patience: '500ms' });
    pair.primary.thaw();
    pair.replica.thaw();
    expect(report).toMatchObject({ verdict: 'unknown' });
    expect(report.ms).toBeLessThan(2000);
  });

  it('tells a frozen replica from a crashed one', async () => {
    pair.replica.freeze();
    const frozen = await look();
    pair.replica.thaw();
    expect(frozen).toMatchObject({ verdict: 'fail', cause: 'replica-frozen' });
    const crashed = await look({ replica: `127.0.0.1:${await freePort()}` });
    expect(crashed).toMatchObject({ verdict: 'fail', cause: 'replica-down' });
  });

  it('finds semi-sync that fell back, and none that is well', async () => {
    const { primary, caughtUp } = pair;
    await primary.query(
      'SET GLOBAL rpl_semi_sync_master_timeout = 50; SET GLOBAL rpl_semi_sync_master_enabled = ON',
    );
    const well = await look();
    await primary.query("REPLACE INTO shop.orders VALUES (2, 'nobody confirms')");
    await caughtUp();
    const fallen = await look();
    await primary.query('SET GLOBAL rpl_semi_sync_master_enabled = OFF');
    expect(well.verdict).toBe('pass');
    expect(fallen).toMatchObject({ verdict: 'warn' });
    expect(fallen.sentence).toContain('fell back to asynchronous');
    expect(fallen.evidence.rows.map(([what]) => what)).toContain('semi-sync');
  });

  it('reads a replica of two sources, and names the one that stands still', async () => {
    const { replica } = pair;
    await replica.query(
      `CHANGE MASTER 'second' TO MASTER_HOST='127.0.0.1', MASTER_PORT=${await freePort()}, MASTER_USER='repl', MASTER_PASSWORD='repl-pw', MASTER_USE_GTID=slave_pos`,
    );
    const report = await look();
    await replica.query("RESET SLAVE 'second' ALL");
    expect(report).toMatchObject({ verdict: 'fail', cause: 'replica-threads-stopped' });
    expect(report.sentence).toContain('(second)');
    expect((await look()).verdict).toBe('pass');
  });

  it('leaves no connection behind', async () => {
    const ours = async () =>
      (await pair.replica.query('SHOW PROCESSLIST')).filter(({ User }) => User === reader.user).length;
    await look();
    await until('our connections to be gone', async () => (await ours()) === 0);
  });
});
