import type { Kube } from '../kubernetes/kube.ts';
import type { Condition, Deployment, ReplicaSet } from '../kubernetes/kube-objects.ts';
import { deploymentsIn, replicaSetsOf, revisionOf } from '../kubernetes/workload-view.ts';
import type { Deploy } from './deploy.ts';

/** How many revisions of one Deployment are told. */
const maxRevisions = 10;

/**
 * The rollouts that a Deployment's ReplicaSets remember. A ReplicaSet that an undo brought back keeps the time of its birth, so
 * that a rollout to it counts from when the Deployment last progressed. Needs `get deployments` and `list replicasets`.
 */
export async function kubernetesDeploys(kube: Kube, namespace: string, name: string): Promise<Deploy[]> {
  const deployment = await kube.get<Deployment>(`${deploymentsIn(namespace)}/${name}`);
  const sets = (await replicaSetsOf(kube, namespace, deployment)).slice(0, maxRevisions);
  return sets.flatMap((set, index) => {
    const before = sets[index + 1];
    const again = index === 0 && before !== undefined && bornAt(before) > bornAt(set);
    const at = again ? lastProgress(deployment) : bornAt(set);
    if (at === null) return [];
    const what = `${name} revision ${revisionOf(set)}${again ? ' (undo)' : ''}, ${imagesFrom(before, set)}`;
    return [{ source: 'kubernetes' as const, what, at, schema: null }];
  });
}

const bornAt = ({ metadata }: ReplicaSet): number => Date.parse(metadata.creationTimestamp ?? '') || 0;

function lastProgress({ status }: Deployment): number | null {
  const conditions = (status?.conditions ?? []) as (Condition & { lastUpdateTime?: string })[];
  const progress = conditions.find(({ type }) => type === 'Progressing');
  return Date.parse(progress?.lastUpdateTime ?? progress?.lastTransitionTime ?? '') || null;
}

/** The images that changed between two revisions; all of them where none did, which is a restart or other settings. */
function imagesFrom(before: ReplicaSet | undefined, after: ReplicaSet): string {
  const old = imagesOf(before);
  const all = [...imagesOf(after)];
  const changed = all.filter(([container, image]) => old.get(container) !== image);
  return (changed.length > 0 ? changed : all)
    .map(([container, image]) => (old.has(container) ? `${old.get(container)} → ${image}` : image))
    .join(', ');
}

const imagesOf = (set: ReplicaSet | undefined): Map<string, string> =>
  new Map((set?.spec.template.spec.containers ?? []).map(({ name, image = '' }) => [name, image]));
