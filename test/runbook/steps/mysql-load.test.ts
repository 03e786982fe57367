import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mysqlLoad } from '../../../src/runbook/steps/mysql-load.ts';
import {
  accounts,
  hasMariadb,
  type Mariadb,
  mariadbMissing,
  operator,
  reader,
  startMariadb,
} from '../../parts/mariadb.ts';
import { until } from '../../parts/redis-node.ts';
import { runForReal } from '../../parts/run.ts';

let server: Mariadb;
const look = (more = {}) =>
  runForReal(
    mysqlLoad,
    { server: server.address, username: reader.user, password: { secretRef: 'P' }, ...more },
    { secrets: { P: reader.password, NOBODY: 'nothing', OPS: operator.password } },
  );

/**
 * How many sessions do, for so many seconds, what the pattern says. Not asked of InnoDB: it shows its own list as it was when
 * somebody last asked 100 ms or more after the one before.
 */
const busyFor = async (seconds: number, what: RegExp) =>
  (await server.query('SHOW PROCESSLIST')).filter(
    ({ Info, Time }) => what.test(String(Info ?? '')) && Number(Time) >= seconds,
  ).length;

describe.skipIf(!hasMariadb)(`mysql-load (${mariadbMissing})`, () => {
  beforeAll(async () => {
    server = await startMariadb(1);
    for (const sql of accounts()) await server.query(sql);
    await server.query('CREATE DATABASE shop');
    await server.query('CREATE TABLE shop.orders (id INT PRIMARY KEY, v VARCHAR(60)) ENGINE=InnoDB');
    await server.query("INSERT INTO shop.orders VALUES (1, 'a'), (2, 'b')");
  });
  afterAll(() => server.stop());

  it('passes a quiet server', async () => {
    const report = await look();
    expect(report).toMatchObject({ verdict: 'pass', facts: { max_connections: 151, blockers: 0 } });
    expect(report.ms).toBeLessThan(500);
  });

  it('names the right it lacks, where the server would only have shown less', async () => {
    const report = await look({ username: 'nobody', password: { secretRef: 'NOBODY' } });
    expect(report).toMatchObject({ verdict: 'unknown' });
    expect(report.sentence).toContain('GRANT PROCESS ON *.* TO nobody');
  });

  it('names who blocks, idle in its transaction, at the head of a queue of two', async () => {
    const [head, middle, last] = [await server.connect(), await server.connect(), await server.connect()];
    await head.query("START TRANSACTION; UPDATE shop.orders SET v = 'secret-1' WHERE id = 1");
    await middle.query("START TRANSACTION; UPDATE shop.orders SET v = 'secret-2' WHERE id = 2");
    const waits = [
      middle.query("UPDATE shop.orders SET v = 'secret-3' WHERE id = 1"),
      last.query("UPDATE shop.orders SET v = 'secret-4' WHERE id = 2"),
    ];
    await until('both to wait', async () => (await busyFor(1, /^UPDATE/)) === 2);
    const report = await look({ max_lock_wait: '1s' });
    const [[{ id } = { id: 0 }]] = (await head.query('SELECT CONNECTION_ID() AS id')) as unknown as [
      { id: number }[],
    ];
    await head.query('ROLLBACK');
    await waits[0];
    await middle.query('ROLLBACK');
    await waits[1];
    for (const one of [head, middle, last]) one.destroy();
    expect(report).toMatchObject({
      verdict: 'fail',
      cause: 'lock-waits',
      facts: { waiting: 2, blockers: 1, blocker: { id, user: 'root' } },
    });
    expect(report.sentence).toContain(`connection ${id} (root@localhost) blocks 2 other(s)`);
    expect(report.sentence).toContain('idle inside an open transaction');
    expect(JSON.stringify(report)).not.toContain('secret');
  });

  it('does not guess who holds a table lock', async () => {
    const [holder, waiter] = [await server.connect(), await server.connect()];
    await holder.query('LOCK TABLES shop.orders READ');
    const waits = waiter.query("UPDATE shop.orders SET v = 'x' WHERE id = 1");
    await until('it to wait', async () => (await busyFor(1, /^UPDATE/)) === 1);
    const report = await look({ max_lock_wait: '1s' });
    await holder.query('UNLOCK TABLES');
    await waits;
    for (const one of [holder, waiter]) one.destroy();
    expect(report).toMatchObject({ verdict: 'fail', cause: 'lock-waits', facts: { blockers: 0 } });
    expect(report.sentence).toContain('does not show who holds it');
  });

  it('names who holds all connections, through the one that CONNECTION ADMIN has to spare', async () => {
    await server.query('SET GLOBAL max_connections = 10');
    const held: { destroy: () => void }[] = [];
    const take = () => server.connect({ user: 'nobody', password: 'nothing' }).then((one) => held.push(one));
    await until('the last connection to be taken', () =>
      take().then(
        () => false,
        () => true,
      ),
    );
    const plain = await look();
    const spare = await look({ username: operator.user, password: { secretRef: 'OPS' } });
    for (const one of held) one.destroy();
    await server.query('SET GLOBAL max_connections = 151');
    expect(plain).toMatchObject({ verdict: 'fail', cause: 'connections-exhausted' });
    expect(plain.sentence).toContain('1040');
    expect(spare).toMatchObject({ verdict: 'fail', cause: 'connections-exhausted' });
    expect(spare.sentence).toContain(`nobody@127.0.0.1 holds ${held.length}, ${held.length} of them idle`);
  });

  it('warns of a long transaction, and of connections that run out', async () => {
    const session = await server.connect();
    await session.query('START TRANSACTION; SELECT * FROM shop.orders FOR UPDATE');
    await until('it to be idle for a while', async () =>
      (await server.query('SHOW PROCESSLIST')).some(
        ({ Id, Time }) => Id === session.threadId && Number(Time) >= 2,
      ),
    );
    const long = await look({ max_transaction: '1s' });
    session.destroy();
    expect(long).toMatchObject({
      verdict: 'warn',
      sentence: expect.stringContaining('has had a transaction open for'),
    });
    expect((await look({ warn_connections: 0.001 })).sentence).toMatch(/ \d of 151 connections; /);
  });
});
