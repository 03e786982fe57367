import { z } from 'zod';
import { defineStep } from '../step.ts';
import { accepted, changeKube, notSent } from '../systems/kubernetes/change-kube.ts';
import { changeMessages } from '../systems/kubernetes/change-messages.ts';
import { exampleCluster, KubeInput, KubeName, kubeTarget } from '../systems/kubernetes/kube-input.ts';
import type { Deployment } from '../systems/kubernetes/kube-objects.ts';
import { orNull } from '../systems/kubernetes/look-at-kube.ts';
import { deploymentsIn } from '../systems/kubernetes/workload-view.ts';

const input = z.strictObject({
  ...KubeInput,
  deployment: KubeName.describe('The Deployment to scale'),
  replicas: z.number().int().min(1).max(500).describe('How many pods it is to have'),
  allow_fewer: z.boolean().default(false).describe('Without it a Deployment is never made smaller'),
});

/** Sets how many pods one Deployment has, through its scale subresource. */
export const kubernetesScale = defineStep({
  name: 'kubernetes-scale',
  about:
    'Sets the number of replicas of one Deployment; never to 0, and to fewer only where that is allowed. Needs the role muster-scale of deploy/kubernetes-rbac.yaml.',
  effect: 'change',
  input,
  example: { cluster: exampleCluster, namespace: 'shop', deployment: 'orders', replicas: 4 },
  targets: ['cluster'],
  timeoutMs: 20_000,
  target: (input) => kubeTarget(input, `deployment/${input.deployment}`),
  preview: ({ namespace, deployment, replicas }, language) =>
    changeMessages(language).scale.preview(deployment, namespace, replicas),
  run: (input, context) => {
    const say = changeMessages(context.language);
    const { namespace, deployment: name, replicas } = input;
    return changeKube(input, context, async (kube) => {
      const path = `${deploymentsIn(namespace)}/${name}`;
      const deployment = await orNull(kube.get<Deployment>(path));
      if (deployment === null) return notSent(say.missing('Deployment', name, namespace));
      const present = deployment.spec.replicas ?? 1;
      if (present === replicas) return notSent(say.scale.already(name, replicas), 'warn');
      if (replicas < present && !input.allow_fewer) return notSent(say.scale.fewer(name, present, replicas));
      const { resourceVersion } = deployment.metadata;
      await kube.patch(`${path}/scale`, { metadata: { resourceVersion }, spec: { replicas } }, 'merge');
      return accepted(say.scale.done(name, present, replicas), { from: present, to: replicas });
    });
  },
});
