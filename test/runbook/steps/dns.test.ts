import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dns } from '../../../src/runbook/steps/dns.ts';
import { type DnsAnswer, type DnsServer, startDnsServer } from '../../parts/dns-server.ts';
import { freePort } from '../../parts/redis-node.ts';
import { runForReal } from '../../parts/run.ts';

const name = 'orders.example';

describe('dns against real name servers', () => {
  let one: DnsServer;
  let other: DnsServer;
  beforeAll(async () => {
    one = await startDnsServer({});
    other = await startDnsServer({});
  });
  afterAll(() => Promise.all([one.stop(), other.stop()]));

  const look = (first: DnsAnswer, second: DnsAnswer, more = {}) => {
    one.records.set(name, first);
    other.records.set(name, second);
    return runForReal(dns, { name, resolvers: [one.address, other.address], patience: '300ms', ...more });
  };

  it.each<[string, DnsAnswer, DnsAnswer, object, string, string | undefined, string]>([
    [
      'two that agree',
      ['192.0.2.1', '192.0.2.2'],
      ['192.0.2.2', '192.0.2.1'],
      {},
      'pass',
      undefined,
      '192.0.2.1, 192.0.2.2',
    ],
    [
      'the addresses expected',
      ['192.0.2.1'],
      ['192.0.2.1'],
      { addresses: ['192.0.2.1'] },
      'pass',
      undefined,
      '',
    ],
    ['a name nobody knows', 'no-such-name', 'no-such-name', {}, 'fail', 'name-does-not-resolve', 'NXDOMAIN'],
    ['a name without an address', [], [], {}, 'fail', 'name-without-address', 'has no address'],
    [
      'a name only one knows',
      ['192.0.2.1'],
      'no-such-name',
      {},
      'fail',
      'resolvers-disagree',
      'does not exist at',
    ],
    [
      'an old answer at one',
      ['192.0.2.1'],
      ['198.51.100.9'],
      { addresses: ['192.0.2.1'] },
      'fail',
      'resolvers-disagree',
      '198.51.100.9, which is not expected',
    ],
    [
      'a wrong answer at both',
      ['198.51.100.9'],
      ['198.51.100.9'],
      { addresses: ['192.0.2.1'] },
      'fail',
      'name-resolves-elsewhere',
      '198.51.100.9 instead of 192.0.2.1',
    ],
    [
      'different answers, none expected',
      ['192.0.2.1'],
      ['198.51.100.9'],
      {},
      'warn',
      undefined,
      'nothing in common',
    ],
    ['a server failure', 'server-failure', 'server-failure', {}, 'fail', 'dns-server-failure', 'SERVFAIL'],
    ['silence', 'silent', 'silent', {}, 'fail', 'resolver-silent', 'in time'],
    ['silence of one', ['192.0.2.1'], 'silent', {}, 'warn', undefined, 'no answer in time'],
    ['refusal', 'denied', 'denied', {}, 'unknown', undefined, 'no usable answer'],
    ['failures of two kinds', 'silent', 'server-failure', {}, 'unknown', undefined, 'no usable answer'],
    [
      'a slow answer',
      { late: ['192.0.2.1'] },
      ['192.0.2.1'],
      { within: '50ms' },
      'warn',
      undefined,
      'expected within 50 ms',
    ],
  ])('%s', async (_, first, second, more, verdict, cause, sentence) => {
    const report = await look(first, second, more);
    expect(report, report.sentence).toMatchObject({ verdict, sentence: expect.stringContaining(sentence) });
    expect(report.cause).toBe(cause);
    expect(report.ms).toBeLessThan(1500);
  });

  it('says when nothing listens where a resolver should be', async () => {
    const report = await runForReal(dns, {
      name,
      resolvers: [`127.0.0.1:${await freePort()}`],
      patience: '1s',
    });
    expect(report).toMatchObject({ verdict: 'fail', cause: 'resolver-down' });
  });

  it('asks for the host of a URL, and needs nobody for an address', async () => {
    one.records.set(name, ['192.0.2.1']);
    const report = await runForReal(dns, { name: `https://${name}:8443/x`, resolvers: [one.address] });
    expect(report).toMatchObject({ verdict: 'pass', facts: { addresses: ['192.0.2.1'] } });
    expect(await runForReal(dns, { name: 'http://127.0.0.1:1/' })).toMatchObject({ verdict: 'pass' });
  });

  it('resolves as programs here do when no resolver is named', async () => {
    expect(await runForReal(dns, { name: 'localhost' })).toMatchObject({ verdict: 'pass' });
  });

  it('speaks Korean', async () => {
    one.records.set(name, 'no-such-name');
    const report = await runForReal(dns, { name, resolvers: [one.address] }, { language: 'ko' });
    expect(report.sentence).toMatch(/이름이 존재하지 않습니다/);
  });
});
