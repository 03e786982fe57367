import { describe, expect, it } from 'vitest';
import { copyOf, kubernetesRerunJob } from '../../../src/runbook/steps/kubernetes-rerun-job.ts';
import type { Job } from '../../../src/runbook/systems/kubernetes/kube-objects.ts';
import { hasKubernetes, kubernetesMissing } from '../../parts/kubernetes.ts';
import { jobStates, putJob } from '../../parts/kubernetes-jobs.ts';
import { useKubernetes } from '../../parts/use-kubernetes.ts';

describe.skipIf(!hasKubernetes)(`kubernetes-rerun-job on a real API server (${kubernetesMissing})`, () => {
  const kubernetes = useKubernetes();
  const put = async (status: object, name = 'saga') => {
    const { part } = kubernetes;
    const namespace = await part.namespace();
    const env = [{ name: 'PAYMENT_URL', value: 'http://payment:8080' }];
    await putJob(part, namespace, { name, status, env, labels: { app: 'saga' } });
    const jobs = `/apis/batch/v1/namespaces/${namespace}/jobs`;
    return {
      jobs,
      rerun: () => kubernetes.run(kubernetesRerunJob, 'rerunner', { namespace, job: name }),
      names: async () => (await part.admin.list<Job>(jobs)).map(({ metadata }) => metadata.name),
    };
  };

  it('creates one copy with the same work, and none while that runs', async () => {
    const { jobs, rerun, names } = await put(jobStates.failed());
    const report = await rerun();
    expect(report, report.sentence).toMatchObject({ verdict: 'pass', facts: { job: 'saga-rerun-1' } });
    const [old, made] = await Promise.all(
      ['saga', 'saga-rerun-1'].map((name) => kubernetes.part.admin.get<Job>(`${jobs}/${name}`)),
    );
    expect(made!.spec.template.spec).toEqual(old!.spec.template.spec);
    expect(made!.spec.selector).not.toEqual(old!.spec.selector);
    expect(made!.metadata.labels).toMatchObject({ app: 'saga', 'muster-rerun-of': 'saga' });

    expect(await rerun()).toMatchObject({
      verdict: 'warn',
      sentence: expect.stringContaining('has not ended'),
    });
    expect(await names()).toEqual(['saga', 'saga-rerun-1']);

    await kubernetes.part.admin.patch(`${jobs}/saga-rerun-1/status`, { status: jobStates.failed() }, 'merge');
    expect(await rerun()).toMatchObject({ verdict: 'pass', facts: { job: 'saga-rerun-2' } });
    await kubernetes.part.admin.patch(
      `${jobs}/saga-rerun-2/status`,
      { status: jobStates.complete() },
      'merge',
    );
    expect(await rerun()).toMatchObject({
      verdict: 'fail',
      sentence: expect.stringContaining('is complete'),
    });
  });

  it('runs at the same time and still makes one', async () => {
    const { rerun, names } = await put(jobStates.failed());
    const reports = await Promise.all([rerun(), rerun(), rerun()]);
    expect(reports.map(({ verdict }) => verdict).sort()).toEqual(['pass', 'warn', 'warn']);
    expect(await names()).toEqual(['saga', 'saga-rerun-1']);
  });

  it('copes with the longest name', async () => {
    const { rerun } = await put(jobStates.failed(), 's'.repeat(63));
    expect(await rerun()).toMatchObject({ verdict: 'pass', facts: { job: `${'s'.repeat(55)}-rerun-1` } });
  });
});

it('copies a Job without what its controller, its CronJob and kubectl wrote into it', () => {
  const template = { metadata: { labels: { app: 'saga', 'controller-uid': 'u' } }, spec: { containers: [] } };
  const job: Job = {
    metadata: {
      name: 'saga',
      uid: 'u',
      labels: { app: 'saga', 'job-name': 'saga', 'batch.kubernetes.io/controller-uid': 'u' },
      annotations: { owner: 'shop', 'kubectl.kubernetes.io/last-applied-configuration': '{}' },
      ownerReferences: [{ kind: 'CronJob', name: 'nightly', uid: 'c' }],
    },
    spec: {
      backoffLimit: 2,
      suspend: false,
      manualSelector: true,
      selector: { matchLabels: { a: 'b' } },
      template,
    },
    status: { failed: 3 },
  };
  expect(copyOf(job, 'saga', 1)).toEqual({
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: {
      name: 'saga-rerun-1',
      labels: { app: 'saga', 'muster-rerun-of': 'saga' },
      annotations: { owner: 'shop' },
    },
    spec: { backoffLimit: 2, template: { metadata: { labels: { app: 'saga' } }, spec: { containers: [] } } },
  });
});
