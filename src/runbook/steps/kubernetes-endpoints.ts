import { z } from 'zod';
import { defineStep } from '../step.ts';
import { viewEndpoints } from '../systems/kubernetes/endpoints-view.ts';
import { judgeEndpoints } from '../systems/kubernetes/judge-endpoints.ts';
import { exampleCluster, KubeInput, KubeName, kubeTarget } from '../systems/kubernetes/kube-input.ts';
import { lookAtKube } from '../systems/kubernetes/look-at-kube.ts';
import { PortName, ProxiedPath } from '../systems/kubernetes/proxy-input.ts';
import { ResolverText } from '../systems/net/endpoint.ts';

const input = z.strictObject({
  ...KubeInput,
  service: KubeName,
  port: PortName.optional().describe('The port it must have, by number or name; default its first'),
  path: ProxiedPath.optional().describe(
    'Asks up to three ready pods directly with a GET of this path (role muster-proxy)',
  ),
  resolvers: z
    .array(ResolverText)
    .max(3)
    .default([])
    .describe("The cluster's name servers, where this worker reaches them: asks for the name of the Service"),
  domain: KubeName.default('cluster.local').describe("The domain of the cluster's names"),
});

/** Follows a Service to its pods and names the link that is broken. */
export const kubernetesEndpoints = defineStep({
  name: 'kubernetes-endpoints',
  about:
    'Follows a Service to its pods: port, selector and labels, target port, readiness, endpoints, network policies, and a direct request. Needs the role muster-read of deploy/kubernetes-rbac.yaml, for the request also muster-proxy.',
  effect: 'read',
  input,
  example: {
    cluster: exampleCluster,
    namespace: 'shop',
    service: 'orders-query',
    port: 80,
    path: '/healthz',
  },
  targets: ['cluster'],
  timeoutMs: 10_000,
  target: (input) => kubeTarget(input, `service/${input.service}`),
  run: (input, context) =>
    lookAtKube(input, context, async (kube) => {
      const { service: name, port, signal } = { ...input, ...context };
      const view = await viewEndpoints(kube, { ...input, name }, signal);
      return judgeEndpoints(view, port, context.language);
    }),
});
