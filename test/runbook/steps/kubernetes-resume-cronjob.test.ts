import { describe, expect, it } from 'vitest';
import { kubernetesCronjob } from '../../../src/runbook/steps/kubernetes-cronjob.ts';
import { kubernetesResumeCronjob } from '../../../src/runbook/steps/kubernetes-resume-cronjob.ts';
import type { CronJob } from '../../../src/runbook/systems/kubernetes/kube-objects.ts';
import { hasKubernetes, kubernetesMissing } from '../../parts/kubernetes.ts';
import { putCronJob } from '../../parts/kubernetes-jobs.ts';
import { minutesAgo } from '../../parts/kubernetes-objects.ts';
import { useKubernetes } from '../../parts/use-kubernetes.ts';

describe.skipIf(!hasKubernetes)(
  `kubernetes-resume-cronjob on a real API server (${kubernetesMissing})`,
  () => {
    const kubernetes = useKubernetes();

    it('resumes once, and the check does not hold the missed runs against it', async () => {
      const { part } = kubernetes;
      const namespace = await part.namespace();
      const status = { lastScheduleTime: minutesAgo(60), lastSuccessfulTime: minutesAgo(59) };
      await putCronJob(part, namespace, { name: 'snapshot', schedule: '*/5 * * * *', suspend: true, status });
      const input = { namespace, cronjob: 'snapshot' };
      expect(await kubernetes.run(kubernetesCronjob, 'reader', input)).toMatchObject({
        cause: 'cronjob-suspended',
      });

      const report = await kubernetes.run(kubernetesResumeCronjob, 'resumer', input);
      expect(report, report.sentence).toMatchObject({ verdict: 'pass' });
      const path = `/apis/batch/v1/namespaces/${namespace}/cronjobs/snapshot`;
      expect((await part.admin.get<CronJob>(path)).spec.suspend).toBe(false);
      expect(await kubernetes.run(kubernetesCronjob, 'reader', input)).toMatchObject({ verdict: 'pass' });

      expect(await kubernetes.run(kubernetesResumeCronjob, 'resumer', input)).toMatchObject({
        verdict: 'warn',
        sentence: expect.stringContaining('is not suspended'),
      });
    });

    it('says that nothing was changed when there is no such CronJob', async () => {
      const namespace = await kubernetes.part.namespace();
      const report = await kubernetes.run(kubernetesResumeCronjob, 'resumer', {
        namespace,
        cronjob: 'snapshot',
      });
      expect(report).toMatchObject({
        verdict: 'fail',
        sentence: expect.stringContaining('has no CronJob snapshot'),
      });
    });
  },
);
