import type { Json } from '../../src/runbook/step.ts';
import { type KubeletFront, startKubeletFront } from '../parts/kubelet-front.ts';
import { type KubernetesPart, startKubernetes } from '../parts/kubernetes.ts';

/** A real API server with a front for what only kubelets answer; every fault has a namespace of its own. */
export type KubernetesStage = { part: KubernetesPart; front: KubeletFront; namespace: string };

/** Starts both, and the IngressClass that a cluster with an Ingress controller has. */
export async function startKubernetesStage(): Promise<KubernetesStage> {
  const part = await startKubernetes();
  await part.admin.create('/apis/networking.k8s.io/v1/ingressclasses', {
    metadata: { name: 'nginx' },
    spec: { controller: 'k8s.io/ingress-nginx' },
  });
  return { part, front: await startKubeletFront(part), namespace: '' };
}

/** Stops the front, then the API server and its etcd. */
export async function stopKubernetesStage({ part, front }: KubernetesStage): Promise<void> {
  await front.stop();
  await part.stop();
}

/** What the service in muster.yaml says of the cluster; the token is an account's with read rights. */
export const clusterParams = ({ front, namespace }: KubernetesStage): Record<string, Json> => ({
  kubernetes_cluster: front.cluster,
  kubernetes_namespace: namespace,
});

/** A way to make a fault in a namespace of its own; what it leaves disturbs nobody. */
export const inNamespace =
  (make: (stage: KubernetesStage) => Promise<void>) =>
  async (stage: KubernetesStage): Promise<() => Promise<void>> => {
    stage.namespace = await stage.part.namespace();
    await make(stage);
    return async () => {};
  };
