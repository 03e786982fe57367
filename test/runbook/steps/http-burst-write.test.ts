import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { httpBurstWrite } from '../../../src/runbook/steps/http-burst-write.ts';
import { type Cart, startCart } from '../../parts/cart.ts';
import { runForReal } from '../../parts/run.ts';

describe('http-burst-write against a server with a real race', () => {
  let cart: Cart;
  beforeAll(async () => {
    cart = await startCart();
  });
  beforeEach(() => Object.assign(cart.seen, { writes: 0, bodies: [], most: 0 }));
  afterAll(() => cart.stop());
  const input = (more = {}) => ({
    url: `${cart.base}/api/cart/items`,
    body: { productId: 'probe-1', quantity: 1 },
    users: 5,
    requests: 20,
    p95: '10s',
    p99: '10s',
    ...more,
  });

  it('reproduces the 500 that only concurrent writers get, and counts its code', async () => {
    const report = await runForReal(httpBurstWrite, input());
    expect(report, report.sentence).toMatchObject({
      verdict: 'fail',
      cause: 'fails-only-under-concurrency',
      sentence: expect.stringContaining('500 COMMON001'),
    });
    expect(cart.seen.writes).toBe(report.facts.sent);
    expect(cart.seen.writes).toBeLessThanOrEqual(23);
    expect(cart.seen.most).toBeLessThanOrEqual(5);
    expect(new Set(cart.seen.bodies)).toEqual(new Set(['{"productId":"probe-1","quantity":1}']));
  });

  it('keeps an intended 409 apart from it', async () => {
    const report = await runForReal(httpBurstWrite, input({ body: 'sold-out', intended: [409] }));
    expect(report).toMatchObject({ verdict: 'pass', facts: { intended: 20, server_errors: 0 } });
  });

  it('shows how much it will send before it does', () => {
    const parsed = httpBurstWrite.input.parse(input({ url: `${cart.base}/api/cart/items?token=t0ken` }));
    const shown = httpBurstWrite.preview!(parsed, 'en');
    expect(shown).toContain('up to 23 times, at most 5 at once');
    expect(shown).not.toContain('t0ken');
  });

  it('is no way to send safe methods past approval, or others past their number', () => {
    for (const wrong of [{ method: 'GET' }, { requests: 5000 }, { users: 100 }])
      expect(httpBurstWrite.input.safeParse(input(wrong)).success).toBe(false);
  });

  it('shows in its preview which thing is meant, and that a long body goes on', () => {
    const preview = (more: object) =>
      httpBurstWrite.preview!(
        httpBurstWrite.input.parse({ url: 'http://cart.example/items?id=1', method: 'DELETE', ...more }),
        'en',
      );
    expect(preview({})).toContain('DELETE http://cart.example/items?id=1');
    expect(preview({ body: 'x'.repeat(900) })).toContain('… (900 characters)');
  });
});
