import { z } from 'zod';
import { Duration } from '../input.ts';
import { defineStep } from '../step.ts';
import { JsonPath } from '../systems/http/json-path.ts';
import { askProxied, serviceUrl } from '../systems/kubernetes/ask-proxied.ts';
import { judgeProxied, type ProxiedSample } from '../systems/kubernetes/judge-proxied.ts';
import { exampleCluster, KubeInput, kubeTarget } from '../systems/kubernetes/kube-input.ts';
import { lookAtKube } from '../systems/kubernetes/look-at-kube.ts';
import { ProxiedPath, ProxiedService } from '../systems/kubernetes/proxy-input.ts';

const input = z.strictObject({
  ...KubeInput,
  ...ProxiedService,
  path: ProxiedPath.default('/'),
  method: z.enum(['GET', 'HEAD']).default('GET'),
  status: z
    .array(z.number().int().min(100).max(599))
    .min(1)
    .default([200])
    .describe('The statuses that are right'),
  contains: z.string().min(1).max(500).optional().describe('Text the body must contain'),
  json: z
    .strictObject({ path: JsonPath, equals: z.union([z.string(), z.number(), z.boolean(), z.null()]) })
    .optional()
    .describe('Values inside a JSON body (JSONPath, RFC 9535) and what every one of them must be'),
  within: Duration.prefault('1s').describe('An answer slower than this is a warning'),
  requests: z.number().int().min(1).max(10).default(2).describe('How many requests, one after the other'),
});

/** Asks a Service the way a client inside the cluster would, without being there. */
export const kubernetesHttp = defineStep({
  name: 'kubernetes-http',
  about:
    "Requests a path of a Service (GET or HEAD) through the API server's proxy and checks status, body and latency. Needs the role muster-proxy of deploy/kubernetes-rbac.yaml.",
  effect: 'read',
  input,
  example: {
    cluster: exampleCluster,
    namespace: 'shop',
    service: 'orders-query',
    path: '/api/orders',
    within: '1s',
  },
  targets: ['cluster'],
  timeoutMs: 10_000,
  target: (input) => kubeTarget(input, `service/${input.service}`),
  run: (input, context) =>
    lookAtKube(input, context, async (kube) => {
      const { namespace, service, port, scheme, method, path } = input;
      const at = { namespace, name: service, port, scheme };
      const samples: ProxiedSample[] = [];
      for (let count = 0; count < input.requests; count++) {
        const begin = performance.now();
        const answer = await askProxied(kube, at, path, { method });
        samples.push({ answer, ms: Math.round(performance.now() - begin) });
        // A Service that hangs or is gone is not asked again: once says it.
        if (!('is' in answer) || answer.is !== 'answered') break;
      }
      const url = serviceUrl(at, path);
      return judgeProxied(
        samples,
        { ...input, url, headers: {}, timeout: input.patience, ca: '' },
        context.language,
      );
    }),
});
