import { z } from 'zod';
import { defineStep } from '../step.ts';
import { accepted, changeKube, notSent } from '../systems/kubernetes/change-kube.ts';
import { changeMessages } from '../systems/kubernetes/change-messages.ts';
import { cronJobsIn, resumedAnnotation } from '../systems/kubernetes/cronjob-view.ts';
import { exampleCluster, KubeInput, KubeName, kubeTarget } from '../systems/kubernetes/kube-input.ts';
import type { CronJob } from '../systems/kubernetes/kube-objects.ts';
import { orNull } from '../systems/kubernetes/look-at-kube.ts';

const input = z.strictObject({ ...KubeInput, cronjob: KubeName.describe('The CronJob that is suspended') });

/** Lets a suspended CronJob start Jobs again. */
export const kubernetesResumeCronjob = defineStep({
  name: 'kubernetes-resume-cronjob',
  about:
    'Sets spec.suspend of one CronJob to false, if it is still suspended. Needs the role muster-resume of deploy/kubernetes-rbac.yaml.',
  effect: 'change',
  input,
  example: { cluster: exampleCluster, namespace: 'shop', cronjob: 'event-snapshot' },
  targets: ['cluster'],
  timeoutMs: 20_000,
  target: (input) => kubeTarget(input, `cronjob/${input.cronjob}`),
  preview: ({ namespace, cronjob }, language) => changeMessages(language).resume.preview(cronjob, namespace),
  run: (input, context) => {
    const say = changeMessages(context.language);
    const { namespace, cronjob: name } = input;
    return changeKube(input, context, async (kube) => {
      const path = `${cronJobsIn(namespace)}/${name}`;
      const cronJob = await orNull(kube.get<CronJob>(path));
      if (cronJob === null) return notSent(say.missing('CronJob', name, namespace));
      if (!cronJob.spec.suspend) return notSent(say.resume.already(name), 'warn');
      const annotations = { [resumedAnnotation]: new Date(context.now()).toISOString() };
      const { resourceVersion } = cronJob.metadata;
      await kube.patch(
        path,
        { metadata: { resourceVersion, annotations }, spec: { suspend: false } },
        'merge',
      );
      return accepted(say.resume.done(name, cronJob.spec.schedule), {});
    });
  },
});
