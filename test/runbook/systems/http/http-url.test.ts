import { describe, expect, it } from 'vitest';
import { catalogue } from '../../../../src/runbook/registry.ts';
import type { Json } from '../../../../src/runbook/step.ts';
import { runForReal } from '../../../parts/run.ts';

const base = 'http://operator:hunter2@127.0.0.1:1/metrics';
const started = '2026-01-01T00:00:00Z';

describe('a password inside an address', () => {
  it.each<[string, Json]>([
    ['http', { url: base }],
    ['http-burst', { url: base }],
    ['http-burst-write', { url: base, method: 'POST', body: {} }],
    ['prometheus-query', { url: base, query: 'up', shows: 'x' }],
    ['alertmanager-alerts', { url: base }],
    ['k6-summary', { summary: { url: base } }],
    ['recent-deploys', { started, github: { repository: 'a/b', url: base } }],
    ['tcp', { address: base }],
    ['tls', { address: base.replace('http:', 'https:') }],
    ['dns', { name: base }],
  ])('is never shown by %s', async (uses, input) => {
    const step = catalogue.get(uses)!;
    const report = await runForReal(step, input);
    const parsed = step.input.safeParse(input);
    const shown = parsed.success ? [step.target(parsed.data), step.preview?.(parsed.data, 'en')] : [];
    expect(JSON.stringify([report, shown])).not.toContain('hunter2');
  });

  it('is refused with what to do instead', () => {
    expect(catalogue.get('http')!.input.safeParse({ url: base }).error?.issues[0]).toMatchObject({
      path: ['url'],
      message: 'must not hold a user or password; name them by secretRef',
    });
  });
});
