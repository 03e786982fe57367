import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { createServer as createHttps } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { createServer as createTcp } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { http } from '../../../src/runbook/steps/http.ts';
import {
  type Authority,
  createAuthority,
  hasOpenssl,
  type KeyPair,
  opensslMissing,
} from '../../parts/certificates.ts';
import { freePort, until } from '../../parts/redis-node.ts';
import { runForReal } from '../../parts/run.ts';

describe('http against a real server', () => {
  let server: Server;
  let base: string;
  const sockets = new Set<Socket>();
  const seen: { method: string; token: string | undefined }[] = [];

  beforeAll(async () => {
    server = createServer((request, response) => {
      seen.push({ method: request.method ?? '', token: request.headers.authorization });
      const url = request.url ?? '';
      if (url === '/hang') return;
      if (url === '/slow') {
        setTimeout(() => response.end('late'), 150);
        return;
      }
      if (url === '/moved') response.writeHead(302, { location: 'http://169.254.169.254/latest' });
      if (url === '/broken') response.statusCode = 500;
      if (url === '/big') return void response.end('x'.repeat(1_000_000));
      response.end(url === '/json' ? '{"checks":{"database":"up","list":[{"n":3}]}}' : 'all is well');
    });
    server.on('connection', (socket) => {
      sockets.add(socket);
      socket.once('close', () => sockets.delete(socket));
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  const look = (path: string, more = {}) => runForReal(http, { url: `${base}${path}`, requests: 2, ...more });

  it.each([
    ['a page that answers', '/', {}, 'pass', 'answers 200 as expected'],
    ['the text it must contain', '/', { contains: 'well' }, 'pass', ''],
    ['text that is missing', '/', { contains: 'nope' }, 'fail', 'the body does not contain "nope"'],
    ['a value in JSON', '/json', { json: { path: '$.checks.list[0].n', equals: 3 } }, 'pass', ''],
    [
      'another value in JSON',
      '/json',
      { json: { path: '$.checks.database', equals: 'down' } },
      'fail',
      '$.checks.database is "up" instead of "down"',
    ],
    [
      'a value that is not there',
      '/json',
      { json: { path: '$.constructor.name', equals: 'Object' } },
      'fail',
      '$.constructor.name is absent',
    ],
    ['a body that is no JSON', '/', { json: { path: '$.a', equals: 1 } }, 'fail', 'the body is no JSON'],
    ['a server error', '/broken', {}, 'fail', 'wrong in 2 of 2 requests: status 500 instead of 200'],
    ['a status that is meant', '/broken', { status: [500] }, 'pass', ''],
    ['a slow answer', '/slow', { within: '50ms' }, 'warn', 'but slowly'],
    ['a hanging server', '/hang', { timeout: '200ms' }, 'fail', 'gives no answer'],
    ['a redirect, which is not followed', '/moved', {}, 'fail', 'status 302'],
    ['an endless answer', '/big', {}, 'fail', 'answer too large'],
  ])('%s', async (_, path, more, verdict, sentence) => {
    const report = await look(path, more);
    expect(report, report.sentence).toMatchObject({ verdict, sentence: expect.stringContaining(sentence) });
  });

  it('names a cause only where the server itself says that it failed', async () => {
    expect(await look('/broken')).toMatchObject({ cause: 'http-5xx' });
    expect(await look('/', { contains: 'nope' })).toMatchObject({ cause: 'http-body-wrong' });
    expect((await look('/moved')).cause).toBeUndefined();
    expect((await look('/', { status: [204] })).cause).toBeUndefined();
  });

  it('asks a hanging server once, and ends in its budget', async () => {
    const report = await look('/hang', { timeout: '200ms', requests: 10 });
    expect(report.evidence.rows).toHaveLength(1);
    expect(report.ms).toBeLessThan(1500);
  });

  it('says refused when nobody listens', async () => {
    const report = await runForReal(http, { url: `http://127.0.0.1:${await freePort()}/` });
    expect(report).toMatchObject({
      verdict: 'fail',
      sentence: expect.stringContaining('connection refused'),
    });
  });

  it('never dials the metadata address, and calls that unknown', async () => {
    const report = await runForReal(http, { url: 'http://169.254.169.254/latest/meta-data' });
    expect(report).toMatchObject({
      verdict: 'unknown',
      sentence: expect.stringContaining('may not be dialled'),
    });
  });

  it('takes a header from a secret and shows neither it nor the query', async () => {
    seen.length = 0;
    const report = await runForReal(
      http,
      {
        url: `${base}/?token=t0ken`,
        method: 'HEAD',
        requests: 1,
        headers: { authorization: { secretRef: 'H' } },
      },
      { secrets: { H: 'Bearer s3cret' } },
    );
    expect(seen).toEqual([{ method: 'HEAD', token: 'Bearer s3cret' }]);
    expect(JSON.stringify(report)).not.toMatch(/s3cret|t0ken/);
  });

  it('leaves no connection behind', async () => {
    await look('/');
    await until('connections to close', () => sockets.size === 0, 2000);
  });

  it('survives a server that speaks no HTTP', async () => {
    const tcp = createTcp((socket) => socket.end('hello\n'));
    await new Promise<void>((done) => tcp.listen(0, '127.0.0.1', done));
    const report = await runForReal(http, {
      url: `http://127.0.0.1:${(tcp.address() as AddressInfo).port}/`,
    });
    tcp.close();
    expect(report.verdict).toBe('fail');
  });
});

describe.skipIf(!hasOpenssl)(`http over TLS (${opensslMissing})`, () => {
  let ca: Authority;
  beforeAll(() => {
    ca = createAuthority();
  });
  afterAll(() => ca.remove());
  const look = async (pair: KeyPair, more = {}) => {
    const server = createHttps(pair, (_, response) => response.end('well')).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const report = await runForReal(http, { url: `https://localhost:${port}/`, ca: ca.root, ...more });
    server.closeAllConnections();
    server.close();
    return report;
  };

  it('trusts a private CA that it is given', async () => {
    expect((await look(ca.sign(['localhost']))).verdict).toBe('pass');
    expect(await look(ca.sign(['localhost']), { ca: '' })).toMatchObject({
      verdict: 'fail',
      cause: 'certificate-chain-incomplete',
    });
  });

  it('names what is wrong with a certificate', async () => {
    expect(await look(ca.sign(['localhost'], { fromDays: -9, toDays: -1 }))).toMatchObject({
      cause: 'certificate-expired',
      sentence: expect.stringContaining('the certificate has expired'),
    });
    expect(await look(ca.sign(['shop.example']))).toMatchObject({ cause: 'certificate-wrong-name' });
    expect(await look(ca.selfSigned('localhost'))).toMatchObject({ cause: 'certificate-self-signed' });
  });
});
