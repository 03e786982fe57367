import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { tls } from '../../../src/runbook/steps/tls.ts';
import {
  type Authority,
  createAuthority,
  hasOpenssl,
  type KeyPair,
  opensslMissing,
} from '../../parts/certificates.ts';
import { type Port, startSilentPort, startTcp, startTls } from '../../parts/ports.ts';
import { freePort } from '../../parts/redis-node.ts';
import { runForReal } from '../../parts/run.ts';

const name = 'orders.example';

describe.skipIf(!hasOpenssl)(`tls against real certificates (${opensslMissing})`, () => {
  let ca: Authority;
  let port: Port | undefined;
  beforeAll(() => {
    ca = createAuthority();
  });
  afterEach(async () => {
    await port?.stop();
    port = undefined;
  });
  afterAll(() => ca.remove());

  const look = async (pair: KeyPair, more = {}) => {
    port = await startTls(pair);
    return runForReal(tls, { address: port.address, name, ca: ca.root, ...more });
  };

  it.each<[string, (authority: Authority) => KeyPair, object, string, string | undefined, string]>([
    [
      'a good one',
      (by) => by.sign([name, 'www.example']),
      {},
      'pass',
      undefined,
      'is trusted, fits its name',
    ],
    [
      'one that ends soon',
      (by) => by.sign([name], { toDays: 13.5 }),
      {},
      'warn',
      undefined,
      'expires in 13 days',
    ],
    [
      'one that ends tomorrow',
      (by) => by.sign([name], { toDays: 1.5 }),
      {},
      'fail',
      'certificate-expires-soon',
      'expires in 1 day,',
    ],
    [
      'an expired one',
      (by) => by.sign([name], { fromDays: -90, toDays: -3.5 }),
      {},
      'fail',
      'certificate-expired',
      'expired 3 days ago',
    ],
    [
      'one of tomorrow',
      (by) => by.sign([name], { fromDays: 1 }),
      {},
      'fail',
      'certificate-not-yet-valid',
      'valid only from',
    ],
    [
      'one for another name',
      (by) => by.sign(['shop.example']),
      {},
      'fail',
      'certificate-wrong-name',
      'is for shop.example, not for orders.example',
    ],
    ['a self-signed one', (by) => by.selfSigned(name), {}, 'fail', 'certificate-self-signed', 'self-signed'],
    [
      'one without its intermediate',
      (by) => by.sign([name], { full: false }),
      {},
      'fail',
      'certificate-chain-incomplete',
      'issuer Test Intermediate',
    ],
    [
      'one of a CA that is not trusted',
      (by) => {
        const pair = by.sign([name]);
        return { ...pair, cert: pair.cert + by.root };
      },
      { ca: '' },
      'fail',
      'certificate-ca-unknown',
      'Test Root',
    ],
  ])('%s', async (_, pair, more, verdict, cause, sentence) => {
    const report = await look(pair(ca), more);
    expect(report, report.sentence).toMatchObject({ verdict, sentence: expect.stringContaining(sentence) });
    expect(report.cause).toBe(cause);
  });

  it('gives days, names and protocol as evidence and facts', async () => {
    const report = await look(ca.sign([name, 'www.example'], { toDays: 40.5 }));
    expect(report.facts).toMatchObject({ tls: true, days_left: 40 });
    expect(report.evidence.rows[0]).toEqual([
      port!.address,
      'orders.example, www.example',
      'Test Intermediate ← Test Root',
      '40',
      'TLSv1.3',
      'fine',
    ]);
  });

  it('needs no certificate for plain HTTP', async () => {
    expect(await runForReal(tls, { address: 'http://127.0.0.1:1/' })).toMatchObject({
      verdict: 'pass',
      facts: { tls: false },
    });
  });

  it('tells what is no TLS, and what accepts and then says nothing', async () => {
    port = await startTcp((socket) =>
      socket.on('data', () => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')),
    );
    expect(await runForReal(tls, { address: port.address })).toMatchObject({
      verdict: 'fail',
      cause: 'tls-not-spoken',
    });
    await port.stop();
    port = await startTcp(() => {});
    const report = await runForReal(tls, { address: port.address, patience: '300ms' });
    expect(report).toMatchObject({ verdict: 'fail', cause: 'tls-silent' });
    expect(report.ms).toBeLessThan(1500);
  });

  it('tells refused and silent ports apart', async () => {
    expect(await runForReal(tls, { address: `127.0.0.1:${await freePort()}` })).toMatchObject({
      verdict: 'fail',
      cause: 'port-refused',
    });
    port = await startSilentPort();
    expect(await runForReal(tls, { address: port.address, patience: '300ms' })).toMatchObject({
      verdict: 'fail',
      cause: 'port-silent',
    });
  });

  it('speaks Korean', async () => {
    port = await startTls(ca.sign([name], { fromDays: -90, toDays: -3.5 }));
    const report = await runForReal(tls, { address: port.address, name, ca: ca.root }, { language: 'ko' });
    expect(report.sentence).toMatch(/만료되었습니다\(3일 지남\)/);
  });
});
