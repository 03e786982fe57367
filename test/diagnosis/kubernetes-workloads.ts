import { hasKubernetes, kubernetesMissing, tokenOf } from '../parts/kubernetes.ts';
import { cronJobFaults, sagaFaults } from './kubernetes-saga-faults.ts';
import { type KubernetesStage, startKubernetesStage, stopKubernetesStage } from './kubernetes-stage.ts';
import { workloadFaults } from './kubernetes-workload-faults.ts';
import type { System } from './system.ts';

/** Deployments, Sagas and CronJobs on Kubernetes. */
export const kubernetesWorkloads: System<KubernetesStage> = {
  name: 'Kubernetes: Saga, Deployments, CronJobs',
  missing: hasKubernetes ? null : kubernetesMissing,
  start: startKubernetesStage,
  stop: stopKubernetesStage,
  secrets: () => tokenOf('reader'),
  faults: [...sagaFaults, ...workloadFaults, ...cronJobFaults],
};
