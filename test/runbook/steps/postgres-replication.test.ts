import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { postgresReplication } from '../../../src/runbook/steps/postgres-replication.ts';
import { askPostgres } from '../../../src/runbook/systems/postgres/ask-postgres.ts';
import { hasPostgres, postgresMissing, postgresPassword } from '../../parts/postgres.ts';
import { type Stage, startStage, stopStage } from '../../parts/postgres-stage.ts';
import { until } from '../../parts/redis-node.ts';
import { runForReal } from '../../parts/run.ts';

// Every fault of the replication is made in test/diagnosis/postgres-replication-faults.ts.
describe.skipIf(!hasPostgres)(`postgres-replication (${postgresMissing})`, () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await startStage();
  }, 60_000);
  afterAll(() => stopStage(stage));

  const secrets = { P: postgresPassword };
  const look = (more = {}) =>
    runForReal(
      postgresReplication,
      {
        nodes: [stage.primary.address, stage.standby.address],
        username: 'muster_read',
        password: { secretRef: 'P' },
        ...more,
      },
      { secrets },
    );

  it('passes a healthy pair, within a second, with a row for each node and slot', async () => {
    const report = await look();
    expect(report, report.sentence).toMatchObject({
      verdict: 'pass',
      facts: { primary: stage.primary.address, primaries: 1, streaming: 1, droppable_slots: [] },
    });
    expect(report.evidence.rows.map(([name]) => name)).toEqual([
      stage.primary.address,
      stage.standby.address,
      'standby1',
    ]);
    expect(report.ms).toBeLessThan(1000);
  });

  it('names the right that is missing', async () => {
    const report = await look({ username: 'muster_bare' });
    expect(report.verdict).toBe('unknown');
    expect(report.sentence).toContain('GRANT pg_monitor');
  });

  it('says why it was not let in, and never shows a password', async () => {
    const wrong = await runForReal(
      postgresReplication,
      { nodes: [stage.primary.address], username: 'muster_read', password: { secretRef: 'P' } },
      { secrets: { P: 'wr0ng-pass' } },
    );
    expect(wrong.verdict).toBe('unknown');
    expect(wrong.sentence).toContain('password authentication failed for user "muster_read"');
    expect(JSON.stringify([wrong, await look()])).not.toMatch(/wr0ng-pass|p4ss-of-the-test/);
  });

  it.each([
    ['a name that does not resolve', 'nowhere.invalid:5432', 'unknown'],
    ['a metadata address', '169.254.169.254:5432', 'unknown'],
  ])('is unknown about %s', async (_, node, verdict) => {
    expect(await look({ nodes: [node] })).toMatchObject({ verdict });
  });

  it('does not fail a standby that has not yet come back to a primary just restarted', async () => {
    await stage.primary.kill();
    await until('the receiver to be gone', async () => {
      return (await stage.standby.query('SELECT FROM pg_stat_wal_receiver')).length === 0;
    });
    await stage.primary.start();
    const report = await look();
    expect(report, report.sentence).toMatchObject({ verdict: 'pass', facts: { streaming: 1 } });
    expect(report.ms).toBeLessThan(10_000);
  });

  it('asks for TLS when told to, and says that the server has none', async () => {
    expect((await look({ tls: true })).sentence).toContain('does not support SSL');
  });

  it('cannot write, whatever its account may do', async () => {
    const login = { username: 'postgres', password: postgresPassword, database: 'shop', tls: false };
    const answer = await askPostgres(stage.primary.address, login, 2000, AbortSignal.timeout(5000), (ask) =>
      ask('DELETE FROM items'),
    );
    expect(answer).toMatchObject({
      state: 'rejected',
      reason: expect.stringContaining('read-only transaction'),
    });
  });

  it('leaves no connection behind, not even on a frozen node', async () => {
    stage.standby.freeze();
    const frozen = await look();
    expect(frozen).toMatchObject({ verdict: 'fail', cause: 'standby-frozen' });
    expect(frozen.ms).toBeLessThan(4000);
    stage.standby.thaw();
    for (const node of [stage.primary, stage.standby]) {
      await until('the connections to close', async () => {
        const rows = await node.query(
          "SELECT FROM pg_stat_activity WHERE application_name = 'muster-runbook'",
        );
        return rows.length === 0;
      });
    }
  });
});
