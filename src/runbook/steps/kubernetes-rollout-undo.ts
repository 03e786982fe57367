import { z } from 'zod';
import { defineStep } from '../step.ts';
import { accepted, changeKube, notSent } from '../systems/kubernetes/change-kube.ts';
import { changeMessages } from '../systems/kubernetes/change-messages.ts';
import { countsOf } from '../systems/kubernetes/judge-workload.ts';
import { exampleCluster, KubeInput, KubeName, kubeTarget } from '../systems/kubernetes/kube-input.ts';
import type { PodTemplate, ReplicaSet } from '../systems/kubernetes/kube-objects.ts';
import { deploymentsIn, revisionOf, viewWorkload } from '../systems/kubernetes/workload-view.ts';

const input = z.strictObject({
  ...KubeInput,
  deployment: KubeName.describe('The Deployment to roll back'),
  to_revision: z.number().int().min(1).optional().describe('Default: the revision before the newest one'),
  even_if_well: z
    .boolean()
    .default(false)
    .describe('Without it a Deployment that is well again is left alone'),
});

/** Puts the pod template of an earlier revision back, as `kubectl rollout undo` does. */
export const kubernetesRolloutUndo = defineStep({
  name: 'kubernetes-rollout-undo',
  about:
    'Rolls one Deployment back to its previous or a named revision, as kubectl rollout undo does, if it is still unwell and has not been rolled back already. Needs the role muster-restart of deploy/kubernetes-rbac.yaml.',
  effect: 'change',
  input,
  example: { cluster: exampleCluster, namespace: 'shop', deployment: 'orders' },
  targets: ['cluster'],
  timeoutMs: 20_000,
  target: (input) => kubeTarget(input, `deployment/${input.deployment}`),
  preview: ({ namespace, deployment, to_revision }, language) =>
    changeMessages(language).undo.preview(deployment, namespace, to_revision),
  run: (input, context) => {
    const say = changeMessages(context.language);
    const { namespace, deployment: name, to_revision: wanted } = input;
    return changeKube(input, context, async (kube) => {
      const view = await viewWorkload(kube, namespace, name, context.now());
      if (view === null) return notSent(say.missing('Deployment', name, namespace));
      if (countsOf(view).healthy && !input.even_if_well) return notSent(say.wellAgain(name));
      const { deployment, replicaSets } = view;
      if (deployment.spec.paused) return notSent(say.paused(name));
      const [present, before] = replicaSets;
      const target = wanted === undefined ? before : replicaSets.find((set) => revisionOf(set) === wanted);
      if (present === undefined || target === undefined || target === present) {
        return notSent(say.undo.noRevision(name, wanted));
      }
      // A roll-back takes an old ReplicaSet into service again. Undoing that would bring back what was rolled back.
      if (wanted === undefined && bornAt(present) < bornAt(target)) {
        return notSent(say.undo.already(name, revisionOf(present)));
      }
      // Replacing the version with the one we looked at makes the API server refuse when it is another by now.
      const patch = [
        { op: 'replace', path: '/metadata/resourceVersion', value: deployment.metadata.resourceVersion },
        { op: 'replace', path: '/spec/template', value: templateOf(target) },
      ];
      await kube.patch(`${deploymentsIn(namespace)}/${name}`, patch, 'json');
      const [from, to] = [revisionOf(present), revisionOf(target)];
      const rows = [present, target].map((set) => [String(revisionOf(set)), imagesOf(set)]);
      return accepted(say.undo.done(name, from, to), { from, to }, { columns: say.undo.columns, rows });
    });
  },
});

const bornAt = ({ metadata }: ReplicaSet) => Date.parse(metadata.creationTimestamp ?? '') || 0;

const imagesOf = ({ spec }: ReplicaSet) =>
  spec.template.spec.containers.map(({ image }) => image ?? '').join(', ');

/** A ReplicaSet's pod template without the hash by which its Deployment tells its pods apart. */
function templateOf({ spec: { template } }: ReplicaSet): PodTemplate {
  const { 'pod-template-hash': _, ...labels } = template.metadata?.labels ?? {};
  return { ...template, metadata: { ...template.metadata, labels } };
}
