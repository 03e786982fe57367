import { describe, expect, it } from 'vitest';
import type { Json } from '../../../src/runbook/step.ts';
import { kubernetesCronjob } from '../../../src/runbook/steps/kubernetes-cronjob.ts';
import { hasKubernetes, kubernetesMissing } from '../../parts/kubernetes.ts';
import { jobStates, putCronJob, putJob } from '../../parts/kubernetes-jobs.ts';
import { minutesAgo } from '../../parts/kubernetes-objects.ts';
import { useKubernetes } from '../../parts/use-kubernetes.ts';

describe.skipIf(!hasKubernetes)(`kubernetes-cronjob on a real API server (${kubernetesMissing})`, () => {
  const kubernetes = useKubernetes();
  const look = (namespace: string, more: Record<string, Json> = {}, language: 'en' | 'ko' = 'en') =>
    kubernetes.run(kubernetesCronjob, 'reader', { namespace, cronjob: 'snapshot', ...more }, language);
  const put = async (wanted: Partial<Parameters<typeof putCronJob>[2]> = {}) => {
    const namespace = await kubernetes.part.namespace();
    const made = await putCronJob(kubernetes.part, namespace, { name: 'snapshot', ...wanted });
    return { namespace, made };
  };
  const everyFiveMinutes = '*/5 * * * *';
  const recently = { lastScheduleTime: minutesAgo(2), lastSuccessfulTime: minutesAgo(1) };

  it('passes one that runs as scheduled, and one that has not been due yet', async () => {
    const { namespace } = await put({ status: recently });
    expect(await look(namespace)).toMatchObject({ verdict: 'pass', facts: { suspended: false } });
    expect(await look((await put()).namespace)).toMatchObject({ verdict: 'pass' });
  });

  it('says that it is suspended', async () => {
    const { namespace } = await put({ suspend: true, status: recently });
    const report = await look(namespace);
    expect(report, report.sentence).toMatchObject({ verdict: 'fail', cause: 'cronjob-suspended' });
    expect(report.sentence).toContain('it last did 2m');
    expect((await look(namespace, {}, 'ko')).sentence).toContain('일시 중단되어');
  });

  it('says that no date matches', async () => {
    const { namespace } = await put({ schedule: '0 0 31 2 *' });
    expect(await look(namespace)).toMatchObject({ verdict: 'fail', cause: 'cronjob-never-due' });
  });

  it('says that a run that was due was not started, and what blocks it', async () => {
    const old = { lastScheduleTime: minutesAgo(20), lastSuccessfulTime: minutesAgo(19) };
    const since = { schedule: everyFiveMinutes };
    const { namespace } = await put({ ...since, status: old });
    expect(await look(namespace)).toMatchObject({ verdict: 'fail', cause: 'cronjob-not-scheduled' });
    const active = [{ kind: 'Job', namespace, name: 'snapshot-1' }];
    const blocked = await put({ ...since, concurrencyPolicy: 'Forbid', status: { ...old, active } });
    const report = await look(blocked.namespace);
    const resumed = await put({ ...since, annotations: { 'muster-resumed-at': minutesAgo(0) }, status: old });
    expect(await look(resumed.namespace)).toMatchObject({ verdict: 'pass' });
    expect(report).toMatchObject({ verdict: 'fail', cause: 'cronjob-blocked-by-running-job' });
    expect(report.sentence).toContain('Job snapshot-1 still runs');
  });

  it('says that it has never succeeded, and why its last Job failed', async () => {
    const { namespace, made } = await put({ status: { lastScheduleTime: minutesAgo(2) } });
    await putJob(kubernetes.part, namespace, {
      name: 'snapshot-1',
      owner: made,
      status: jobStates.failed(),
      env: [{ name: 'STORE_URL', value: 'http://event-store:2113' }],
    });
    const report = await look(namespace);
    expect(report, report.sentence).toMatchObject({ verdict: 'fail', cause: 'cronjob-never-succeeded' });
    expect(report.sentence).toContain('no Service event-store');
  });

  it('warns of one Job that failed since the last success, and fails after two runs', async () => {
    const due = Math.floor(Date.now() / 300_000) * 300_000;
    const instant = (minutes: number) => new Date(due - minutes * 60_000).toISOString();
    const runs = async (lastSuccess: number) => {
      const status = { lastScheduleTime: instant(0), lastSuccessfulTime: instant(lastSuccess) };
      const { namespace, made } = await put({ schedule: everyFiveMinutes, status });
      const failed = { ...jobStates.failed(), startTime: instant(0) };
      await putJob(kubernetes.part, namespace, { name: 'snapshot-1', owner: made, status: failed });
      return look(namespace);
    };
    const one = await runs(4);
    expect(one, one.sentence).toMatchObject({ verdict: 'warn', facts: { runs_without_success: 1 } });
    const four = await runs(16);
    expect(four, four.sentence).toMatchObject({
      verdict: 'fail',
      cause: 'cronjob-not-succeeding',
      facts: { runs_without_success: 4 },
    });
  });

  it('holds the age of the last success against what is wanted', async () => {
    const { namespace } = await put({ status: recently });
    expect(await look(namespace, { success_within: '30s' })).toMatchObject({
      cause: 'cronjob-success-too-old',
    });
  });

  it('says when there is no CronJob of that name', async () => {
    const { namespace } = await put();
    expect(await look(namespace, { cronjob: 'snapshots' })).toMatchObject({ verdict: 'unknown' });
  });
});
