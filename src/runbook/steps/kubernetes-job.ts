import { z } from 'zod';
import { Duration } from '../input.ts';
import { lookUntil } from '../look-until.ts';
import { defineStep, type StepResult } from '../step.ts';
import { jobMessages } from '../systems/kubernetes/job-messages.ts';
import { jobsIn, stateOf, viewJob } from '../systems/kubernetes/job-view.ts';
import { judgeJob } from '../systems/kubernetes/judge-job.ts';
import { exampleCluster, KubeInput, KubeName, kubeTarget } from '../systems/kubernetes/kube-input.ts';
import type { Job } from '../systems/kubernetes/kube-objects.ts';
import { lookAtKube } from '../systems/kubernetes/look-at-kube.ts';

const input = z.strictObject({
  ...KubeInput,
  job: KubeName.describe('The Job; the newest of it and its re-runs is looked at'),
  compensation: KubeName.nullable()
    .default(null)
    .describe('The Job that must run when this one fails (Saga)'),
  wait: Duration.prefault('0s').describe('How long to look again until it has ended, as a check'),
});

/** Looks at a Job from its outcome down to the address its container calls, and whether what it did was undone. */
export const kubernetesJob = defineStep({
  name: 'kubernetes-job',
  about:
    'Reads a Job: backoff limit or deadline reached, last log lines, the addresses it is given to call against the Services and ports that exist, and whether its compensation ran. Needs the role muster-read of deploy/kubernetes-rbac.yaml.',
  effect: 'read',
  input,
  example: { cluster: exampleCluster, namespace: 'shop', job: 'order-saga', compensation: 'order-saga-undo' },
  targets: ['cluster'],
  timeoutMs: 60_000,
  target: (input) => kubeTarget(input, `job/${input.job}`),
  run: (input, context) =>
    lookAtKube(input, context, async (kube): Promise<StepResult> => {
      const { namespace, job, wait } = input;
      const { language, now, signal } = context;
      const view = await lookUntil(
        () => viewJob(kube, namespace, input, now()),
        (seen) => seen !== null && ['complete', 'failed'].includes(stateOf(seen.job)),
        { everyMs: 1000, forMs: Math.min(wait, 45_000), signal },
      );
      const say = jobMessages(language);
      if (view === null) {
        const names = (await kube.list<Job>(jobsIn(namespace)))
          .slice(0, 5)
          .map(({ metadata }) => metadata.name);
        const sentence = say.missing(job, namespace, names.join(', '));
        return { verdict: 'unknown', sentence, evidence: { columns: [], rows: [] } };
      }
      const judged = judgeJob(view, language);
      // As a check, a Job that still runs has not shown anything yet.
      return wait > 0 && judged.verdict === 'pass' && stateOf(view.job) === 'running'
        ? { ...judged, verdict: 'warn', sentence: say.stillRunning(view.job.metadata.name) }
        : judged;
    }),
});
