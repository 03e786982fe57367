import { hasKubernetes, kubernetesMissing, tokenOf } from '../parts/kubernetes.ts';
import { cqrsFaults } from './kubernetes-cqrs-faults.ts';
import { eventFaults } from './kubernetes-event-faults.ts';
import { networkFaults } from './kubernetes-network-faults.ts';
import { type KubernetesStage, startKubernetesStage, stopKubernetesStage } from './kubernetes-stage.ts';
import type { System } from './system.ts';

/** CQRS, Event Sourcing and networking on Kubernetes. */
export const kubernetesPatterns: System<KubernetesStage> = {
  name: 'Kubernetes: CQRS, Event Sourcing, networking',
  note: 'A real API server without kubelets: what controllers and kubelets would report is written through the status endpoints, and a front before it gives the logs and the answers of pods.',
  missing: hasKubernetes ? null : kubernetesMissing,
  start: startKubernetesStage,
  stop: stopKubernetesStage,
  secrets: () => tokenOf('reader'),
  faults: [...cqrsFaults, ...eventFaults, ...networkFaults],
};
