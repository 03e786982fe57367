import { z } from 'zod';
import { Failure } from '../../kit/failure.ts';
import { Duration } from '../input.ts';
import { askProxied, serviceUrl } from '../kubernetes/ask-proxied.ts';
import { viewEndpoints } from '../kubernetes/endpoints-view.ts';
import { judgeEndpoints } from '../kubernetes/judge-endpoints.ts';
import { exampleCluster, KubeInput } from '../kubernetes/kube-input.ts';
import { kubeMessages } from '../kubernetes/kube-messages.ts';
import { lookAtKube } from '../kubernetes/look-at-kube.ts';
import { proxiedMessages } from '../kubernetes/proxied-messages.ts';
import { ProxiedPath, ProxiedService } from '../kubernetes/proxy-input.ts';
import { defineStep, type StepResult } from '../step.ts';

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
  target: ({ namespace, service }) => `kubernetes ${namespace}/service/${service}`,
  preview: (input, language) =>
    proxiedMessages(language).preview(whatOf(input), JSON.stringify(input.body).slice(0, 300)),
  run: (input, context) =>
    lookAtKube(input, context, async (kube): Promise<StepResult> => {
      const say = proxiedMessages(context.language);
      const { port, method, path } = input;
      const at = atOf(input);
      const what = whatOf(input);
      const view = await viewEndpoints(kube, { ...input, ...at, path: undefined }, context.signal);
      const before = judgeEndpoints(view, port, context.language);
      if (before.verdict === 'fail') return { ...before, sentence: say.notSent(what, before.sentence) };

      const begin = performance.now();
      const body = JSON.stringify(input.body);
      const answer = await askProxied(kube, at, path, { method, body, type: 'application/json' });
      const ms = Math.round(performance.now() - begin);
      const done = (verdict: StepResult['verdict'], sentence: string, said: string): StepResult => ({
        verdict,
        sentence,
        evidence: { columns: say.columns, rows: [[what, `${ms} ms`, said]] },
      });
      if (answer instanceof Failure) {
        const reason = kubeMessages(context.language).failure(answer);
        // Only a refusal by the API server itself is certain not to have reached the pod.
        const refused = answer.code === 'kube-forbidden' || answer.code === 'kube-unauthorised';
        return done(
          refused ? 'fail' : 'unknown',
          (refused ? say.notSent : say.unclear)(what, reason),
          reason,
        );
      }
      if (answer.is === 'closed' || answer.is === 'no-endpoint')
        return done('fail', say.notSent(what, answer.reason), answer.reason);
      if (answer.is !== 'answered') return done('unknown', say.unclear(what, answer.reason), answer.reason);
      const said = String(answer.status);
      if (!input.status.includes(answer.status))
        return done('fail', say.wrongStatus(what, answer.status, input.status.join(', ')), said);
      return ms > input.within
        ? done('warn', say.late(what, ms, input.within), said)
        : done('pass', say.sent(what, answer.status, ms), said);
    }),
});
