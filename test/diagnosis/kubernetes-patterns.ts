import { hasKubernetes, kubernetesMissing, tokenOf } from '../parts/kubernetes.ts';
import { cqrsFaults } from './kubernetes-cqrs-faults.ts';
import { eventFaults } from './kubernetes-event-faults.ts';
import { networkFaults } from './kubernetes-network-faults.ts';
import { type KubernetesStage, startKubernetesStage, stopKubernetesStage } from './kubernetes-stage.ts';
import type { System } from './system.ts';

/** CQRS, Event Sourcing and networking on Kubernetes. */
export const kubernetesPatterns: System<KubernetesStage> = {
  name: 'Kubernetes: CQRS, Event Sourcing, networking',
  missing: hasKubernetes ? null : kubernetesMissing,
  start: startKubernetesStage,
  stop: stopKubernetesStage,
  secrets: () => tokenOf('reader'),
  faults: [...cqrsFaults, ...eventFaults, ...networkFaults],
};
