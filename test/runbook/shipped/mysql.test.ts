import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Json } from '../../../src/runbook/step.ts';
import {
  hasMariadb,
  type MariadbPair,
  mariadbMissing,
  operator,
  reader,
  startMariadbPair,
} from '../../parts/mariadb.ts';
import { until } from '../../parts/redis-node.ts';
import { shippedScene } from './shipped-scene.ts';

describe.skipIf(!hasMariadb)(`the shipped MySQL runbooks, played to their end (${mariadbMissing})`, () => {
  let pair: MariadbPair;
  beforeAll(async () => {
    pair = await startMariadbPair();
  });
  afterAll(() => pair.stop());

  async function sceneOf(name: string, more: Record<string, Json> = {}) {
    const service = {
      mysql_replica: pair.replica.address,
      mysql_primary: pair.primary.address,
      mysql_server: pair.primary.address,
      ...more,
    };
    const secret = (wanted: string) =>
      wanted === 'MYSQL_OPS_PASSWORD' ? operator.password : reader.password;
    return shippedScene(name, service, { secret });
  }

  it('stopped by hand: proposes to start it, does so once approved, and sees it follow again', async () => {
    await pair.replica.query('STOP SLAVE');
    const scene = await sceneOf('mysql-replication');
    await scene.play();
    expect([scene.verdict('replication'), scene.verdict('replica-load')]).toEqual(['fail', 'skipped']);
    expect(scene.verdict('restart')).toBe('proposed');
    expect((await pair.replica.query('SHOW SLAVE STATUS'))[0]).toMatchObject({ Slave_SQL_Running: 'No' });

    scene.approve('restart');
    await scene.play();
    expect([scene.verdict('restart'), scene.verdict('restart-check')]).toEqual(['pass', 'pass']);
  }, 30_000);

  it('meanwhile started by somebody: an approval that comes late does nothing', async () => {
    await pair.replica.query('STOP SLAVE');
    const scene = await sceneOf('mysql-replication');
    await scene.play();
    await pair.replica.query('START SLAVE');
    await pair.caughtUp();
    scene.approve('restart');
    await scene.play();
    expect([scene.verdict('restart'), scene.verdict('restart-check')]).toEqual(['fail', 'pass']);
  }, 30_000);

  it('error 1062: no restart is proposed, because it would come straight back', async () => {
    const { primary, replica, caughtUp } = pair;
    const own = (sql: string) =>
      replica.query(`SET SESSION sql_log_bin=0; ${sql}; SET SESSION sql_log_bin=1`);
    await own("INSERT INTO shop.orders VALUES (7, 'mine')");
    await primary.query("INSERT INTO shop.orders VALUES (7, 'an order')");
    await until('error 1062', async () => {
      const [row] = await replica.query('SHOW SLAVE STATUS');
      return row?.Last_SQL_Errno === 1062;
    });
    const scene = await sceneOf('mysql-replication');
    await scene.play();
    await own('DELETE FROM shop.orders WHERE id = 7');
    await replica.query('START SLAVE');
    await caughtUp();
    expect([scene.verdict('replication'), scene.verdict('restart')]).toEqual(['fail', 'skipped']);
  }, 30_000);

  it('one transaction blocks others: it is ended once approved, and nobody waits any more', async () => {
    const [holder, waiter] = [await pair.primary.connect(), await pair.primary.connect()];
    await pair.primary.query("REPLACE INTO shop.orders VALUES (1, 'first')");
    await holder.query("START TRANSACTION; UPDATE shop.orders SET v = 'held' WHERE id = 1");
    const waits = waiter.query("UPDATE shop.orders SET v = 'wanted' WHERE id = 1");
    await until('it to wait', async () =>
      (await pair.primary.query('SHOW PROCESSLIST')).some(
        ({ Info, Time }) => String(Info).startsWith('UPDATE') && Number(Time) >= 2,
      ),
    );
    const scene = await sceneOf('mysql-load', { mysql_max_lock_wait: '1s' });
    await scene.play();
    expect([scene.verdict('load'), scene.verdict('kill')]).toEqual(['fail', 'proposed']);
    scene.approve('kill');
    await scene.play();
    await waits;
    expect([scene.verdict('kill'), scene.verdict('kill-check')]).toEqual(['pass', 'pass']);
    expect(await pair.primary.query('SELECT v FROM shop.orders WHERE id = 1')).toEqual([{ v: 'wanted' }]);
    for (const one of [holder, waiter]) one.destroy();
  }, 30_000);
});
