import { z } from 'zod';
import { Duration } from '../input.ts';
import { defineStep } from '../step.ts';
import { judgeEvents } from '../systems/kubernetes/judge-events.ts';
import { exampleCluster, KubeInput, kubeTarget } from '../systems/kubernetes/kube-input.ts';
import type { KubeEvent } from '../systems/kubernetes/kube-objects.ts';
import { lookAtKube } from '../systems/kubernetes/look-at-kube.ts';

const input = z.strictObject({
  ...KubeInput,
  within: Duration.prefault('15m').describe('How far back; Kubernetes itself forgets events after an hour'),
});

/** Reads what Kubernetes warned of lately in a namespace, whatever object it concerns. */
export const kubernetesEvents = defineStep({
  name: 'kubernetes-events',
  about:
    'Reads the Warning events of a namespace, grouped by reason and kind of object: volumes that do not mount, probes that fail, quotas reached. Needs the role muster-read of deploy/kubernetes-rbac.yaml.',
  effect: 'read',
  input,
  example: { cluster: exampleCluster, namespace: 'shop', within: '15m' },
  targets: ['cluster'],
  timeoutMs: 10_000,
  target: (input) => kubeTarget(input, 'events'),
  run: (input, context) =>
    lookAtKube(input, context, async (kube) => {
      const { namespace, within } = input;
      const events = await kube.list<KubeEvent>(`/api/v1/namespaces/${namespace}/events`, {
        fieldSelector: 'type=Warning',
      });
      return judgeEvents(events, { namespace, within, now: context.now() }, context.language);
    }),
});
