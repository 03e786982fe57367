import type { Kube } from './kube.ts';
import type { Deployment, LabelSelector, Meta, Pod, ReplicaSet } from './kube-objects.ts';
import { orNull } from './look-at-kube.ts';
import { type PodTrouble, troubleOf, worstTrouble } from './pod-trouble.ts';
import { hearPod, type PodWitness } from './pod-witness.ts';

/** A Deployment with what it owns; the newest ReplicaSet first, its pods first. */
export type WorkloadView = {
  deployment: Deployment;
  replicaSets: ReplicaSet[];
  pods: Pod[];
  trouble: PodTrouble | null;
  witness: PodWitness | null;
  /** When it was looked at, epoch milliseconds. */
  now: number;
};

/** Where Deployments of a namespace are. */
export const deploymentsIn = (namespace: string) => `/apis/apps/v1/namespaces/${namespace}/deployments`;

/** A Deployment's or ReplicaSet's revision, as `kubectl rollout history` counts; 0 where it has none yet. */
export const revisionOf = ({ metadata }: { metadata: Meta }): number =>
  Number(metadata.annotations?.['deployment.kubernetes.io/revision'] ?? 0);

/** A label selector as the API takes it in a query. */
export function selectorText({ matchLabels = {}, matchExpressions = [] }: LabelSelector): string {
  const equal = Object.entries(matchLabels).map(([key, value]) => `${key}=${value}`);
  const sets = matchExpressions.map(({ key, operator, values = [] }) => {
    if (operator === 'Exists') return key;
    if (operator === 'DoesNotExist') return `!${key}`;
    return `${key} ${operator === 'In' ? 'in' : 'notin'} (${values.join(',')})`;
  });
  return [...equal, ...sets].join(',');
}

/** The ReplicaSets that a Deployment owns, the newest revision first. Needs `list replicasets`. */
export async function replicaSetsOf(
  kube: Kube,
  namespace: string,
  deployment: Deployment,
): Promise<ReplicaSet[]> {
  const found = await kube.list<ReplicaSet>(`/apis/apps/v1/namespaces/${namespace}/replicasets`, {
    labelSelector: selectorText(deployment.spec.selector),
  });
  return found
    .filter((one) => ownedBy(one, deployment.metadata.uid))
    .sort((a, b) => revisionOf(b) - revisionOf(a));
}

/** True when the object belongs to the owner with that uid. */
export const ownedBy = ({ metadata }: { metadata: Meta }, uid: string | undefined): boolean =>
  (metadata.ownerReferences ?? []).some((owner) => owner.uid === uid);

/** Reads a Deployment, then what it owns, then what its worst pod says; null when there is no such Deployment. */
export async function viewWorkload(
  kube: Kube,
  namespace: string,
  name: string,
  now: number,
): Promise<WorkloadView | null> {
  const deployment = await orNull(kube.get<Deployment>(`${deploymentsIn(namespace)}/${name}`));
  if (deployment === null) return null;
  const [replicaSets, candidates] = await Promise.all([
    replicaSetsOf(kube, namespace, deployment),
    kube.list<Pod>(`/api/v1/namespaces/${namespace}/pods`, {
      labelSelector: selectorText(deployment.spec.selector),
    }),
  ]);
  const pods = replicaSets.flatMap((set) => candidates.filter((pod) => ownedBy(pod, set.metadata.uid)));
  // Pods that ended stay in the list until they are collected; their ReplicaSet has replaced them.
  const trouble = worstTrouble(
    pods.filter(({ status }) => status?.phase !== 'Failed').map((pod) => troubleOf(pod, now)),
  );
  const witness = trouble && (await hearPod(kube, namespace, trouble));
  return { deployment, replicaSets, pods, trouble, witness, now };
}
