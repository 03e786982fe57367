import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Json } from '../../../src/runbook/step.ts';
import { mysqlKillQuery } from '../../../src/runbook/steps/mysql-kill-query.ts';
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
const secrets = { P: operator.password, READ: reader.password };
const kill = (query: Json, more = {}) =>
  runForReal(
    mysqlKillQuery,
    { server: server.address, query, username: operator.user, password: { secretRef: 'P' }, ...more },
    { secrets },
  );

/** A session that runs one long statement, and what identifies it. */
async function busy(sql: string) {
  const session = await server.connect();
  const ended = session.query(sql).then(
    () => 'finished',
    (error: { errno: number }) => error.errno,
  );
  const seen = async () => (await server.query('SHOW PROCESSLIST')).find(({ Info }) => Info === sql);
  await until(`${sql} to run`, async () => Number((await seen())?.Time) >= 1);
  const row = (await seen())!;
  const started = new Date(Date.now() - Number(row.Time) * 1000).toISOString();
  return {
    session,
    ended,
    query: { id: Number(row.Id), user: String(row.User), host: String(row.Host), started },
  };
}

describe.skipIf(!hasMariadb)(`mysql-kill-query (${mariadbMissing})`, () => {
  beforeAll(async () => {
    server = await startMariadb(1);
    for (const sql of accounts()) await server.query(sql);
    await server.query('CREATE DATABASE shop');
    await server.query('CREATE TABLE shop.orders (id INT PRIMARY KEY, v VARCHAR(60)) ENGINE=InnoDB');
    await server.query("INSERT INTO shop.orders VALUES (1, 'a'), (2, 'b')");
  });
  afterAll(() => server.stop());

  it('ends the named statement alone: another one goes on, and so does its connection', async () => {
    const [one, other] = [await busy('SELECT SLEEP(61)'), await busy('SELECT SLEEP(62)')];
    const report = await kill(one.query);
    expect(report, report.sentence).toMatchObject({ verdict: 'pass' });
    await one.ended;
    expect(await one.session.query('SELECT 1')).toBeTruthy();
    const running = (await server.query('SHOW PROCESSLIST')).map(({ Info }) => Info);
    expect(running).toContain('SELECT SLEEP(62)');
    for (const { session } of [one, other]) session.destroy();
  });

  it('refuses when the connection belongs to somebody else, does something else, or is gone', async () => {
    const { query, session } = await busy('SELECT SLEEP(63)');
    const earlier = new Date(Date.parse(query.started) - 60_000).toISOString();
    const told = async (changed: object) => (await kill({ ...query, ...changed })).sentence;
    expect(await told({ user: 'app' })).toMatch(/^Nothing was sent: .* now belongs to root@localhost/);
    expect(await told({ host: '10.0.0.9:1' })).toMatch(/^Nothing was sent: .* now belongs to root@localhost/);
    expect(await told({ started: earlier })).toMatch(/^Nothing was sent: .* has finished what was seen/);
    expect(await told({ id: 999_999 })).toMatch(/^Nothing was sent: .* not there any more/);
    expect((await server.query('SHOW PROCESSLIST')).map(({ Info }) => Info)).toContain('SELECT SLEEP(63)');
    session.destroy();
  });

  it('frees the blocker that mysql-load named, idle in its transaction, by cutting it off', async () => {
    const [holder, waiter] = [await server.connect(), await server.connect()];
    await holder.query("START TRANSACTION; UPDATE shop.orders SET v = 'held' WHERE id = 1");
    const waits = waiter.query("UPDATE shop.orders SET v = 'wanted' WHERE id = 1");
    await until('it to wait', async () =>
      (await server.query('SHOW PROCESSLIST')).some(
        ({ Info, Time }) => String(Info).startsWith('UPDATE') && Number(Time) >= 1,
      ),
    );
    const blocker = (await look()).facts.blocker as Json;
    expect((await kill(blocker)).sentence).toContain('runs no statement');
    const report = await kill(blocker, { what: 'connection' });
    expect(report, report.sentence).toMatchObject({ verdict: 'pass' });
    await waits;
    expect(await server.query('SELECT v FROM shop.orders WHERE id = 1')).toEqual([{ v: 'wanted' }]);
    expect((await kill(blocker, { what: 'connection' })).sentence).toContain('not there any more');
    for (const one of [holder, waiter]) one.destroy();
  });

  it('finds the only one that blocks by itself, not too early, and refuses when there are two', async () => {
    const sessions = await Promise.all([1, 2, 3, 4].map(() => server.connect()));
    const [one, two, waiter, other] = sessions as [
      (typeof sessions)[0],
      (typeof sessions)[0],
      (typeof sessions)[0],
      (typeof sessions)[0],
    ];
    const lock = (session: typeof one, id: number) =>
      session.query(`START TRANSACTION; UPDATE shop.orders SET v = 'held' WHERE id = ${id}`);
    const wanted = (session: typeof one, id: number) =>
      session.query(`UPDATE shop.orders SET v = 'wanted' WHERE id = ${id}`);
    const waiting = (count: number) =>
      until(`${count} to wait`, async () => {
        const rows = await server.query('SHOW PROCESSLIST');
        return (
          rows.filter(({ Info, Time }) => /wanted/.test(String(Info)) && Number(Time) >= 2).length === count
        );
      });
    expect((await kill(null)).sentence).toContain('nobody waits for a row lock');
    await lock(one, 1);
    const first = wanted(waiter, 1);
    await waiting(1);
    expect((await kill(null, { what: 'connection', min_wait: '1h' })).sentence).toMatch(
      /^Nothing was sent: connection \d+ has blocked others for \ds only/,
    );
    await lock(two, 2);
    const second = wanted(other, 2);
    await waiting(2);
    const both = await kill(null, { what: 'connection', min_wait: '1s' });
    expect(both.sentence).toMatch(/^Nothing was sent: several connections block others \(\d+, \d+\)/);
    await two.query('ROLLBACK');
    await second;
    const report = await kill(null, { what: 'connection', min_wait: '1s' });
    expect(report, report.sentence).toMatchObject({ verdict: 'pass' });
    await first;
    for (const session of sessions) session.destroy();
  });

  it('names the right that the account lacks, and ends nothing', async () => {
    const { query, session } = await busy('SELECT SLEEP(64)');
    const report = await kill(query, { username: reader.user, password: { secretRef: 'READ' } });
    expect(report).toMatchObject({ verdict: 'fail', sentence: expect.stringContaining('CONNECTION ADMIN') });
    expect((await server.query('SHOW PROCESSLIST')).map(({ Info }) => Info)).toContain('SELECT SLEEP(64)');
    session.destroy();
  });
});

const look = () =>
  runForReal(
    mysqlLoad,
    { server: server.address, username: reader.user, password: { secretRef: 'READ' }, max_lock_wait: '0s' },
    { secrets },
  );
