import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { probableCause } from '../../../src/incident/probable-cause.ts';
import { loadRunbook } from '../../../src/runbook/file/load-runbooks.ts';
import { pinRunbook } from '../../../src/runbook/file/pin-runbook.ts';
import { catalogue } from '../../../src/runbook/registry.ts';
import { type Cart, startCart } from '../../parts/cart.ts';
import { createScene } from '../run/scene.ts';

describe('the shipped runbook for concurrent writes, played against a real race', () => {
  let cart: Cart;
  beforeEach(async () => {
    cart = await startCart();
  });
  afterEach(() => cart.stop());

  async function play() {
    const { runbook } = await loadRunbook('runbooks/concurrent-writes.yaml', catalogue);
    const service = {
      http_url: `${cart.base}/healthz`,
      write_url: `${cart.base}/api/cart/items`,
      write_body: { productId: 'probe-1', quantity: 1 },
    };
    const { steps } = pinRunbook(runbook!, catalogue, { service, labels: {}, language: 'en', url: null });
    const scene = createScene(steps, catalogue);
    const settle = async () => {
      for (let jobs = scene.settle(); jobs.length > 0; jobs = scene.settle()) {
        await scene.work(jobs);
        scene.clock.now += 1000;
      }
    };
    await settle();
    return { scene, settle };
  }

  it('sends nothing that writes before somebody approved it', async () => {
    const { scene } = await play();
    expect(scene.phase('reproduce')).toBe('proposed');
    expect(scene.step('reproduce').preview).toContain('up to 23 times, at most 5 at once');
    expect(cart.seen.writes).toBe(0);
  });

  it('reproduces the failure once, names it as the cause, and sees that the service still answers', async () => {
    const { scene, settle } = await play();
    scene.approve('reproduce');
    await settle();
    const { phase } = scene.step('reproduce');
    expect(phase).toMatchObject({
      is: 'over',
      report: { verdict: 'fail', cause: 'fails-only-under-concurrency', facts: { only_concurrent: true } },
    });
    expect(probableCause(scene.state().runs)).toMatchObject({ step: 'reproduce' });
    expect(scene.step('reproduce-check').phase).toMatchObject({ is: 'over', report: { verdict: 'pass' } });
    const { writes } = cart.seen;
    await settle();
    expect(cart.seen.writes).toBe(writes);
  });

  it('does not propose a burst against a service that is down anyway', async () => {
    cart.behave.broken = true;
    const { scene } = await play();
    expect(scene.phase('reproduce')).toBe('skipped');
  });
});
