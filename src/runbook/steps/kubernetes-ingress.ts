import { z } from 'zod';
import { defineStep } from '../step.ts';
import { viewIngress } from '../systems/kubernetes/ingress-view.ts';
import { judgeIngress } from '../systems/kubernetes/judge-ingress.ts';
import { exampleCluster, KubeInput, KubeName, kubeTarget } from '../systems/kubernetes/kube-input.ts';
import { lookAtKube } from '../systems/kubernetes/look-at-kube.ts';
import { ProxiedPath } from '../systems/kubernetes/proxy-input.ts';

const input = z.strictObject({
  ...KubeInput,
  ingress: KubeName.optional().describe('Only this one; default all of the namespace'),
  host: z
    .union([z.literal(''), KubeName])
    .default('')
    .describe('The host users ask for; none: every route'),
  path: ProxiedPath.default('/').describe('The path users ask for on that host'),
});

/** Follows a host and a path through the Ingresses of a namespace to a Service and its port. */
export const kubernetesIngress = defineStep({
  name: 'kubernetes-ingress',
  about:
    'Follows a host and path through an Ingress to its Service and port; checks class and TLS secret. Needs the role muster-read of deploy/kubernetes-rbac.yaml, for the secret also muster-certificates.',
  effect: 'read',
  input,
  example: { cluster: exampleCluster, namespace: 'shop', host: 'orders.example.com', path: '/api/orders' },
  targets: ['cluster'],
  timeoutMs: 10_000,
  target: (input) => kubeTarget(input, `ingress/${input.ingress ?? input.host ?? '*'}`),
  run: (input, context) =>
    lookAtKube(input, context, async (kube) => {
      const view = await viewIngress(kube, input.namespace, input.ingress);
      return judgeIngress(view, input, context.language);
    }),
});
