import { describe, expect, it } from 'vitest';
import { kubernetesWorkload } from '../../../src/runbook/steps/kubernetes-workload.ts';
import { type Account, hasKubernetes, kubernetesMissing, tokenOf } from '../../parts/kubernetes.ts';
import { podStates, putDeployment, type Wanted } from '../../parts/kubernetes-objects.ts';
import { until } from '../../parts/redis-node.ts';
import { runForReal } from '../../parts/run.ts';
import { useKubernetes } from '../../parts/use-kubernetes.ts';

describe.skipIf(!hasKubernetes)(`kubernetes-workload on a real API server (${kubernetesMissing})`, () => {
  const kubernetes = useKubernetes();
  const look = (namespace: string, account: Account = 'reader', language: 'en' | 'ko' = 'en') =>
    kubernetes.run(kubernetesWorkload, account, { namespace, deployment: 'orders' }, language);
  const { ready } = podStates;
  const put = async (wanted: Omit<Wanted, 'name'>) => {
    const namespace = await kubernetes.part.namespace();
    await putDeployment(kubernetes.part, namespace, { name: 'orders', ...wanted });
    return namespace;
  };

  it('passes a Deployment with all replicas, in less than a second', async () => {
    const report = await look(await put({ pods: [ready(), ready()] }));
    expect(report, report.sentence).toMatchObject({
      verdict: 'pass',
      facts: { desired: 2, available: 2, revision: 2, previous_revision: 1, healthy: true, trouble: '' },
    });
    expect(report.ms).toBeLessThan(1000);
  });

  it.each([
    ['out of memory', [ready(), podStates.outOfMemory()], 'container-oom-killed', 'limit 256Mi, 6 restarts'],
    ['crashing', [ready(), podStates.crashing()], 'container-crash-loop', 'exit code 1, 9 restarts'],
    ['without image', [podStates.withoutImage()], 'image-pull-failed', 'cannot pull image shop/app:2'],
    [
      'without configuration',
      [podStates.withoutConfig()],
      'container-config-error',
      'configmap "app-settings" not found',
    ],
    ['pending', [ready(), podStates.unschedulable()], 'pod-unschedulable', '3 Insufficient memory'],
    ['not ready', [ready(), podStates.notReady()], 'pod-not-ready', 'readiness probe'],
  ])('%s: names the pod and what to do', async (_, pods, cause, words) => {
    const report = await look(await put({ pods }));
    expect(report, report.sentence).toMatchObject({ verdict: 'fail', cause });
    expect(report.sentence).toContain(words);
    expect(report.sentence).toContain(`orders-v2-${pods.length - 1}`);
  });

  it('says that what was rolled out last does not come up', async () => {
    const namespace = await put({ pods: [podStates.withoutImage()], deadlineExceeded: true });
    const report = await look(namespace);
    expect(report).toMatchObject({ cause: 'image-pull-failed', facts: { new_revision_fails: true } });
    expect(report.sentence).toContain('revision 2 does not come up');
    const korean = await look(namespace, 'reader', 'ko');
    expect(korean.sentence).toMatch(/리비전 2.*이미지/);
  });

  it('names the deadline where no pod says more, and the quota that forbids pods', async () => {
    const slow = await look(await put({ pods: [ready()], replicas: 2, deadlineExceeded: true }));
    expect(slow, slow.sentence).toMatchObject({ verdict: 'fail', cause: 'rollout-deadline-exceeded' });
    const message = 'pods "orders-1" is forbidden: exceeded quota: shop';
    const conditions = [{ type: 'ReplicaFailure', status: 'True' as const, reason: 'FailedCreate', message }];
    const quota = await look(await put({ pods: [], replicas: 2, conditions }));
    expect(quota, quota.sentence).toMatchObject({ verdict: 'fail', cause: 'pods-cannot-be-created' });
    expect(quota.sentence).toContain('exceeded quota');
  });

  it('only warns while all wanted replicas are there, and when nothing is wanted', async () => {
    const namespace = await put({ pods: [ready(), podStates.crashing()], replicas: 1 });
    expect(await look(namespace)).toMatchObject({
      verdict: 'warn',
      facts: { trouble: 'container-crash-loop' },
    });
    const none = await look(await put({ pods: [] }));
    expect(none).toMatchObject({ verdict: 'warn', sentence: expect.stringContaining('scaled to 0') });
  });

  it('shows the last log lines and events of the container that fails, cut and without addresses', async () => {
    const namespace = await put({ pods: [podStates.crashing()] });
    const previous = `start\n${'x'.repeat(400)}\nno payment for kim@example.com card 4111 1111 1111 1111\nexit`;
    kubernetes.front.log(`${namespace}/orders-v2-0/app`, '', previous);
    await kubernetes.part.put(namespace, {
      apiVersion: 'v1',
      kind: 'Event',
      metadata: { name: 'orders-v2-0.1' },
      type: 'Warning',
      reason: 'BackOff',
      message: 'Back-off restarting failed container',
      count: 12,
      involvedObject: { kind: 'Pod', name: 'orders-v2-0', namespace },
    });
    const { evidence } = await look(namespace);
    const cells = evidence.rows.map((row) => row.join(': '));
    expect(cells).toContain('event of orders-v2-0: BackOff ×12: Back-off restarting failed container');
    expect(cells).toContain('log of orders-v2-0/app: no payment for [mail] card [number]');
    expect(Math.max(...cells.map((cell) => cell.length))).toBeLessThan(240);
    expect(cells.at(-1)).toBe('log of orders-v2-0/app: exit');
  });

  it('says which grant is missing, and which name', async () => {
    const namespace = await put({ pods: [ready()] });
    const denied = await look(namespace, 'nobody');
    expect(denied).toMatchObject({ verdict: 'unknown', facts: { failure: 'kube-forbidden' } });
    expect(denied.sentence).toContain(`get deployments.apps in namespace ${namespace}`);
    const empty = await kubernetes.part.namespace();
    await putDeployment(kubernetes.part, empty, { name: 'order', pods: [ready()] });
    const missing = await look(empty);
    expect(missing).toMatchObject({
      verdict: 'unknown',
      sentence: expect.stringContaining('there are order'),
    });
  });

  it('gives up in time when the API server is frozen, and leaves no connection behind', async () => {
    const { part } = kubernetes;
    const sockets = () => process.getActiveResourcesInfo().filter((name) => name === 'TCPSocketWrap').length;
    const before = sockets();
    part.freeze();
    const report = await runForReal(
      kubernetesWorkload,
      { cluster: part.cluster, deployment: 'orders', patience: '500ms' },
      { secrets: tokenOf('reader') },
    );
    part.thaw();
    expect(report).toMatchObject({ verdict: 'unknown', facts: { failure: 'kube-timeout' } });
    expect(report.ms).toBeLessThan(1500);
    await until('the sockets to be gone', () => sockets() <= before);
  });
});
