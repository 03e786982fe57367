import { describe, expect, it } from 'vitest';
import type { Json } from '../../../src/runbook/step.ts';
import { kubernetesRolloutRestart } from '../../../src/runbook/steps/kubernetes-rollout-restart.ts';
import type { Deployment } from '../../../src/runbook/systems/kubernetes/kube-objects.ts';
import { type Account, hasKubernetes, kubernetesMissing } from '../../parts/kubernetes.ts';
import { podStates, putDeployment } from '../../parts/kubernetes-objects.ts';
import { useKubernetes } from '../../parts/use-kubernetes.ts';

describe.skipIf(!hasKubernetes)(
  `kubernetes-rollout-restart on a real API server (${kubernetesMissing})`,
  () => {
    const kubernetes = useKubernetes();
    const annotation = 'kubectl.kubernetes.io/restartedAt';

    const put = async (pods: Parameters<typeof putDeployment>[2]['pods']) => {
      const namespace = await kubernetes.part.namespace();
      await putDeployment(kubernetes.part, namespace, { name: 'orders', pods });
      const path = `/apis/apps/v1/namespaces/${namespace}/deployments/orders`;
      const restartedAt = async () => {
        const { spec } = await kubernetes.part.admin.get<Deployment>(path);
        return spec.template.metadata?.annotations?.[annotation];
      };
      const restart = (more: Record<string, Json> = {}, account: Account = 'restarter') =>
        kubernetes.run(kubernetesRolloutRestart, account, { namespace, deployment: 'orders', ...more });
      return { path, restart, restartedAt };
    };

    it('says exactly what it will do', () => {
      const input = kubernetesRolloutRestart.input.parse(kubernetesRolloutRestart.example);
      expect(kubernetesRolloutRestart.preview?.(input, 'en')).toContain(
        'Deployment orders in namespace shop',
      );
      expect(kubernetesRolloutRestart.preview?.(input, 'ko')).toContain('디플로이먼트(orders)');
    });

    it('restarts a Deployment that is unwell, and not again while its roll-out moves', async () => {
      const { path, restart, restartedAt } = await put([podStates.ready(), podStates.notReady()]);
      const report = await restart();
      expect(report, report.sentence).toMatchObject({ verdict: 'pass' });
      expect(await restartedAt()).toBe(report.facts.restarted_at);

      const conditions = [{ type: 'Progressing', status: 'True', reason: 'ReplicaSetUpdated' }];
      await kubernetes.part.admin.patch(`${path}/status`, { status: { conditions } }, 'strategic');
      const again = await restart();
      expect(again, again.sentence).toMatchObject({ verdict: 'warn' });
      expect(await restartedAt()).toBe(report.facts.restarted_at);
    });

    it('leaves a Deployment alone that is well again, unless it is told otherwise', async () => {
      const { restart, restartedAt } = await put([podStates.ready()]);
      const report = await restart();
      expect(report).toMatchObject({
        verdict: 'fail',
        sentence: expect.stringContaining('Nothing was changed'),
      });
      expect(await restartedAt()).toBeUndefined();
      expect(await restart({ even_if_well: true })).toMatchObject({ verdict: 'pass' });
    });

    it('says which grant is missing, and that nothing was changed', async () => {
      const { restart, restartedAt } = await put([podStates.notReady()]);
      const report = await restart({}, 'reader');
      expect(report, report.sentence).toMatchObject({ verdict: 'fail' });
      expect(report.sentence).toMatch(/Nothing was changed: .*patch deployments.apps in namespace/);
      expect(await restartedAt()).toBeUndefined();
    });
  },
);
