import { describe, expect, it } from 'vitest';
import { judgeTls } from '../../../../src/runbook/systems/net/judge-tls.ts';
import { tlsMessages } from '../../../../src/runbook/systems/net/tls-messages.ts';
import type { TlsSays } from '../../../../src/runbook/systems/net/tls-view.ts';

const day = 86_400_000;
const now = 1000 * day;
const presented = (days: number, more: object = {}): TlsSays => ({
  address: `192.0.2.${days}:443`,
  state: 'presented',
  protocol: 'TLSv1.3',
  chain: [
    { subject: 'orders', issuer: 'Middle', from: 0, to: now + days * day },
    { subject: 'Middle', issuer: 'Root', from: 0, to: now + 500 * day },
    { subject: 'Root', issuer: 'Root', from: 0, to: now + 2 * day },
  ],
  names: 'orders',
  nameFits: true,
  distrust: null,
  ...more,
});
const silent = (cause: string | null): TlsSays => ({
  address: '192.0.2.99:443',
  state: 'none',
  connected: false,
  cause,
  reason: 'E',
});
const judge = (...view: TlsSays[]) =>
  judgeTls(view, { place: 'orders:443', name: 'orders', warnDays: 21, failDays: 3, now }, tlsMessages('en'));

describe('judgeTls', () => {
  it('finds the one address that still presents the old certificate', () => {
    const result = judge(presented(90), presented(-5));
    expect(result).toMatchObject({ verdict: 'fail', cause: 'certificate-expired', facts: { days_left: -5 } });
    expect(result.sentence).toContain('(at 192.0.2.-5:443)');
  });

  it('counts an intermediate that ends, and not the root, which lies with the clients', () => {
    expect(judge(presented(90))).toMatchObject({ verdict: 'pass', facts: { days_left: 90 } });
    expect(judge(presented(900))).toMatchObject({ verdict: 'pass', facts: { days_left: 500 } });
  });

  it('warns of an address without TLS where another has it, and is silent about a route that is missing here', () => {
    expect(judge(silent('port-refused'), presented(90))).toMatchObject({ verdict: 'warn' });
    expect(judge(silent('port-refused'), presented(90)).cause).toBeUndefined();
    const noRoute = judge(silent('host-unreachable'), presented(90));
    expect(noRoute).toMatchObject({
      verdict: 'pass',
      sentence: expect.stringContaining('valid for 90 more days'),
    });
  });

  it('does not fail a new certificate for a clock that is a little behind', () => {
    const fresh = (ms: number) =>
      presented(90, {
        chain: [{ subject: 'orders', issuer: 'Root', from: now + ms, to: now + 90 * day }],
        distrust: 'CERT_NOT_YET_VALID',
      });
    const soon = judge(fresh(4 * 60_000));
    expect(soon).toMatchObject({ verdict: 'warn', sentence: expect.stringContaining('240 s from now') });
    expect(judge(fresh(3_600_000))).toMatchObject({ verdict: 'fail', cause: 'certificate-not-yet-valid' });
  });

  it('does not fail a trusted certificate for an expired one that is sent beside it', () => {
    const chain = (to: number) => [
      { subject: 'orders', issuer: 'Middle', from: 0, to: now + 90 * day },
      { subject: 'Old cross-sign', issuer: 'Gone', from: 0, to },
    ];
    const beside = judge(presented(90, { chain: chain(now - 5 * day) }));
    expect(beside).toMatchObject({ verdict: 'warn', facts: { days_left: 90 } });
    expect(beside.sentence).toContain('Old cross-sign, which expired on');
    const needed = judge(presented(90, { chain: chain(now - 5 * day), distrust: 'CERT_HAS_EXPIRED' }));
    expect(needed).toMatchObject({ verdict: 'fail', cause: 'certificate-expired' });
  });

  it('warns of a protocol that clients refuse', () => {
    expect(judge(presented(90, { protocol: 'TLSv1.1' }))).toMatchObject({
      verdict: 'warn',
      sentence: expect.stringContaining('only TLSv1.1'),
    });
  });

  it('names no cause for a reason it does not understand', () => {
    const result = judge(presented(90, { distrust: 'CERT_REVOKED' }));
    expect(result).toMatchObject({ verdict: 'fail', sentence: expect.stringContaining('CERT_REVOKED') });
    expect(result.cause).toBeUndefined();
    expect(judge(silent(null))).toMatchObject({ verdict: 'unknown' });
  });
});
