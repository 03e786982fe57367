import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { alert, receive } from '../../incident/given.ts';
import { hasPostgres, postgresMissing, postgresPassword } from '../../parts/postgres.ts';
import { paramsOf, type Stage, startStage, stopStage, write } from '../../parts/postgres-stage.ts';
import { until } from '../../parts/redis-node.ts';
import { shippedScene } from './shipped-scene.ts';

describe.skipIf(!hasPostgres)(
  `the shipped PostgreSQL runbooks, played to their end (${postgresMissing})`,
  () => {
    let stage: Stage;
    beforeAll(async () => {
      stage = await startStage();
    }, 60_000);
    afterAll(() => stopStage(stage));

    async function sceneOf(
      name: string,
      more: Record<string, string | number>,
      labels: Record<string, string>,
    ) {
      const service = {
        ...paramsOf(stage),
        postgres_act_password: { secretRef: 'POSTGRES_PASSWORD' },
        ...more,
      };
      const scene = await shippedScene(name, service, { labels, secret: () => postgresPassword });
      scene.give(receive({ at: scene.clock.now, firing: [{ ...alert('Postgres'), labels }] }));
      return scene;
    }

    it('a session blocks others: it is named, ended once a person agrees, and the others go on', async () => {
      const { primary } = stage;
      const holder = await primary.connect({ user: 'app', application_name: 'checkout' });
      const waiter = await primary.connect({ user: 'app' });
      await holder.query('BEGIN');
      await holder.query("UPDATE items SET name = 'x' WHERE id = 1");
      const waiting = waiter.query("UPDATE items SET name = 'y' WHERE id = 1");
      await until('it to wait', async () => {
        const rows = await primary.query(`SELECT FROM pg_stat_activity
        WHERE wait_event_type = 'Lock' AND now() - query_start > interval '600 ms'`);
        return rows.length > 0;
      });
      const scene = await sceneOf('postgres-load', { postgres_max_wait: '500ms' }, {});
      await scene.play();
      expect([scene.verdict('load'), scene.verdict('terminate')]).toEqual(['fail', 'proposed']);
      scene.approve('terminate');
      await scene.play();
      expect([scene.verdict('terminate'), scene.verdict('terminate-check')]).toEqual(['pass', 'pass']);
      await waiting;
      await waiter.end();
    });

    it('a forgotten slot: dropped once two people agree, and never the one of the standby', async () => {
      const { primary } = stage;
      await primary.query("SELECT pg_create_physical_replication_slot('forgotten', true)");
      await write(stage, 12);
      const more = { postgres_max_retained_bytes: 8_388_608 };
      const other = await sceneOf('postgres-replication', more, { slot_name: 'standby1' });
      await other.play();
      expect([other.verdict('replication'), other.verdict('drop-slot')]).toEqual(['fail', 'skipped']);

      const scene = await sceneOf('postgres-replication', more, { slot_name: 'forgotten' });
      await scene.play();
      expect([scene.verdict('replication'), scene.verdict('drop-slot')]).toEqual(['fail', 'proposed']);
      scene.approve('drop-slot', 'jun');
      await scene.play();
      expect(scene.verdict('drop-slot')).toBe('proposed');
      scene.approve('drop-slot', 'minji');
      await scene.play();
      expect([scene.verdict('drop-slot'), scene.verdict('drop-slot-check')]).toEqual(['pass', 'pass']);
      const slots = await primary.query('SELECT slot_name FROM pg_replication_slots');
      expect(slots).toEqual([{ slot_name: 'standby1' }]);
    });

    it('a healthy pair: nothing is proposed', async () => {
      const scene = await sceneOf('postgres-replication', {}, { slot_name: 'standby1' });
      await scene.play();
      expect([scene.verdict('replication'), scene.verdict('drop-slot')]).toEqual(['pass', 'skipped']);
    });
  },
);
