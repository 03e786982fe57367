import { describe, expect, it } from 'vitest';
import { loadRunbook } from '../../../src/runbook/file/load-runbooks.ts';
import { pinRunbook } from '../../../src/runbook/file/pin-runbook.ts';
import { catalogue } from '../../../src/runbook/registry.ts';
import type { Json } from '../../../src/runbook/step.ts';
import type { CronJob, Deployment } from '../../../src/runbook/systems/kubernetes/kube-objects.ts';
import { hasKubernetes, kubernetesMissing } from '../../parts/kubernetes.ts';
import { jobStates, putCronJob, putJob } from '../../parts/kubernetes-jobs.ts';
import { minutesAgo, podStates, putDeployment } from '../../parts/kubernetes-objects.ts';
import { useKubernetes } from '../../parts/use-kubernetes.ts';
import { createScene } from '../run/scene.ts';

describe.skipIf(!hasKubernetes)(`the shipped Kubernetes runbooks, played (${kubernetesMissing})`, () => {
  const kubernetes = useKubernetes();

  const sceneOf = async (name: string, namespace: string, params: Record<string, Json>) => {
    const { runbook } = await loadRunbook(`runbooks/${name}.yaml`, catalogue);
    const service = {
      kubernetes_cluster: kubernetes.front.cluster,
      kubernetes_namespace: namespace,
      ...params,
    };
    const pinned = pinRunbook(runbook!, catalogue, { service, labels: {}, language: 'en', url: null });
    const scene = createScene(pinned.steps, catalogue);
    scene.clock.now = Date.now();
    scene.jobDeps.secret = () => 'admin-token';
    const play = async () => {
      for (let jobs = scene.settle(); jobs.length > 0; jobs = scene.settle()) await scene.work(jobs);
      return Object.fromEntries(pinned.steps.map(({ id }) => [id, verdict(id)]));
    };
    const verdict = (id: string) => {
      const { phase } = scene.step(id);
      return phase.is === 'over' ? phase.report.verdict : phase.is;
    };
    return { ...scene, play, verdict };
  };

  it('a new revision does not come up: proposes the roll-back, does it once approved, and checks it', async () => {
    const namespace = await kubernetes.part.namespace();
    const pods = [podStates.withoutImage()];
    await putDeployment(kubernetes.part, namespace, { name: 'orders', pods, deadlineExceeded: true });
    const scene = await sceneOf('kubernetes-workload', namespace, { kubernetes_deployment: 'orders' });
    expect(await scene.play()).toMatchObject({
      workload: 'fail',
      undo: 'proposed',
      restart: 'skipped',
      scale: 'skipped',
    });
    scene.approve('undo');
    await scene.work(scene.settle());
    expect(scene.verdict('undo')).toBe('pass');
    const path = `/apis/apps/v1/namespaces/${namespace}/deployments/orders`;
    const { spec } = await kubernetes.part.admin.get<Deployment>(path);
    expect(spec.template.spec.containers[0]?.image).toBe('shop/app:1');
  });

  it('pods hang: proposes a restart; nothing runs: proposes replicas', async () => {
    const hanging = await kubernetes.part.namespace();
    const pods = [podStates.notReady()];
    await putDeployment(kubernetes.part, hanging, { name: 'orders', pods, before: [] });
    const params = { kubernetes_deployment: 'orders' };
    const first = await sceneOf('kubernetes-workload', hanging, params);
    // An hour after the roll-out, so that it is not to blame.
    first.clock.now += 2 * 3_600_000;
    expect(await first.play()).toMatchObject({ workload: 'fail', undo: 'skipped', restart: 'proposed' });
    const none = await kubernetes.part.namespace();
    await putDeployment(kubernetes.part, none, { name: 'orders', pods: [] });
    const second = await sceneOf('kubernetes-workload', none, params);
    expect(await second.play()).toMatchObject({ workload: 'warn', restart: 'skipped', scale: 'proposed' });
  });

  it('a Saga is not undone: proposes the compensation that failed, and not the Job', async () => {
    const namespace = await kubernetes.part.namespace();
    await putJob(kubernetes.part, namespace, { name: 'order-saga', status: jobStates.failed() });
    await putJob(kubernetes.part, namespace, { name: 'order-saga-undo', status: jobStates.failed() });
    const params = { saga_job: 'order-saga', saga_compensation: 'order-saga-undo' };
    const scene = await sceneOf('kubernetes-saga', namespace, params);
    expect(await scene.play()).toMatchObject({ job: 'fail', compensate: 'proposed', rerun: 'skipped' });
    scene.approve('compensate');
    await scene.work(scene.settle());
    expect(scene.verdict('compensate')).toBe('pass');
    const again = `/apis/batch/v1/namespaces/${namespace}/jobs/order-saga-undo-rerun-1/status`;
    await kubernetes.part.admin.patch(again, { status: jobStates.complete() }, 'merge');
    await scene.work(scene.settle());
    expect(scene.verdict('compensate-check')).toBe('pass');

    const next = await sceneOf('kubernetes-saga', namespace, params);
    expect(await next.play()).toMatchObject({ job: 'fail', compensate: 'skipped', rerun: 'proposed' });
  });

  it('a Job calls nobody: says so to people, and does not run it again', async () => {
    const namespace = await kubernetes.part.namespace();
    const env = [{ name: 'PAYMENT_URL', value: 'http://paymnt:8080' }];
    await putJob(kubernetes.part, namespace, { name: 'order-saga', status: jobStates.failed(), env });
    const scene = await sceneOf('kubernetes-saga', namespace, { saga_job: 'order-saga' });
    const played = await scene.play();
    expect(played).toMatchObject({ job: 'fail', rerun: 'skipped', compensate: 'skipped' });
    expect(played.correct).not.toBe('skipped');
  });

  it('a CronJob is suspended: resumes it once approved, and the check is satisfied', async () => {
    const namespace = await kubernetes.part.namespace();
    const status = { lastScheduleTime: minutesAgo(90), lastSuccessfulTime: minutesAgo(89) };
    await putCronJob(kubernetes.part, namespace, { name: 'report', suspend: true, status });
    const scene = await sceneOf('kubernetes-cronjob', namespace, { kubernetes_cronjob: 'report' });
    expect(await scene.play()).toMatchObject({ cronjob: 'fail', resume: 'proposed' });
    scene.approve('resume');
    await scene.work(scene.settle());
    expect(await scene.play()).toMatchObject({ resume: 'pass', 'resume-check': 'pass' });
    const path = `/apis/batch/v1/namespaces/${namespace}/cronjobs/report`;
    expect((await kubernetes.part.admin.get<CronJob>(path)).spec.suspend).toBe(false);
  });
});
