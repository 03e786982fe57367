import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { postgresDropSlot } from '../../../src/runbook/steps/postgres-drop-slot.ts';
import { askPostgres } from '../../../src/runbook/systems/postgres/ask-postgres.ts';
import { dropSlot } from '../../../src/runbook/systems/postgres/drop-slot.ts';
import { hasPostgres, postgresMissing, postgresPassword } from '../../parts/postgres.ts';
import { caughtUp, type Stage, startStage, stopStage } from '../../parts/postgres-stage.ts';
import { runForReal } from '../../parts/run.ts';

describe.skipIf(!hasPostgres)(`postgres-drop-slot (${postgresMissing})`, () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await startStage();
  }, 60_000);
  afterEach(async () => {
    await stage.primary.query(
      "SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE slot_name <> 'standby1'",
    );
  });
  afterAll(() => stopStage(stage));

  const act = (slot: string, more = {}) =>
    runForReal(
      postgresDropSlot,
      {
        nodes: [stage.primary.address, stage.standby.address],
        username: 'muster_act',
        password: { secretRef: 'P' },
        max_retained_bytes: 0,
        slot,
        ...more,
      },
      { secrets: { P: postgresPassword } },
    );
  const slots = async () =>
    (await stage.primary.query('SELECT slot_name FROM pg_replication_slots ORDER BY 1')).map(
      ({ slot_name }) => slot_name,
    );
  const forget = async (name = 'forgotten') => {
    await stage.primary.query(`SELECT pg_create_physical_replication_slot('${name}', true)`);
    await stage.primary.query('SELECT pg_switch_wal()');
  };

  it('drops the named slot that nobody reads, once, and no other', async () => {
    await forget();
    await forget('neighbour');
    const report = await act('forgotten');
    expect(report, report.sentence).toMatchObject({ verdict: 'pass', facts: { slot: 'forgotten' } });
    expect(Number(report.facts.freed_bytes)).toBeGreaterThan(0);
    expect(await slots()).toEqual(['neighbour', 'standby1']);
    expect((await act('forgotten')).sentence).toContain('has no slot forgotten');
  });

  it('leaves a slot of the same name that was made anew just before', async () => {
    await forget();
    const login = { username: 'muster_act', password: postgresPassword, database: 'postgres', tls: false };
    const drop = (bytes: number) =>
      askPostgres(stage.primary.address, login, 2000, AbortSignal.timeout(5000), (ask) =>
        dropSlot(ask, 'forgotten', bytes),
      );
    expect(await drop(1e12)).toMatchObject({ state: 'answered', value: false });
    expect(await slots()).toContain('forgotten');
    expect(await drop(0)).toMatchObject({ state: 'answered', value: true });
  });

  it('refuses a slot that is read', async () => {
    const report = await act('standby1');
    expect(report).toMatchObject({
      verdict: 'fail',
      sentence: expect.stringContaining('reads slot standby1'),
    });
    expect(await slots()).toContain('standby1');
  });

  it('refuses one that keeps little, and one that is expected', async () => {
    await forget();
    expect((await act('forgotten', { max_retained_bytes: 1e9 })).sentence).toContain('keeps much WAL');
    const expected = await act('forgotten', { expected_slots: ['forgotten'] });
    expect(expected.sentence).toContain('that of a standby that should be there');
    expect(await slots()).toContain('forgotten');
  });

  it('refuses any physical slot while a standby that may use it does not answer', async () => {
    await stage.standby.kill();
    try {
      await forget();
      expect((await act('standby1')).sentence).toContain('may be that of a standby that is down');
      expect((await act('forgotten')).verdict).toBe('fail');
      expect(await slots()).toEqual(['forgotten', 'standby1']);
    } finally {
      await stage.standby.start();
      await caughtUp(stage);
    }
  });

  it('refuses the slot of a standby that answers and does not receive at the moment', async () => {
    const { primary, standby } = stage;
    await standby.query("ALTER SYSTEM SET primary_conninfo = 'host=127.0.0.1 port=1'");
    await standby.query('SELECT pg_reload_conf()');
    await expect
      .poll(async () => (await primary.query('SELECT active FROM pg_replication_slots'))[0]?.active)
      .toBe(false);
    expect((await act('standby1')).sentence).toContain('that of a standby that should be there');
    expect(await slots()).toContain('standby1');
    await standby.query('ALTER SYSTEM RESET primary_conninfo');
    await standby.query(
      `ALTER SYSTEM SET primary_conninfo = 'host=127.0.0.1 port=${primary.port} user=repl password=${postgresPassword}'`,
    );
    await standby.query('SELECT pg_reload_conf()');
    await caughtUp(stage);
  });

  it('says which right is missing, and that nothing was done', async () => {
    await forget();
    const report = await act('forgotten', { username: 'muster_read' });
    expect(report).toMatchObject({ verdict: 'fail', sentence: expect.stringContaining('needs REPLICATION') });
    expect(await slots()).toContain('forgotten');
  });
});
