import { describe, expect, it } from 'vitest';
import { silent } from '../../../../src/kit/log.ts';
import type { StepContext } from '../../../../src/runbook/step.ts';
import { accepted, changeKube } from '../../../../src/runbook/systems/kubernetes/change-kube.ts';
import type { Kube } from '../../../../src/runbook/systems/kubernetes/kube.ts';
import type { ConfigMap } from '../../../../src/runbook/systems/kubernetes/kube-objects.ts';
import { hasKubernetes, kubernetesMissing } from '../../../parts/kubernetes.ts';
import { useKubernetes } from '../../../parts/use-kubernetes.ts';

describe.skipIf(!hasKubernetes)(`a change on a real API server (${kubernetesMissing})`, () => {
  const kubernetes = useKubernetes();
  const context: StepContext = {
    signal: AbortSignal.timeout(60_000),
    log: silent,
    now: Date.now,
    language: 'en',
    secret: () => 'admin-token',
    tool: () => undefined,
  };
  const change = (namespace: string, work: (kube: Kube) => Promise<void>) =>
    changeKube({ cluster: kubernetes.part.cluster, namespace, patience: 500 }, context, async (kube) => {
      await work(kube);
      return accepted('done', {});
    });
  const put = async () => {
    const namespace = await kubernetes.part.namespace();
    const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' }, data: { n: '0' } };
    await kubernetes.part.put(namespace, object);
    return { namespace, path: `/api/v1/namespaces/${namespace}/configmaps/a` };
  };

  it('looks again when the object changed in between, and gives up when it always does', async () => {
    const { namespace, path } = await put();
    let looks = 0;
    const withDisturbance = (times: number) =>
      change(namespace, async (kube) => {
        const { metadata } = await kube.get<ConfigMap>(path);
        looks += 1;
        if (looks <= times) {
          await kubernetes.part.admin.patch(path, { data: { n: `${times}-${looks}` } }, 'merge');
        }
        const { resourceVersion } = metadata;
        await kube.patch(path, { metadata: { resourceVersion }, data: { mine: 'yes' } }, 'merge');
      });
    expect(await withDisturbance(2)).toMatchObject({ verdict: 'pass' });
    expect(looks).toBe(3);
    looks = 0;
    const report = await withDisturbance(9);
    expect(report).toMatchObject({
      verdict: 'fail',
      sentence: expect.stringContaining('Nothing was changed'),
    });
    expect(looks).toBe(3);
  });

  it('does not know what became of a change that was sent to a server that froze', async () => {
    const { namespace, path } = await put();
    const report = await change(namespace, async (kube) => {
      await kube.get<ConfigMap>(path);
      kubernetes.part.freeze();
      await kube.patch(path, { data: { mine: 'yes' } }, 'merge');
    });
    kubernetes.part.thaw();
    expect(report).toMatchObject({
      verdict: 'unknown',
      sentence: expect.stringContaining('whether it was made'),
    });
  });

  it('knows that nothing was changed when the server froze before', async () => {
    const { namespace, path } = await put();
    const report = await change(namespace, async (kube) => {
      kubernetes.part.freeze();
      await kube.get<ConfigMap>(path);
    });
    kubernetes.part.thaw();
    expect(report).toMatchObject({
      verdict: 'fail',
      sentence: expect.stringContaining('Nothing was changed'),
    });
  });
});
