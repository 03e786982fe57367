import { describe, expect, it } from 'vitest';
import type { Json } from '../../../src/runbook/step.ts';
import { kubernetesJob } from '../../../src/runbook/steps/kubernetes-job.ts';
import { hasKubernetes, kubernetesMissing } from '../../parts/kubernetes.ts';
import { jobStates, putJob } from '../../parts/kubernetes-jobs.ts';
import { minutesAgo, podStates, putService } from '../../parts/kubernetes-objects.ts';
import { useKubernetes } from '../../parts/use-kubernetes.ts';

describe.skipIf(!hasKubernetes)(`kubernetes-job on a real API server (${kubernetesMissing})`, () => {
  const kubernetes = useKubernetes();
  const look = (namespace: string, more: Record<string, Json> = {}, language: 'en' | 'ko' = 'en') =>
    kubernetes.run(kubernetesJob, 'reader', { namespace, job: 'saga', ...more }, language);
  const put = async (wanted: Partial<Parameters<typeof putJob>[2]> = {}) => {
    const namespace = await kubernetes.part.namespace();
    await putService(kubernetes.part, namespace, 'payment', 8080);
    await putJob(kubernetes.part, namespace, { name: 'saga', status: jobStates.failed(), ...wanted });
    return namespace;
  };
  const url = (value: string) => [{ name: 'PAYMENT_URL', value }];

  it('passes a Job that is complete, also after pods that failed', async () => {
    const namespace = await put({ status: jobStates.complete(), pods: [podStates.failed()] });
    expect(await look(namespace)).toMatchObject({ verdict: 'pass', facts: { state: 'complete' } });
    expect(await look(await put({ status: jobStates.running() }))).toMatchObject({ verdict: 'pass' });
  });

  it('says that the backoff limit is reached, and shows the last lines of the last pod', async () => {
    const namespace = await put({ env: url('http://payment:8080'), pods: [podStates.failed()] });
    kubernetes.front.log(`${namespace}/saga-0/app`, 'charging\nno stock left\n');
    const report = await look(namespace);
    expect(report, report.sentence).toMatchObject({
      verdict: 'fail',
      cause: 'job-backoff-limit-exceeded',
      facts: { state: 'failed', failed_pods: 4, calls_wrong: [], compensation: '' },
    });
    expect(report.sentence).toContain('pod saga-0 ended with exit code 1');
    const rows = report.evidence.rows.map((row) => row.join(': '));
    expect(rows).toContain('log of saga-0/app: no stock left');
    expect(rows).toContain('calls (PAYMENT_URL): http://payment:8080: the Service has that port');
  });

  it('says that the deadline passed', async () => {
    const report = await look(await put({ status: jobStates.failed('DeadlineExceeded', 0) }));
    expect(report).toMatchObject({ verdict: 'fail', cause: 'job-deadline-exceeded' });
  });

  it('names the host that no Service has, and the one that was meant', async () => {
    const namespace = await put({ env: url('http://paymnt:8080/charge') });
    const report = await look(namespace);
    expect(report, report.sentence).toMatchObject({
      verdict: 'fail',
      cause: 'job-calls-missing-service',
      facts: { calls_wrong: ['http://paymnt:8080'] },
    });
    expect(report.sentence).toContain('no Service paymnt (is payment meant?)');
    expect((await look(namespace, {}, 'ko')).sentence).toContain('혹시 payment인가요?');
  });

  it('names the port that the Service does not have, also from a ConfigMap', async () => {
    const namespace = await put({
      spec: {
        template: {
          spec: {
            restartPolicy: 'Never',
            containers: [{ name: 'app', image: 'a', envFrom: [{ configMapRef: { name: 'settings' } }] }],
          },
        },
      },
    });
    const data = { PAYMENT_HOST: 'payment', PAYMENT_PORT: '8081' };
    await kubernetes.part.put(namespace, {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'settings' },
      data,
    });
    const report = await look(namespace);
    expect(report, report.sentence).toMatchObject({ verdict: 'fail', cause: 'job-calls-wrong-port' });
    expect(report.sentence).toContain('it calls payment:8081, but Service payment has port 8080');
  });

  it('does not blame an address when the log speaks of something else', async () => {
    const namespace = await put({ env: url('http://tracing:4318'), pods: [podStates.failed()] });
    kubernetes.front.log(`${namespace}/saga-0/app`, 'invalid amount: -1\n');
    const report = await look(namespace);
    expect(report).toMatchObject({ verdict: 'fail', cause: 'job-backoff-limit-exceeded' });
    expect(report.sentence).toContain('its log does not speak of it');
  });

  it.each([
    ['never started', null, 'missing', 'compensation-did-not-run'],
    ['failed', jobStates.failed(), 'failed', 'compensation-did-not-run'],
    ['complete', jobStates.complete(), 'complete', 'job-backoff-limit-exceeded'],
  ])('compensation %s', async (_, status, state, cause) => {
    const namespace = await put();
    if (status) await putJob(kubernetes.part, namespace, { name: 'saga-undo', status });
    const report = await look(namespace, { compensation: 'saga-undo' });
    expect(report, report.sentence).toMatchObject({ verdict: 'fail', cause, facts: { compensation: state } });
  });

  it('does not take a compensation for one that ran before the Job began', async () => {
    const namespace = await kubernetes.part.namespace();
    await putJob(kubernetes.part, namespace, { name: 'saga-undo', status: jobStates.complete() });
    await putJob(kubernetes.part, namespace, {
      name: 'saga',
      status: { ...jobStates.failed(), startTime: minutesAgo(-1) },
    });
    const report = await look(namespace, { compensation: 'saga-undo' });
    expect(report).toMatchObject({ cause: 'compensation-did-not-run', facts: { compensation: 'older' } });
  });

  it('tells a Job that cannot go on from one that tries again', async () => {
    const stuck = await put({ status: jobStates.running(), pods: [podStates.withoutImage()] });
    expect(await look(stuck)).toMatchObject({ verdict: 'fail', cause: 'image-pull-failed' });
    const retrying = await put({ status: jobStates.running(2), pods: [podStates.failed()] });
    expect(await look(retrying)).toMatchObject({
      verdict: 'warn',
      sentence: expect.stringContaining('again'),
    });
  });

  it('looks at the newest re-run, and says when there is no Job of that name', async () => {
    const namespace = await put();
    const labels = { 'muster-rerun-of': 'saga' };
    await putJob(kubernetes.part, namespace, { name: 'saga-rerun-1', labels, status: jobStates.failed() });
    await putJob(kubernetes.part, namespace, { name: 'saga-rerun-2', labels, status: jobStates.complete() });
    expect(await look(namespace)).toMatchObject({
      verdict: 'pass',
      facts: { job: 'saga-rerun-2', reruns: 2 },
    });
    const report = await look(namespace, { job: 'sage' });
    expect(report).toMatchObject({ verdict: 'unknown', sentence: expect.stringContaining('there are saga') });
  });
});
