import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askPostgres } from '../../../../src/runbook/systems/postgres/ask-postgres.ts';
import {
  hasPostgres,
  type PostgresNode,
  postgresMissing,
  postgresPassword,
  startPostgres,
} from '../../../parts/postgres.ts';
import { freePort, until } from '../../../parts/redis-node.ts';

describe.skipIf(!hasPostgres)(`askPostgres (${postgresMissing})`, () => {
  let node: PostgresNode;
  beforeAll(async () => {
    node = await startPostgres();
  }, 60_000);
  afterAll(() => node.stop());

  const login = { username: 'muster_read', password: postgresPassword, database: 'postgres', tls: false };
  const ask = (
    more: Partial<typeof login> = {},
    { address = node.address, ms = 2000, sql = 'SELECT 1 AS one' } = {},
  ) => askPostgres(address, { ...login, ...more }, ms, AbortSignal.timeout(10_000), (run) => run(sql));
  const sockets = () => process.getActiveResourcesInfo().filter((name) => name === 'TCPSocketWrap').length;

  it('answers, in a session that is read-only and cannot outlive the budget', async () => {
    expect(await ask()).toMatchObject({ state: 'answered', value: [{ one: 1 }] });
    const sql =
      "SELECT current_setting('transaction_read_only') AS ro, current_setting('statement_timeout') AS ms";
    expect(await ask({}, { sql })).toMatchObject({ value: [{ ro: 'on', ms: '2s' }] });
  });

  it('tells the ways in which a node does not answer', async () => {
    expect(await ask({}, { address: `127.0.0.1:${await freePort()}` })).toMatchObject({ state: 'refused' });
    expect(await ask({}, { address: 'nowhere.invalid:5432' })).toMatchObject({ state: 'unresolved' });
    expect(await ask({}, { address: '169.254.169.254:5432' })).toMatchObject({
      state: 'broken',
      reason: 'this address may not be probed',
    });
    expect(await ask({ username: 'nobody_here' })).toMatchObject({ state: 'denied' });
    expect(await ask({ database: 'nope' })).toMatchObject({ state: 'rejected' });
    expect(await ask({}, { sql: 'SELECT 1/0' })).toMatchObject({
      state: 'rejected',
      reason: 'division by zero',
    });
    expect(await ask({}, { sql: 'SELECT pg_sleep(60)', ms: 200 })).toMatchObject({
      state: expect.stringMatching(/silent|rejected/),
    });
  });

  it('takes no password from the environment', async () => {
    process.env.PGPASSWORD = postgresPassword;
    try {
      const { password: _, ...rest } = login;
      const answer = await askPostgres(
        node.address,
        { ...rest, password: undefined },
        2000,
        AbortSignal.timeout(5000),
        (run) => run('SELECT 1'),
      );
      expect(answer.state).not.toBe('answered');
    } finally {
      delete process.env.PGPASSWORD;
    }
  });

  it('gives up a frozen server in time, at once when told to, and keeps no socket', async () => {
    const before = sockets();
    node.freeze();
    try {
      const begin = performance.now();
      const answers = await Promise.all(Array.from({ length: 20 }, () => ask({}, { ms: 300 })));
      expect(new Set(answers.map(({ state }) => state))).toEqual(new Set(['silent']));
      const stop = new AbortController();
      const asking = askPostgres(node.address, login, 60_000, stop.signal, (run) => run('SELECT 1'));
      stop.abort(new Error('enough'));
      await expect(asking).rejects.toThrow('enough');
      expect(performance.now() - begin).toBeLessThan(5000);
    } finally {
      node.thaw();
    }
    await until('the sockets to be gone', () => sockets() <= before);
  });

  it('checks the certificate, by address and by name', async () => {
    expect(await ask({ tls: true })).toMatchObject({
      state: 'rejected',
      reason: expect.stringContaining('does not support SSL'),
    });
    const certificate = await node.offerTls();
    await until('TLS to be offered', async () => (await ask({ tls: true })).state === 'broken');
    expect(await ask({ tls: true })).toMatchObject({ reason: expect.stringContaining('self-signed') });
    const trusted = getCACertificates();
    setDefaultCACertificates([...trusted, certificate]);
    try {
      const sql = 'SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()';
      for (const host of ['127.0.0.1', 'localhost']) {
        const answer = await ask({ tls: true }, { sql, address: `${host}:${node.port}` });
        expect(answer).toMatchObject({ state: 'answered', value: [{ ssl: true }] });
      }
    } finally {
      setDefaultCACertificates(trusted);
    }
  });
});
