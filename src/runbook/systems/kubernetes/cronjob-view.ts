import { readSchedule, type Schedule } from './cron-schedule.ts';
import { type JobView, jobsIn, stateOf, viewJob } from './job-view.ts';
import type { Kube } from './kube.ts';
import type { CronJob, Job } from './kube-objects.ts';
import { orNull } from './look-at-kube.ts';
import { ownedBy } from './workload-view.ts';

/** The annotation that says when Muster resumed a CronJob: what was due before counts for nothing. */
export const resumedAnnotation = 'muster-resumed-at';

/** A CronJob, its schedule, its Jobs (newest first), and the newest of them when that one failed. */
export type CronJobView = {
  cronJob: CronJob;
  schedule: Schedule | { error: string };
  jobs: Job[];
  failed: JobView | null;
};

/** Where CronJobs of a namespace are. */
export const cronJobsIn = (namespace: string) => `/apis/batch/v1/namespaces/${namespace}/cronjobs`;

/** Reads a CronJob and its Jobs; null when there is none of that name. Needs `get cronjobs` and `list jobs`. */
export async function viewCronJob(
  kube: Kube,
  namespace: string,
  name: string,
  now: number,
): Promise<CronJobView | null> {
  const cronJob = await orNull(kube.get<CronJob>(`${cronJobsIn(namespace)}/${name}`));
  if (cronJob === null) return null;
  const { metadata, spec } = cronJob;
  const [schedule, found] = await Promise.all([
    readSchedule(spec.schedule, spec.timeZone, Date.parse(metadata.creationTimestamp ?? '') || 0),
    kube.list<Job>(jobsIn(namespace)),
  ]);
  const started = (job: Job) =>
    Date.parse(job.status?.startTime ?? job.metadata.creationTimestamp ?? '') || 0;
  const jobs = found.filter((job) => ownedBy(job, metadata.uid)).sort((a, b) => started(b) - started(a));
  const newest = jobs.find((job) => stateOf(job) !== 'running');
  const failed =
    newest && stateOf(newest) === 'failed'
      ? await viewJob(kube, namespace, { job: newest.metadata.name }, now)
      : null;
  return { cronJob, schedule, jobs, failed };
}
