import { jobStates, putCronJob, putJob } from '../parts/kubernetes-jobs.ts';
import { minutesAgo, podStates, putService } from '../parts/kubernetes-objects.ts';
import { clusterParams, inNamespace, type KubernetesStage } from './kubernetes-stage.ts';
import type { Fault } from './system.ts';

const saga = {
  runbook: 'kubernetes-saga',
  params: (stage: KubernetesStage) => ({
    ...clusterParams(stage),
    saga_job: 'order-saga',
    saga_compensation: 'order-saga-undo',
  }),
} as const;

type Story = {
  url?: string;
  status?: object;
  log?: string;
  /** The state of the compensation; null when it was never started. */
  undo?: object | null;
  /** Whether somebody is behind the Service. */
  answers?: boolean;
};

const put = ({
  url = 'http://payment:8080/charge',
  status = jobStates.failed(),
  log = 'charge: 402 card declined\ngiving up',
  undo = jobStates.complete(),
  answers = true,
}: Story) =>
  inNamespace(async ({ part, front, namespace }) => {
    await putService(part, namespace, 'payment', 8080, answers);
    const env = [{ name: 'PAYMENT_URL', value: url }];
    const pods = [podStates.failed()];
    await putJob(part, namespace, { name: 'order-saga', status, env, pods });
    front.log(`${namespace}/order-saga-0/app`, log);
    if (undo) await putJob(part, namespace, { name: 'order-saga-undo', status: undo });
  });

/** What goes wrong in a Saga that a Job orchestrates. */
export const sagaFaults: Fault<KubernetesStage>[] = [
  {
    ...saga,
    name: 'Saga: Job complete (control)',
    made: 'a Job that is complete after one pod failed; its compensation was never needed',
    verdict: 'pass',
    cause: null,
    make: put({ status: jobStates.complete(), undo: null }),
  },
  {
    ...saga,
    name: 'Saga: Job failed at its backoff limit',
    made: 'a Job with condition Failed, BackoffLimitExceeded, four pods failed; its compensation ran',
    verdict: 'fail',
    cause: 'job-backoff-limit-exceeded',
    make: put({}),
  },
  {
    ...saga,
    name: 'Saga: wrong service host',
    made: 'PAYMENT_URL of the failed Job is http://paymnt:8080, the Service is payment',
    verdict: 'fail',
    cause: 'job-calls-missing-service',
    make: put({ url: 'http://paymnt:8080/charge', log: 'getaddrinfo ENOTFOUND paymnt' }),
  },
  {
    ...saga,
    name: 'Saga: wrong service port',
    made: 'PAYMENT_URL of the failed Job is http://payment:8088, the Service has port 8080',
    verdict: 'fail',
    cause: 'job-calls-wrong-port',
    make: put({ url: 'http://payment:8088/charge', log: 'connect ETIMEDOUT 10.0.0.17:8088' }),
  },
  {
    ...saga,
    name: 'Saga: nobody behind the Service it calls',
    made: 'the only endpoint of the Service payment not ready; the log ends with ECONNREFUSED',
    verdict: 'fail',
    cause: 'job-calls-service-without-endpoint',
    make: put({ answers: false, log: 'connect ECONNREFUSED 10.0.0.17:8080' }),
  },
  {
    ...saga,
    name: 'Saga: compensation did not run',
    made: 'the Job failed at its backoff limit, and no Job of the compensation exists',
    verdict: 'fail',
    cause: 'compensation-did-not-run',
    make: put({ undo: null }),
  },
];

const cron = {
  runbook: 'kubernetes-cronjob',
  params: (stage: KubernetesStage) => ({ ...clusterParams(stage), kubernetes_cronjob: 'report' }),
} as const;

/** What keeps a CronJob from its schedule, beside what Event Sourcing shows. */
export const cronJobFaults: Fault<KubernetesStage>[] = [
  {
    ...cron,
    name: 'CronJob: runs as scheduled (control)',
    made: 'a CronJob that succeeded a minute ago',
    verdict: 'pass',
    cause: null,
    make: inNamespace(async ({ part, namespace }) => {
      const status = { lastScheduleTime: minutesAgo(2), lastSuccessfulTime: minutesAgo(1) };
      await putCronJob(part, namespace, { name: 'report', status });
    }),
  },
  {
    ...cron,
    name: 'CronJob: never due',
    made: 'the schedule 0 0 31 2 *, which no date matches',
    verdict: 'fail',
    cause: 'cronjob-never-due',
    make: inNamespace(async ({ part, namespace }) => {
      await putCronJob(part, namespace, { name: 'report', schedule: '0 0 31 2 *' });
    }),
  },
];
