import type { Client } from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { postgresTerminateBackend } from '../../../src/runbook/steps/postgres-terminate-backend.ts';
import { hasPostgres, postgresMissing, postgresPassword } from '../../parts/postgres.ts';
import { type Stage, startStage, stopStage } from '../../parts/postgres-stage.ts';
import { until } from '../../parts/redis-node.ts';
import { runForReal } from '../../parts/run.ts';

describe.skipIf(!hasPostgres)(`postgres-terminate-backend (${postgresMissing})`, () => {
  let stage: Stage;
  const clients: Client[] = [];
  beforeAll(async () => {
    stage = await startStage();
  }, 60_000);
  afterEach(async () => {
    await Promise.all(clients.splice(0).map((client) => client.end().catch(() => {})));
  });
  afterAll(() => stopStage(stage));

  const act = (more = {}) =>
    runForReal(
      postgresTerminateBackend,
      {
        nodes: [stage.primary.address, stage.standby.address],
        username: 'muster_act',
        password: { secretRef: 'P' },
        min_transaction: '0m',
        ...more,
      },
      { secrets: { P: postgresPassword } },
    );

  const connect = async (user = 'app') => {
    const client = await stage.primary.connect({ user });
    clients.push(client);
    const [row] = (
      await client.query(`SELECT pg_backend_pid() AS pid,
      (SELECT backend_start::text FROM pg_stat_activity WHERE pid = pg_backend_pid()) AS started`)
    ).rows;
    return { client, backend: row as { pid: number; started: string } };
  };
  const open = async (user = 'app') => {
    const one = await connect(user);
    await one.client.query('BEGIN');
    await one.client.query('SELECT 1');
    return one;
  };
  const alive = async (pid: number) =>
    (await stage.primary.query(`SELECT FROM pg_stat_activity WHERE pid = ${pid}`)).length === 1;
  const update = async (client: Client, id: number) => {
    await client.query('BEGIN');
    await client.query(`UPDATE items SET name = 'x' WHERE id = ${id}`);
  };
  const blocked = (client: Client, id: number) =>
    client.query(`UPDATE items SET name = 'y' WHERE id = ${id}`);
  const waiting = (count: number) =>
    until('somebody to wait', async () => {
      const rows = await stage.primary.query("SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock'");
      return rows.length === count;
    });

  it('ends the named session, and refuses to do it again', async () => {
    const { backend } = await open();
    const bystander = await open();
    expect(await act({ backend })).toMatchObject({
      verdict: 'pass',
      facts: { pid: backend.pid, gone: true },
    });
    expect([await alive(backend.pid), await alive(bystander.backend.pid)]).toEqual([false, true]);
    const again = await act({ backend });
    expect(again).toMatchObject({ verdict: 'fail', sentence: expect.stringContaining('has ended already') });
  });

  it('ends the only session that others wait for, so that they go on', async () => {
    const [holder, other] = [await connect(), await connect()];
    await update(holder.client, 1);
    const wanted = blocked(other.client, 1);
    await waiting(1);
    expect(await act()).toMatchObject({ verdict: 'pass', facts: { pid: holder.backend.pid } });
    await wanted;
    expect(await act()).toMatchObject({
      verdict: 'fail',
      sentence: expect.stringContaining('nobody on'),
    });
  });

  it('ends nobody while there are several to choose from', async () => {
    const holders = [await connect(), await connect()];
    const others = [await connect(), await connect()];
    await Promise.all(holders.map(({ client }, index) => update(client, index + 1)));
    const wanted = others.map(({ client }, index) => blocked(client, index + 1));
    await waiting(2);
    const report = await act();
    expect(report.verdict).toBe('fail');
    for (const { backend } of holders) {
      expect(report.sentence).toContain(String(backend.pid));
      expect(await alive(backend.pid)).toBe(true);
    }
    await Promise.all(holders.map(({ client }) => client.query('ROLLBACK')));
    await Promise.all(wanted);
  });

  it('leaves a session alone that is another one by now, or has moved on', async () => {
    const { client, backend } = await open();
    const other = { ...backend, started: '2026-01-01 00:00:00+00' };
    expect((await act({ backend: other })).sentence).toContain('another session by now');
    expect((await act({ backend, min_transaction: '1h' })).sentence).toContain('no longer in a transaction');
    await client.query('COMMIT');
    expect((await act({ backend })).sentence).toContain('no longer in a transaction');
    expect(await alive(backend.pid)).toBe(true);
  });

  it('never ends replication, not even where it is in a transaction', async () => {
    const sender = await stage.primary.connect({ user: 'repl', replication: 'database' });
    clients.push(sender);
    await sender.query('BEGIN');
    await sender.query('SELECT 1');
    const senders = await stage.primary.query(
      "SELECT pid, backend_start::text AS started FROM pg_stat_activity WHERE backend_type = 'walsender'",
    );
    expect(senders).toHaveLength(2);
    for (const backend of senders) {
      const report = await act({ backend });
      expect(report).toMatchObject({ verdict: 'fail', sentence: expect.stringContaining('(walsender)') });
      expect(await alive(Number(backend.pid))).toBe(true);
    }
  });

  it('says which right is missing, and that nothing was done', async () => {
    const { backend } = await open();
    const reader = await act({ backend, username: 'muster_read' });
    expect(reader).toMatchObject({ verdict: 'fail', sentence: expect.stringContaining('pg_signal_backend') });
    const superuser = await open('postgres');
    expect((await act({ backend: superuser.backend })).sentence).toMatch(/Nothing was done: .* refused/);
    expect([await alive(backend.pid), await alive(superuser.backend.pid)]).toEqual([true, true]);
  });

  it('does nothing where no primary answers', async () => {
    const report = await act({ nodes: [stage.standby.address] });
    expect(report).toMatchObject({
      verdict: 'fail',
      sentence: expect.stringContaining('no primary answers'),
    });
  });
});
