import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Ask, askMysql } from '../../../../src/runbook/systems/mysql/ask-mysql.ts';
import {
  accounts,
  hasMariadb,
  type Mariadb,
  mariadbMissing,
  reader,
  startMariadb,
} from '../../../parts/mariadb.ts';
import { until } from '../../../parts/redis-node.ts';

let server: Mariadb;
let folder: string;
const login = { username: reader.user, password: reader.password, tls: false };
const signal = new AbortController().signal;
const one = (ask: Ask) => ask('SELECT 1 AS one');
const ours = async () =>
  (await server.query('SHOW PROCESSLIST')).filter(({ User }) => User === reader.user).length;

describe.skipIf(!hasMariadb)(`asking a real server (${mariadbMissing})`, () => {
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'muster-mysql-tls-'));
    chmodSync(folder, 0o755);
    const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
    const request = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
    execFileSync('openssl', [...request, '-subj', '/CN=other-name', '-keyout', key, '-out', cert], {
      stdio: 'ignore',
    });
    chmodSync(key, 0o644);
    server = await startMariadb(1, [`--ssl-cert=${cert}`, `--ssl-key=${key}`]);
    for (const sql of accounts()) await server.query(sql);
  });
  afterAll(async () => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('gives rows, and closes the connection', async () => {
    expect(await askMysql(server.address, login, 2000, signal, one)).toMatchObject({
      state: 'answered',
      value: [{ one: 1 }],
    });
    await until('it to be closed', async () => (await ours()) === 0);
  });

  it('ends in time when a statement does not, and leaves nothing open', async () => {
    const begin = performance.now();
    const answer = await askMysql(server.address, login, 300, signal, (ask) => ask('SELECT SLEEP(30)'));
    expect(answer).toMatchObject({ state: 'stuck' });
    expect(performance.now() - begin).toBeLessThan(1000);
    await server.query("KILL USER muster@'127.0.0.1'");
    await until('it to be closed', async () => (await ours()) === 0);
  });

  it('stops at once when it is told to', async () => {
    const stop = new AbortController();
    const asked = askMysql(server.address, login, 10_000, stop.signal, async (ask) => {
      setImmediate(() => stop.abort(new Error('cancelled')));
      return ask('SELECT SLEEP(30)');
    });
    await expect(asked).rejects.toThrow('cancelled');
  });

  it('keeps no socket of a frozen server', async () => {
    server.freeze();
    const answer = await askMysql(server.address, login, 200, signal, one);
    server.thaw();
    expect(answer).toMatchObject({ state: 'silent' });
    const sockets = process.getActiveResourcesInfo().filter((kind) => kind === 'TCPSocketWrap');
    expect(sockets.length).toBeLessThanOrEqual(1);
  });

  it('refuses a certificate that nobody it trusts signed', async () => {
    const answer = await askMysql(server.address, { ...login, tls: true }, 2000, signal, one);
    expect(answer).toMatchObject({ state: 'broken', reason: expect.stringContaining('self-signed') });
  });
});

describe('asking what is no server', () => {
  const answering = (greeting: string) =>
    new Promise<Server>((resolve) => {
      const other = createServer((socket) => socket.end(greeting));
      other.listen(0, '127.0.0.1', () => resolve(other));
    });

  it.each(['HTTP/1.1 400 Bad Request\r\n\r\n', ''])(
    'reports something else that answers: %j',
    async (text) => {
      const other = await answering(text);
      const { port } = other.address() as { port: number };
      const answer = await askMysql(`127.0.0.1:${port}`, login, 500, signal, one);
      await new Promise((resolve) => other.close(resolve));
      expect(answer.state).not.toBe('answered');
    },
  );

  it('never dials what may not be probed', async () => {
    expect(await askMysql('169.254.169.254:3306', login, 500, signal, one)).toMatchObject({
      state: 'broken',
    });
  });
});
