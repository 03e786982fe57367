import { hasKubernetes, kubernetesMissing, tokenOf } from '../parts/kubernetes.ts';
import { cronJobFaults, sagaFaults } from './kubernetes-saga-faults.ts';
import { type KubernetesStage, startKubernetesStage, stopKubernetesStage } from './kubernetes-stage.ts';
import { workloadFaults } from './kubernetes-workload-faults.ts';
import type { System } from './system.ts';

/** Deployments, Sagas and CronJobs on Kubernetes. */
export const kubernetesWorkloads: System<KubernetesStage> = {
  name: 'Kubernetes: Saga, Deployments, CronJobs',
  note: 'A real API server without kubelets: what controllers and kubelets would report is written through the status endpoints, and a front before it gives the logs and the answers of pods.',
  missing: hasKubernetes ? null : kubernetesMissing,
  start: startKubernetesStage,
  stop: stopKubernetesStage,
  secrets: () => tokenOf('reader'),
  faults: [...sagaFaults, ...workloadFaults, ...cronJobFaults],
};
