import { z } from 'zod';
import { defineStep } from '../step.ts';
import { accepted, changeKube, notSent } from '../systems/kubernetes/change-kube.ts';
import { changeMessages } from '../systems/kubernetes/change-messages.ts';
import { jobsIn, rerunLabel, rerunNumber, runsOf, stateOf } from '../systems/kubernetes/job-view.ts';
import { exampleCluster, KubeInput, KubeName, kubeTarget } from '../systems/kubernetes/kube-input.ts';
import type { Job } from '../systems/kubernetes/kube-objects.ts';

const input = z.strictObject({ ...KubeInput, job: KubeName.describe('The Job that failed') });

/** Runs a Job that failed once more, as a copy of it, so that the one that failed stays as evidence. */
export const kubernetesRerunJob = defineStep({
  name: 'kubernetes-rerun-job',
  about:
    'Creates a copy of one Job that failed, if neither it nor a re-run of it is complete or still running. Needs the role muster-rerun of deploy/kubernetes-rbac.yaml.',
  effect: 'change',
  input,
  example: { cluster: exampleCluster, namespace: 'shop', job: 'order-saga' },
  targets: ['cluster'],
  timeoutMs: 20_000,
  target: (input) => kubeTarget(input, `job/${input.job}`),
  preview: ({ namespace, job }, language) => changeMessages(language).rerun.preview(job, namespace),
  run: (input, context) => {
    const say = changeMessages(context.language);
    const { namespace, job: name } = input;
    return changeKube(input, context, async (kube) => {
      const { runs } = await runsOf(kube, namespace, name);
      const [newest] = runs;
      if (newest === undefined) return notSent(say.missing('Job', name, namespace));
      const state = stateOf(newest);
      if (state === 'complete') return notSent(say.rerun.complete(newest.metadata.name));
      if (state !== 'failed') return notSent(say.rerun.running(newest.metadata.name), 'warn');
      // The number is part of the name, so that of two who try at the same time one is told that it is there already.
      const number = Math.max(...runs.map(rerunNumber)) + 1;
      const copy = copyOf(newest, name, number);
      await kube.create<Job>(jobsIn(namespace), copy);
      return accepted(say.rerun.done(name, copy.metadata.name), { job: copy.metadata.name });
    });
  },
});

/** A Job's name is also a label of its pods, of at most 63 characters. */
const longest = 63;

const generated = /^(controller-uid|job-name|batch\.kubernetes\.io\/.*)$/;
const without = (record: Record<string, string> = {}, pattern: RegExp) =>
  Object.fromEntries(Object.entries(record).filter(([key]) => !pattern.test(key)));

/** A Job with the same work, without what the controller and earlier runs wrote into it. */
export function copyOf({ metadata, spec }: Job, original: string, number: number) {
  const suffix = `-rerun-${number}`;
  const { selector: _, manualSelector: __, suspend: ___, template, ...rest } = spec;
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: {
      name: `${original.slice(0, longest - suffix.length)}${suffix}`,
      labels: { ...without(metadata.labels, generated), [rerunLabel]: original.slice(0, longest) },
      annotations: without(metadata.annotations, /^(kubectl|batch)\.kubernetes\.io\//),
    },
    spec: {
      ...rest,
      template: {
        ...template,
        metadata: { ...template.metadata, labels: without(template.metadata?.labels, generated) },
      },
    },
  };
}
