import { z } from 'zod';
import { Duration } from '../input.ts';
import { defineStep, type StepResult } from '../step.ts';
import { askProxied, serviceUrl } from '../systems/kubernetes/ask-proxied.ts';
import { viewEndpoints } from '../systems/kubernetes/endpoints-view.ts';
import { judgeEndpoints } from '../systems/kubernetes/judge-endpoints.ts';
import { judgeSent, notSent } from '../systems/kubernetes/judge-sent.ts';
import type { Kube } from '../systems/kubernetes/kube.ts';
import { exampleCluster, KubeInput, kubeTarget } from '../systems/kubernetes/kube-input.ts';
import { kubeMessages } from '../systems/kubernetes/kube-messages.ts';
import { lookAtKube } from '../systems/kubernetes/look-at-kube.ts';
import { proxiedMessages } from '../systems/kubernetes/proxied-messages.ts';
import { ProxiedPath, ProxiedService } from '../systems/kubernetes/proxy-input.ts';

const input = z.strictObject({
  ...KubeInput,
  ...ProxiedService,
  path: ProxiedPath,
  method: z.enum(['POST', 'PUT']).default('POST'),
  body: z.json().default({}).describe('Sent as JSON; name it so that people know it for a test'),
  status: z
    .array(z.number().int().min(100).max(599))
    .min(1)
    .default([200, 201, 202])
    .describe('The statuses that are right'),
  within: Duration.prefault('1s').describe('An answer slower than this is a warning'),
});

type Input = z.output<typeof input>;

const atOf = ({ namespace, service: name, port, scheme }: Input) => ({ namespace, name, port, scheme });
const whatOf = (input: Input) => `${input.method} ${serviceUrl(atOf(input), input.path)}`;

/** Sends one command to a Service, to see whether its command side takes it. */
export const kubernetesHttpSend = defineStep({
  name: 'kubernetes-http-send',
  about:
    "Sends one POST or PUT with a JSON body to a Service through the API server's proxy and checks status and latency. Needs the roles muster-read and muster-send of deploy/kubernetes-rbac.yaml.",
  effect: 'change',
  input,
  example: {
    cluster: exampleCluster,
    namespace: 'shop',
    service: 'orders-command',
    path: '/api/orders',
    body: { test: true, item: 'probe' },
  },
  targets: ['cluster'],
  timeoutMs: 15_000,
  target: (input) => kubeTarget(input, `service/${input.service}`),
  preview: (input, language) =>
    proxiedMessages(language).preview(whatOf(input), JSON.stringify(input.body).slice(0, 300)),
  run: (input, context) => {
    const { language, signal } = context;
    const at = atOf(input);
    const what = whatOf(input);
    const look = async (kube: Kube): Promise<StepResult> => {
      const view = await viewEndpoints(kube, { ...input, ...at, path: undefined }, signal);
      const before = judgeEndpoints(view, input.port, language);
      if (before.verdict === 'fail') return notSent(what, before.sentence, language);
      const begin = performance.now();
      const { method, path, status, within } = input;
      const sent = { method, body: JSON.stringify(input.body), type: 'application/json' };
      const answer = await askProxied(kube, at, path, sent);
      const ms = Math.round(performance.now() - begin);
      return judgeSent({ answer, ms }, { what, status, within }, language);
    };
    // What is thrown was thrown before anything was sent: the answer of the request itself is never thrown.
    return lookAtKube(input, context, look, (failure) =>
      notSent(what, kubeMessages(language).failure(failure), language),
    );
  },
});
