import type { CronJob, Job } from '../../src/runbook/systems/kubernetes/kube-objects.ts';
import type { KubernetesPart } from './kubernetes.ts';
import { container, minutesAgo, owner, type PodStatus } from './kubernetes-objects.ts';

/** The states Jobs end in, as their controller reports them. */
export const jobStates = {
  failed: (reason = 'BackoffLimitExceeded', pods = 4) => {
    const condition = {
      status: 'True',
      reason,
      message: 'Job has reached the specified backoff limit',
      lastTransitionTime: minutesAgo(1),
    };
    return {
      startTime: minutesAgo(5),
      failed: pods,
      conditions: [
        { type: 'FailureTarget', ...condition },
        { type: 'Failed', ...condition },
      ],
    };
  },
  complete: () => ({
    startTime: minutesAgo(5),
    completionTime: minutesAgo(1),
    succeeded: 1,
    conditions: [
      { type: 'SuccessCriteriaMet', status: 'True', lastTransitionTime: minutesAgo(1) },
      { type: 'Complete', status: 'True', lastTransitionTime: minutesAgo(1) },
    ],
  }),
  running: (failed = 0) => ({ startTime: minutesAgo(5), active: 1, ...(failed > 0 && { failed }) }),
};

/** A Job as its controller leaves it, with its pods. */
export async function putJob(
  part: KubernetesPart,
  namespace: string,
  wanted: {
    name: string;
    status: object;
    env?: { name: string; value: string }[];
    args?: string[];
    pods?: PodStatus[];
    labels?: Record<string, string>;
    spec?: object;
    owner?: CronJob;
  },
): Promise<Job> {
  const { name, env = [], args = [], pods = [], labels = {} } = wanted;
  const spec = { containers: [{ ...container('app', 'shop/saga:1'), env, args }], restartPolicy: 'Never' };
  const job = await part.put<Job>(namespace, {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name, labels, ...(wanted.owner && { ownerReferences: owner('CronJob', wanted.owner) }) },
    spec: { backoffLimit: 3, template: { spec }, ...wanted.spec },
    status: wanted.status,
  });
  await Promise.all(
    pods.map((status, number) =>
      part.put(namespace, {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: {
          name: `${name}-${number}`,
          labels: { 'batch.kubernetes.io/controller-uid': job.metadata.uid! },
          ownerReferences: owner('Job', job),
        },
        spec: { nodeName: 'n1', ...spec },
        status,
      }),
    ),
  );
  return job;
}

/** A CronJob as its controller leaves it; hourly unless told otherwise. */
export const putCronJob = (
  part: KubernetesPart,
  namespace: string,
  {
    name,
    annotations = {},
    status = {},
    ...spec
  }: {
    name: string;
    annotations?: Record<string, string>;
    schedule?: string;
    suspend?: boolean;
    concurrencyPolicy?: string;
    status?: object;
  },
): Promise<CronJob> =>
  part.put<CronJob>(namespace, {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata: { name, annotations },
    spec: {
      schedule: '@hourly',
      jobTemplate: {
        spec: {
          template: { spec: { containers: [container('app', 'shop/app:1')], restartPolicy: 'Never' } },
        },
      },
      ...spec,
    },
    status,
  });
