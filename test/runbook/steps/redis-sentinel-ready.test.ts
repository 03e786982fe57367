import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { redisSentinelReady } from '../../../src/runbook/steps/redis-sentinel-ready.ts';
import { hasRedis, redisMissing } from '../../parts/redis-node.ts';
import { runForReal } from '../../parts/run.ts';
import { type SentinelSet, startSentinelSet } from '../../parts/sentinel-set.ts';

describe.skipIf(!hasRedis)(`redis-sentinel-ready on a real set (${redisMissing})`, () => {
  let set: SentinelSet;
  beforeAll(async () => {
    set = await startSentinelSet();
  });
  afterAll(() => set.stop());

  const look = (more = {}) =>
    runForReal(redisSentinelReady, {
      sentinels: set.addresses.sentinels,
      nodes: set.addresses.nodes,
      master: set.name,
      patience: '1500ms',
      replicas: 2,
      ...more,
    });

  it('passes at once where everything is in place, in both languages', async () => {
    const report = await look();
    expect(report).toMatchObject({ verdict: 'pass', facts: { writable: true, replicas: 2 } });
    expect(report.ms).toBeLessThan(1000);
  });

  it('warns when fewer replicas follow than asked, after waiting no longer than told', async () => {
    const report = await look({ replicas: 3, wait: '1s' });
    expect(report).toMatchObject({ verdict: 'warn', sentence: expect.stringContaining('2 of 3 attached') });
    expect(report.ms).toBeLessThan(3000);
  });

  it('waits for Sentinel to do its job by itself', async () => {
    set.nodes[0]!.kill();
    const early = await look({ wait: '0s', replicas: 1 });
    expect(early).toMatchObject({
      verdict: 'fail',
      sentence: expect.stringContaining('No master takes writes yet'),
    });
    const later = await look({ wait: '20s', replicas: 1 });
    expect(later, later.sentence).toMatchObject({ verdict: 'pass' });
    expect(later.facts.master).not.toBe(set.nodes[0]!.address);
  }, 30_000);
});
