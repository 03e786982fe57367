import { z } from 'zod';
import { Duration } from '../input.ts';
import { lookUntil } from '../look-until.ts';
import { defineStep, type StepResult } from '../step.ts';
import { judgeWorkload } from '../systems/kubernetes/judge-workload.ts';
import { exampleCluster, KubeInput, KubeName, kubeTarget } from '../systems/kubernetes/kube-input.ts';
import type { Deployment } from '../systems/kubernetes/kube-objects.ts';
import { lookAtKube } from '../systems/kubernetes/look-at-kube.ts';
import { workloadMessages } from '../systems/kubernetes/workload-messages.ts';
import { deploymentsIn, viewWorkload } from '../systems/kubernetes/workload-view.ts';

const input = z.strictObject({
  ...KubeInput,
  deployment: KubeName.describe('The Deployment to look at'),
  wait: Duration.prefault('0s').describe(
    'How long to look again until it is well, as a check after a change',
  ),
});

/** Looks at a Deployment from the roll-out down to the container that fails, and at what that container wrote last. */
export const kubernetesWorkload = defineStep({
  name: 'kubernetes-workload',
  about:
    'Reads a Deployment and its pods: roll-out past its deadline, pods pending, out of memory, crashing, without image or configuration, with last log lines and events. Needs the role muster-read of deploy/kubernetes-rbac.yaml.',
  effect: 'read',
  input,
  example: { cluster: exampleCluster, namespace: 'shop', deployment: 'orders' },
  targets: ['cluster'],
  timeoutMs: 60_000,
  target: (input) => kubeTarget(input, `deployment/${input.deployment}`),
  run: (input, context) =>
    lookAtKube(input, context, async (kube): Promise<StepResult> => {
      const { namespace, deployment, wait } = input;
      const view = await lookUntil(
        () => viewWorkload(kube, namespace, deployment, context.now()),
        (seen) => seen === null || judgeWorkload(seen, context.language).verdict === 'pass',
        { everyMs: 1000, forMs: Math.min(wait, 45_000), signal: context.signal },
      );
      if (view !== null) return judgeWorkload(view, context.language);
      const others = await kube.list<Deployment>(deploymentsIn(namespace));
      const names = others.slice(0, 5).map(({ metadata }) => metadata.name);
      return {
        verdict: 'unknown',
        sentence: workloadMessages(context.language).missing(deployment, namespace, names.join(', ')),
        evidence: { columns: [], rows: [] },
      };
    }),
});
