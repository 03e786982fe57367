import { describe, expect, it } from 'vitest';
import type { Json } from '../../../src/runbook/step.ts';
import { kubernetesScale } from '../../../src/runbook/steps/kubernetes-scale.ts';
import type { Deployment } from '../../../src/runbook/systems/kubernetes/kube-objects.ts';
import { hasKubernetes, kubernetesMissing } from '../../parts/kubernetes.ts';
import { podStates, putDeployment } from '../../parts/kubernetes-objects.ts';
import { useKubernetes } from '../../parts/use-kubernetes.ts';

describe.skipIf(!hasKubernetes)(`kubernetes-scale on a real API server (${kubernetesMissing})`, () => {
  const kubernetes = useKubernetes();
  const put = async () => {
    const namespace = await kubernetes.part.namespace();
    await putDeployment(kubernetes.part, namespace, {
      name: 'orders',
      pods: [podStates.ready(), podStates.ready()],
    });
    const path = `/apis/apps/v1/namespaces/${namespace}/deployments/orders`;
    const scale = (replicas: number, more: Record<string, Json> = {}) =>
      kubernetes.run(kubernetesScale, 'scaler', { namespace, deployment: 'orders', replicas, ...more });
    const replicas = async () => (await kubernetes.part.admin.get<Deployment>(path)).spec.replicas;
    return { scale, replicas };
  };

  it('scales up, once, and says from where to where', async () => {
    const { scale, replicas } = await put();
    const report = await scale(4);
    expect(report, report.sentence).toMatchObject({ verdict: 'pass', facts: { from: 2, to: 4 } });
    expect(await replicas()).toBe(4);
    expect(await scale(4)).toMatchObject({
      verdict: 'warn',
      sentence: expect.stringContaining('already wants 4'),
    });
  });

  it('never makes smaller what grew since it was approved, unless that is allowed', async () => {
    const { scale, replicas } = await put();
    expect(await scale(1)).toMatchObject({ verdict: 'fail' });
    expect(await replicas()).toBe(2);
    expect(await scale(1, { allow_fewer: true })).toMatchObject({ verdict: 'pass' });
    expect(await replicas()).toBe(1);
  });

  it('takes no number that would switch a service off', () => {
    const { input, example } = kubernetesScale;
    expect(input.safeParse({ ...(example as object), replicas: 0 }).success).toBe(false);
  });
});
