import { podStates, putDeployment, type Wanted } from '../parts/kubernetes-objects.ts';
import { clusterParams, inNamespace, type KubernetesStage } from './kubernetes-stage.ts';
import type { Fault } from './system.ts';

const orders = {
  runbook: 'kubernetes-workload',
  params: (stage: KubernetesStage) => ({ ...clusterParams(stage), kubernetes_deployment: 'orders' }),
} as const;

const put = (wanted: Omit<Wanted, 'name'>) =>
  inNamespace(async ({ part, front, namespace }) => {
    await putDeployment(part, namespace, { name: 'orders', ...wanted });
    front.log(`${namespace}/orders-v2-1/app`, 'listening on 8080', 'loading the catalogue\nOut of heap');
  });
const { ready } = podStates;

/** What keeps a Deployment from having its pods. */
export const workloadFaults: Fault<KubernetesStage>[] = [
  {
    ...orders,
    name: 'Deployment: all replicas ready (control)',
    made: 'a Deployment of two pods, both ready',
    verdict: 'pass',
    cause: null,
    make: put({ pods: [ready(), ready()] }),
  },
  {
    ...orders,
    name: 'Deployment: container out of memory',
    made: 'one of two pods OOMKilled six times, now in CrashLoopBackOff',
    verdict: 'fail',
    cause: 'container-oom-killed',
    make: put({ pods: [ready(), podStates.outOfMemory()] }),
  },
  {
    ...orders,
    name: 'Deployment: container crashes',
    made: 'one of two pods in CrashLoopBackOff, exit code 1',
    verdict: 'fail',
    cause: 'container-crash-loop',
    make: put({ pods: [ready(), podStates.crashing()] }),
  },
  {
    ...orders,
    name: 'Deployment: image cannot be pulled, deadline passed',
    made: 'the new revision in ImagePullBackOff, ProgressDeadlineExceeded',
    verdict: 'fail',
    cause: 'image-pull-failed',
    make: put({ pods: [podStates.withoutImage()], deadlineExceeded: true }),
  },
  {
    ...orders,
    name: 'Deployment: pod pending',
    made: 'one of two pods unschedulable for ten minutes (Insufficient memory)',
    verdict: 'fail',
    cause: 'pod-unschedulable',
    make: put({ pods: [ready(), podStates.unschedulable()] }),
  },
  {
    ...orders,
    name: 'Deployment: pod runs but is not ready',
    made: 'one of two pods not ready for half an hour, though its container runs',
    verdict: 'fail',
    cause: 'pod-not-ready',
    make: put({ pods: [ready(), podStates.notReady()] }),
  },
  {
    ...orders,
    name: 'Deployment: progress deadline exceeded',
    made: 'one of two replicas there and well, the other never created, ProgressDeadlineExceeded',
    verdict: 'fail',
    cause: 'rollout-deadline-exceeded',
    make: put({ pods: [ready()], replicas: 2, deadlineExceeded: true }),
  },
  {
    ...orders,
    name: 'Deployment: ConfigMap missing',
    made: 'the only pod in CreateContainerConfigError',
    verdict: 'fail',
    cause: 'container-config-error',
    make: put({ pods: [podStates.withoutConfig()] }),
  },
  {
    ...orders,
    name: 'Deployment: API server frozen',
    made: 'SIGSTOP to the API server',
    verdict: 'unknown',
    cause: null,
    make: async ({ part }) => {
      part.freeze();
      return async () => part.thaw();
    },
  },
];
