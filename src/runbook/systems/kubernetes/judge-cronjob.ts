import type { Language } from '../../../incident/words.ts';
import { formatDuration } from '../../../kit/duration.ts';
import type { StepResult } from '../../step.ts';
import { cronJobMessages } from './cronjob-messages.ts';
import { type CronJobView, resumedAnnotation } from './cronjob-view.ts';
import { type Finding, resultOf } from './finding.ts';
import { stateOf } from './job-view.ts';
import { judgeJob } from './judge-job.ts';

/** The controller looks every ten seconds; a run that is due for less than this is not late. In milliseconds. */
const graceMs = 90_000;

/** What a CronJob's history comes to at a moment. */
function historyOf({ cronJob, schedule, jobs }: CronJobView, now: number) {
  const { metadata, status = {} } = cronJob;
  const at = (text: string | undefined) => Date.parse(text ?? '') || 0;
  const lastSchedule = at(status.lastScheduleTime);
  const lastSuccess = at(status.lastSuccessfulTime);
  const running = status.active ?? [];
  const resumed = at(metadata.annotations?.[resumedAnnotation]);
  // What was due before it existed, or while it was suspended, was not missed.
  const from = (instant: number) => Math.max(instant || at(metadata.creationTimestamp), resumed);
  const since = jobs.filter(
    (job) => at(job.status?.startTime ?? job.metadata.creationTimestamp) > lastSuccess,
  );
  const read = 'error' in schedule ? null : schedule;
  return {
    lastSchedule,
    lastSuccess,
    running,
    next: read?.next(now) ?? null,
    /** The newest due time that should have been scheduled and was not. */
    due: read?.last(from(lastSchedule) + 1, now - graceMs) ?? null,
    /** How often it has been due since its last success, the run that is under way not counted. */
    without: read?.count(from(lastSuccess), lastSchedule - (running.length > 0 ? 1 : 0)) ?? 0,
    failures: since.filter((job) => stateOf(job) === 'failed').length,
  };
}

/** Turns a CronJob's view into verdict, sentence, evidence and facts. Pure: the same view always gives the same result. */
export function judgeCronJob(
  view: CronJobView,
  now: number,
  successWithin: number | null,
  language: Language,
): StepResult {
  const say = cronJobMessages(language);
  const { cronJob, jobs, failed } = view;
  const { lastSchedule, lastSuccess, next, without, failures, running } = historyOf(view, now);
  const ago = (instant: number) =>
    instant === 0 ? say.never : say.ago(formatDuration(Math.max(0, now - instant)));
  const rows = [
    [say.schedule, `${cronJob.spec.schedule} ${cronJob.spec.timeZone ?? ''}`.trim()],
    [say.suspend, cronJob.spec.suspend ? say.yes : say.no],
    [say.lastSchedule, ago(lastSchedule)],
    [say.lastSuccess, ago(lastSuccess)],
    [say.next, next === null ? say.never : new Date(next).toISOString().replace(/:\d\d\.\d+Z$/, 'Z')],
    ...(running.length > 0 ? [[say.running, running.map(({ name }) => name).join(', ')]] : []),
    ...jobs.slice(0, 3).map((job) => [`Job ${job.metadata.name}`, stateOf(job)]),
    ...(failed ? judgeJob(failed, language).evidence.rows : []),
  ];
  return resultOf(findingsOf(view, now, successWithin, language), {
    evidence: { columns: say.columns, rows },
    facts: {
      suspended: cronJob.spec.suspend ?? false,
      last_success_seconds: lastSuccess === 0 ? -1 : Math.round((now - lastSuccess) / 1000),
      last_schedule_seconds: lastSchedule === 0 ? -1 : Math.round((now - lastSchedule) / 1000),
      runs_without_success: Math.max(without, failures),
      job: failed?.job.metadata.name ?? '',
    },
  });
}

function findingsOf(
  view: CronJobView,
  now: number,
  successWithin: number | null,
  language: Language,
): Finding[] {
  const say = cronJobMessages(language);
  const { cronJob, schedule, failed } = view;
  const { name } = cronJob.metadata;
  const { lastSchedule, lastSuccess, due, next, without, failures, running } = historyOf(view, now);
  const since = (instant: number) => formatDuration(Math.max(0, now - instant));
  const findings: Finding[] = [];
  const fail = (cause: string, sentence: string) => findings.push({ verdict: 'fail', sentence, cause });

  if ('error' in schedule) {
    fail('cronjob-schedule-invalid', say.invalid(name, cronJob.spec.schedule, schedule.error));
  } else if (next === null) fail('cronjob-never-due', say.neverDue(name, cronJob.spec.schedule));
  if (cronJob.spec.suspend) {
    fail('cronjob-suspended', say.suspended(name, lastSchedule === 0 ? null : since(lastSchedule)));
  } else if (due !== null) {
    const [blocking] = running;
    if (cronJob.spec.concurrencyPolicy === 'Forbid' && blocking) {
      fail('cronjob-blocked-by-running-job', say.blocked(name, blocking.name, since(due)));
    } else {
      fail(
        'cronjob-not-scheduled',
        say.notScheduled(name, since(due), lastSchedule === 0 ? null : since(lastSchedule)),
      );
    }
  }
  // Old Jobs are collected, so one that failed may stand for several; without any, nobody knows what became of the runs.
  const runs = Math.max(without, failures);
  const why = failed === null ? '' : ` ${judgeJob(failed, language).sentence}`;
  const hurt = failures > 0 && failed !== null;
  if (lastSuccess === 0 && hurt) fail('cronjob-never-succeeded', `${say.neverSucceeded(name)}${why}`);
  else if (hurt && runs > 1) {
    fail('cronjob-not-succeeding', `${say.notSucceeding(name, runs, since(lastSuccess))}${why}`);
  } else if (hurt) {
    findings.push({ verdict: 'warn', sentence: `${say.notSucceeding(name, 1, since(lastSuccess))}${why}` });
  } else if (runs > 1) findings.push({ verdict: 'warn', sentence: say.noJobLeft(name, runs) });
  if (successWithin !== null && lastSuccess !== 0 && now - lastSuccess > successWithin) {
    fail('cronjob-success-too-old', say.tooOld(name, since(lastSuccess), formatDuration(successWithin)));
  }
  const first = lastSchedule === 0 ? say.notYetDue(name) : say.started(name, since(lastSchedule));
  const pass = lastSuccess === 0 ? first : say.healthy(name, since(lastSuccess));
  findings.push({ verdict: 'pass', sentence: pass });
  return findings;
}
