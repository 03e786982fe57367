import { z } from 'zod';
import { Duration } from '../input.ts';
import { defineStep, type StepResult } from '../step.ts';
import { cronJobMessages } from '../systems/kubernetes/cronjob-messages.ts';
import { cronJobsIn, viewCronJob } from '../systems/kubernetes/cronjob-view.ts';
import { judgeCronJob } from '../systems/kubernetes/judge-cronjob.ts';
import { exampleCluster, KubeInput, KubeName, kubeTarget } from '../systems/kubernetes/kube-input.ts';
import type { CronJob } from '../systems/kubernetes/kube-objects.ts';
import { lookAtKube } from '../systems/kubernetes/look-at-kube.ts';

const input = z.strictObject({
  ...KubeInput,
  cronjob: KubeName.describe('The CronJob to look at'),
  success_within: Duration.optional().describe(
    'How old the last success may be; by default two runs without success are a failure',
  ),
});

/** Looks whether a CronJob does what its schedule says, and if its Jobs fail, why. */
export const kubernetesCronjob = defineStep({
  name: 'kubernetes-cronjob',
  about:
    'Reads a CronJob and its Jobs: schedule readable and ever due, suspended, last started and last succeeded as the schedule says, blocked by a Job that still runs, and why the last Job failed. Needs the role muster-read of deploy/kubernetes-rbac.yaml.',
  effect: 'read',
  input,
  example: { cluster: exampleCluster, namespace: 'shop', cronjob: 'event-snapshot' },
  targets: ['cluster'],
  timeoutMs: 10_000,
  target: (input) => kubeTarget(input, `cronjob/${input.cronjob}`),
  run: (input, context) =>
    lookAtKube(input, context, async (kube): Promise<StepResult> => {
      const { namespace, cronjob, success_within } = input;
      const now = context.now();
      const view = await viewCronJob(kube, namespace, cronjob, now);
      if (view !== null) return judgeCronJob(view, now, success_within ?? null, context.language);
      const others = await kube.list<CronJob>(cronJobsIn(namespace));
      const names = others.slice(0, 5).map(({ metadata }) => metadata.name);
      return {
        verdict: 'unknown',
        sentence: cronJobMessages(context.language).missing(cronjob, namespace, names.join(', ')),
        evidence: { columns: [], rows: [] },
      };
    }),
});
