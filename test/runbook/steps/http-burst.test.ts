import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { httpBurst } from '../../../src/runbook/steps/http-burst.ts';
import { type Cart, startCart } from '../../parts/cart.ts';
import { freePort, until } from '../../parts/redis-node.ts';
import { runForReal } from '../../parts/run.ts';

describe('http-burst against a server with a real race', () => {
  let cart: Cart;
  beforeAll(async () => {
    cart = await startCart();
  });
  beforeEach(() => Object.assign(cart.behave, { racingReads: false, broken: false }));
  afterAll(() => cart.stop());
  const burst = (path: string, more = {}) =>
    runForReal(httpBurst, { url: `${cart.base}${path}`, p95: '10s', p99: '10s', ...more });

  it('finds nothing wrong with a healthy page, and sends no more than it was told', async () => {
    cart.seen.most = 0;
    const report = await burst('/api/cart', { users: 4, requests: 12, alone: 2 });
    expect(report, report.sentence).toMatchObject({ verdict: 'pass', facts: { sent: 14, right: 12 } });
    expect(report.cause).toBeUndefined();
    expect(cart.seen.most).toBeGreaterThan(1);
    expect(cart.seen.most).toBeLessThanOrEqual(4);
  });

  it('tells what fails only with several users, by the code in the body', async () => {
    cart.behave.racingReads = true;
    const report = await burst('/api/cart');
    expect(report, report.sentence).toMatchObject({
      verdict: 'fail',
      cause: 'fails-only-under-concurrency',
      sentence: expect.stringMatching(/works one at a time .* 5 users at once \(500 COMMON001, \d+ times\)/),
      facts: { only_concurrent: true, codes: { '500 COMMON001': expect.any(Number) } },
    });
  });

  it('does not blame concurrency for what is broken alone', async () => {
    cart.behave.broken = true;
    const report = await burst('/api/cart');
    expect(report).toMatchObject({
      verdict: 'fail',
      cause: 'http-5xx',
      facts: { only_concurrent: false, stopped_early: true },
    });
    expect(Number(report.facts.sent)).toBeLessThan(33);
  });

  it('takes an intended 4xx for an answer, and another one for a wrong request', async () => {
    expect(await burst('/nowhere', { intended: [404] })).toMatchObject({
      verdict: 'pass',
      facts: { intended: 30, server_errors: 0 },
    });
    const wrong = await burst('/nowhere');
    expect(wrong).toMatchObject({
      verdict: 'warn',
      facts: { client_errors: 30, codes: { '404 COMMON404': 30 } },
    });
    expect(wrong.cause).toBeUndefined();
  });

  it('warns when the percentiles miss the objective', async () => {
    expect(await burst('/api/cart', { p95: '0ms' })).toMatchObject({
      verdict: 'warn',
      sentence: expect.stringContaining('slowly'),
    });
  });

  it('sends no burst to what does not answer', async () => {
    const report = await runForReal(httpBurst, { url: `http://127.0.0.1:${await freePort()}/` });
    expect(report).toMatchObject({ verdict: 'fail', cause: 'port-refused', facts: { sent: 1 } });
  });

  it('never dials the metadata address', async () => {
    const report = await runForReal(httpBurst, { url: 'http://169.254.169.254/latest' });
    expect(report).toMatchObject({ verdict: 'unknown', facts: { sent: 1 } });
  });

  it('refuses methods that are not safe', async () => {
    expect(await burst('/api/cart', { method: 'POST' })).toMatchObject({ verdict: 'unknown' });
  });

  it('speaks Korean', async () => {
    cart.behave.racingReads = true;
    const report = await runForReal(httpBurst, { url: `${cart.base}/api/cart` }, { language: 'ko' });
    expect(report.sentence).toMatch(/동시에 보내면 \d+건 중 \d+건이 실패합니다/);
  });

  it('leaves no connection behind', () =>
    until('connections to close', () => cart.seen.sockets.size === 0, 2000));
});
