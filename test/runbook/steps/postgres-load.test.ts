import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { postgresLoad } from '../../../src/runbook/steps/postgres-load.ts';
import { askPostgres } from '../../../src/runbook/systems/postgres/ask-postgres.ts';
import { loadSays, type Session } from '../../../src/runbook/systems/postgres/load-view.ts';
import {
  hasPostgres,
  type PostgresNode,
  postgresMissing,
  postgresPassword,
  startPostgres,
} from '../../parts/postgres.ts';
import { until } from '../../parts/redis-node.ts';
import { runForReal } from '../../parts/run.ts';

// The other faults of sessions are made in test/diagnosis/postgres-load-faults.ts.
describe.skipIf(!hasPostgres)(`postgres-load (${postgresMissing})`, () => {
  let node: PostgresNode;
  beforeAll(async () => {
    node = await startPostgres();
  }, 60_000);
  afterAll(() => node.stop());

  const look = (more = {}) =>
    runForReal(
      postgresLoad,
      { nodes: [node.address], username: 'muster_read', password: { secretRef: 'P' }, ...more },
      { secrets: { P: postgresPassword } },
    );

  it('passes a quiet server within a second', async () => {
    const report = await look();
    expect(report, report.sentence).toMatchObject({
      verdict: 'pass',
      facts: { blocked: 0, blockers: 0, blocker: null, exhausted: false },
    });
    expect(report.ms).toBeLessThan(1000);
  });

  it('names who blocks whom through a chain, without the values of anybody’s statement', async () => {
    const [holder, second, third] = await Promise.all(
      ['checkout', 'refund', 'report'].map((application_name) =>
        node.connect({ user: 'app', application_name }),
      ),
    );
    await holder!.query('BEGIN');
    await holder!.query("UPDATE items SET name = 'ssn 078-05-1120' WHERE id = 17");
    await second!.query('BEGIN');
    const waiting = [
      second!.query("UPDATE items SET name = 'b' WHERE id = 17"),
      third!.query("UPDATE items SET name = 'c' WHERE id = 17"),
    ];
    await until('both to wait', async () => {
      const rows = await node.query("SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock'");
      return rows.length === 2;
    });
    const report = await look({ max_wait: '1ms' });
    const [{ pid } = { pid: 0 }] = (await holder!.query('SELECT pg_backend_pid() AS pid')).rows;
    expect(report, report.sentence).toMatchObject({
      verdict: 'fail',
      cause: 'blocked-queries',
      facts: { blocked: 2, blockers: 1, blocker: { pid } },
    });
    expect(report.sentence).toContain(`2 session(s) on ${node.address}`);
    expect(report.sentence).toMatch(new RegExp(`pid ${pid} \\(app, checkout\\), idle in transaction`));
    expect(report.sentence).toContain('UPDATE items SET name = …');
    expect(JSON.stringify(report)).not.toMatch(/078-05|1120|= 17/);
    await holder!.query('ROLLBACK');
    await waiting[0];
    await second!.query('ROLLBACK');
    await Promise.all(waiting);
    await Promise.all([holder, second, third].map((client) => client!.end()));
  });

  it('measures the wait for the lock, not the age of the query', async () => {
    const [holder, waiter] = [await node.connect({ user: 'app' }), await node.connect({ user: 'app' })];
    await holder.query('BEGIN');
    await holder.query("UPDATE items SET name = 'x' WHERE id = 1");
    const waiting = waiter.query("SELECT pg_sleep(0.5); UPDATE items SET name = 'y' WHERE id = 1");
    const login = { username: 'muster_read', password: postgresPassword, database: 'postgres', tls: false };
    let one: Session | undefined;
    await until('it to wait', async () => {
      const answer = await askPostgres(node.address, login, 2000, AbortSignal.timeout(5000), loadSays);
      one =
        answer.state === 'answered'
          ? answer.value.sessions.find(({ blockedBy }) => blockedBy.length > 0)
          : undefined;
      return one !== undefined;
    });
    expect(one!.stateSeconds - one!.waitSeconds!).toBeGreaterThan(0.45);
    await holder.query('ROLLBACK');
    await waiting;
    await Promise.all([holder.end(), waiter.end()]);
  });

  it('says who holds the connections, as long as it is still let in', async () => {
    const clients = await Promise.all(
      Array.from({ length: 11 }, () => node.connect({ user: 'app', application_name: 'shop-web' })),
    );
    const report = await look();
    expect(report, report.sentence).toMatchObject({ verdict: 'warn' });
    expect(report.sentence).toContain('11 of 12 connections');
    expect(report.sentence).toContain('11× app, shop-web (idle)');
    await Promise.all(clients.map((client) => client.end()));
    await until('them to be gone', async () => (await look()).verdict === 'pass');
  });

  it('tells a role’s own limit from a full server', async () => {
    await node.query('ALTER ROLE muster_read CONNECTION LIMIT 0');
    const report = await look();
    await node.query('ALTER ROLE muster_read CONNECTION LIMIT -1');
    expect(report.verdict).toBe('unknown');
    expect(report.sentence).toContain('too many connections for role "muster_read"');
  });
});
