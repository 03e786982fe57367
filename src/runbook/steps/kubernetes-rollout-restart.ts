import { z } from 'zod';
import { formatDuration } from '../../kit/duration.ts';
import { defineStep } from '../step.ts';
import { accepted, changeKube, notSent } from '../systems/kubernetes/change-kube.ts';
import { changeMessages } from '../systems/kubernetes/change-messages.ts';
import { countsOf } from '../systems/kubernetes/judge-workload.ts';
import { exampleCluster, KubeInput, KubeName, kubeTarget } from '../systems/kubernetes/kube-input.ts';
import { deploymentsIn, viewWorkload } from '../systems/kubernetes/workload-view.ts';

const input = z.strictObject({
  ...KubeInput,
  deployment: KubeName.describe('The Deployment to restart'),
  even_if_well: z
    .boolean()
    .default(false)
    .describe('Without it a Deployment that is well again is left alone'),
});

/** `kubectl rollout restart` writes this annotation; so a restart by hand is recognised, and ours by others. */
const annotation = 'kubectl.kubernetes.io/restartedAt';

/** Replaces all pods of one Deployment, as `kubectl rollout restart` does. */
export const kubernetesRolloutRestart = defineStep({
  name: 'kubernetes-rollout-restart',
  about:
    'Restarts one Deployment, as kubectl rollout restart does, if it is still unwell and not being restarted already. Needs the role muster-restart of deploy/kubernetes-rbac.yaml.',
  effect: 'change',
  input,
  example: { cluster: exampleCluster, namespace: 'shop', deployment: 'orders' },
  targets: ['cluster'],
  timeoutMs: 20_000,
  target: (input) => kubeTarget(input, `deployment/${input.deployment}`),
  preview: ({ namespace, deployment }, language) =>
    changeMessages(language).restart.preview(deployment, namespace),
  run: (input, context) => {
    const say = changeMessages(context.language);
    const { namespace, deployment: name } = input;
    return changeKube(input, context, async (kube) => {
      const now = context.now();
      const view = await viewWorkload(kube, namespace, name, now);
      if (view === null) return notSent(say.missing('Deployment', name, namespace));
      const counts = countsOf(view);
      if (counts.healthy && !input.even_if_well) return notSent(say.wellAgain(name));
      const { spec, metadata } = view.deployment;
      if (spec.paused) return notSent(say.paused(name));
      const before = Date.parse(spec.template.metadata?.annotations?.[annotation] ?? '');
      if (counts.moving && now - before < 600_000) {
        return notSent(say.restart.already(name, formatDuration(Math.max(0, now - before))), 'warn');
      }
      const restartedAt = new Date(now).toISOString();
      const patch = {
        metadata: { resourceVersion: metadata.resourceVersion },
        spec: { template: { metadata: { annotations: { [annotation]: restartedAt } } } },
      };
      await kube.patch(`${deploymentsIn(namespace)}/${name}`, patch, 'strategic');
      return accepted(say.restart.done(name), { restarted_at: restartedAt });
    });
  },
});
