import { describe, expect, it } from 'vitest';
import { kubernetesEvents } from '../../../src/runbook/steps/kubernetes-events.ts';
import { type Account, hasKubernetes, kubernetesMissing } from '../../parts/kubernetes.ts';
import { minutesAgo } from '../../parts/kubernetes-objects.ts';
import { useKubernetes } from '../../parts/use-kubernetes.ts';

describe.skipIf(!hasKubernetes)(`kubernetes-events on a real API server (${kubernetesMissing})`, () => {
  const kubernetes = useKubernetes();
  let count = 0;
  const warn = (namespace: string, name: string, reason: string, more: object = {}) =>
    kubernetes.part.put(namespace, {
      apiVersion: 'v1',
      kind: 'Event',
      metadata: { name: `event-${++count}` },
      type: 'Warning',
      reason,
      message: `${reason} of ${name}`,
      involvedObject: { apiVersion: 'v1', kind: 'Pod', namespace, name },
      lastTimestamp: minutesAgo(2),
      count: 1,
      ...more,
    });
  const look = (namespace: string, account: Account = 'reader') =>
    kubernetes.run(kubernetesEvents, account, { namespace });

  it('groups warnings by reason, the most frequent first, and leaves out what is old or no warning', async () => {
    const namespace = await kubernetes.part.namespace();
    await warn(namespace, 'query-1', 'Unhealthy', { count: 3 });
    await warn(namespace, 'query-2', 'Unhealthy', { count: 9, lastTimestamp: minutesAgo(1) });
    await warn(namespace, 'query-1', 'FailedMount');
    await warn(namespace, 'query-1', 'BackOff', { lastTimestamp: minutesAgo(40) });
    await warn(namespace, 'query-1', 'Pulled', { type: 'Normal' });
    const report = await look(namespace);
    expect(report, report.sentence).toMatchObject({
      verdict: 'warn',
      facts: { warnings: 13, reasons: ['Unhealthy', 'FailedMount'] },
    });
    expect(report.sentence).toContain('most often Unhealthy of Pod query-2 (12 times)');
    expect(report.evidence.rows[0]).toEqual([
      'Unhealthy Pod query-2 +1',
      '12',
      expect.stringMatching(/^(1m|\d+s)/),
      'Unhealthy of query-2',
    ]);
    expect(report.ms).toBeLessThan(1000);
  });

  it('passes where nothing was warned of', async () => {
    expect(await look(await kubernetes.part.namespace())).toMatchObject({ verdict: 'pass' });
  });

  it('names the grant that an account lacks', async () => {
    const report = await look(await kubernetes.part.namespace(), 'nobody');
    expect(report.verdict).toBe('unknown');
    expect(report.sentence).toContain('list events in namespace');
  });
});
