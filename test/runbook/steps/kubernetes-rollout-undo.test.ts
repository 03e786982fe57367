import { describe, expect, it } from 'vitest';
import type { Json } from '../../../src/runbook/step.ts';
import { kubernetesRolloutUndo } from '../../../src/runbook/steps/kubernetes-rollout-undo.ts';
import type { Deployment } from '../../../src/runbook/systems/kubernetes/kube-objects.ts';
import { hasKubernetes, kubernetesMissing } from '../../parts/kubernetes.ts';
import { podStates, putDeployment, type Wanted } from '../../parts/kubernetes-objects.ts';
import { until } from '../../parts/redis-node.ts';
import { useKubernetes } from '../../parts/use-kubernetes.ts';

describe.skipIf(!hasKubernetes)(`kubernetes-rollout-undo on a real API server (${kubernetesMissing})`, () => {
  const kubernetes = useKubernetes();

  const put = async (wanted: Partial<Wanted>) => {
    const { part } = kubernetes;
    const namespace = await part.namespace();
    await putDeployment(part, namespace, { name: 'orders', pods: [podStates.crashing()], ...wanted });
    const path = `/apis/apps/v1/namespaces/${namespace}/deployments/orders`;
    return {
      namespace,
      path,
      undo: (more: Record<string, Json> = {}) =>
        kubernetes.run(kubernetesRolloutUndo, 'restarter', { namespace, deployment: 'orders', ...more }),
      template: async () => (await part.admin.get<Deployment>(path)).spec.template,
    };
  };

  it('says exactly what it will do', () => {
    const { input, example, preview } = kubernetesRolloutUndo;
    expect(preview?.(input.parse(example), 'en')).toContain('back to the revision before the newest one');
    expect(preview?.(input.parse({ ...(example as object), to_revision: 3 }), 'ko')).toContain('리비전 3');
  });

  it('puts the pod template of the revision before back, without its hash', async () => {
    const { undo, template } = await put({ before: ['shop/app:1', 'shop/app:2'], image: 'shop/app:3' });
    const report = await undo();
    expect(report, report.sentence).toMatchObject({ verdict: 'pass', facts: { from: 3, to: 2 } });
    const { spec, metadata } = await template();
    expect(spec.containers[0]?.image).toBe('shop/app:2');
    expect(metadata?.labels).toEqual({ app: 'orders' });
  });

  it('puts a named revision back', async () => {
    const { undo, template } = await put({ before: ['shop/app:1', 'shop/app:2'], image: 'shop/app:3' });
    expect(await undo({ to_revision: 7 })).toMatchObject({ verdict: 'fail' });
    expect(await undo({ to_revision: 1 })).toMatchObject({ verdict: 'pass', facts: { to: 1 } });
    expect((await template()).spec.containers[0]?.image).toBe('shop/app:1');
  });

  it('does not bring back what somebody has rolled back already', async () => {
    const { part } = kubernetes;
    const { namespace, undo, template } = await put({ before: [], image: 'shop/app:1' });
    // The next ReplicaSet is a second younger, as Kubernetes counts age, and then the first is taken into service again.
    const born = Math.floor(Date.now() / 1000);
    await until('another second', () => Math.floor(Date.now() / 1000) > born + 1);
    const sets = `/apis/apps/v1/namespaces/${namespace}/replicasets`;
    const [first] = await part.admin.list<{ metadata: object; spec: object }>(sets);
    const revision = (number: number) => ({ 'deployment.kubernetes.io/revision': String(number) });
    const { ownerReferences, labels } = first!.metadata as { ownerReferences: object[]; labels: object };
    const metadata = { name: 'orders-v2', labels, ownerReferences, annotations: revision(2) };
    await part.admin.create(sets, { metadata, spec: first!.spec });
    await part.admin.patch(`${sets}/orders-v1`, { metadata: { annotations: revision(3) } }, 'merge');
    const report = await undo();
    expect(report, report.sentence).toMatchObject({
      verdict: 'fail',
      sentence: expect.stringContaining('has been rolled back already'),
    });
    expect((await template()).spec.containers[0]?.image).toBe('shop/app:1');
  });

  it('leaves a Deployment alone that is well again or has nothing to go back to', async () => {
    const well = await put({ pods: [podStates.ready()] });
    expect((await well.undo()).sentence).toContain('all replicas available');
    const first = await put({ before: [] });
    expect((await first.undo()).sentence).toContain('no earlier revision');
  });
});
