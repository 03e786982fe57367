import type { Language } from '../../../incident/words.ts';

const en = {
  columns: ['what', 'value'],
  schedule: 'schedule',
  suspend: 'suspended',
  lastSchedule: 'last scheduled',
  lastSuccess: 'last success',
  next: 'next',
  running: 'running',
  yes: 'yes',
  no: 'no',
  never: 'never',
  ago: (duration: string) => `${duration} ago`,
  invalid: (name: string, schedule: string, error: string) =>
    `CronJob ${name} has a schedule that cannot be read ("${schedule}": ${error}), so it never runs.`,
  neverDue: (name: string, schedule: string) =>
    `CronJob ${name} is never due: no date matches its schedule "${schedule}".`,
  suspended: (name: string, since: string | null) =>
    `CronJob ${name} is suspended, so it starts nothing${since === null ? ', and never has' : `; it last did ${since} ago`}.`,
  blocked: (name: string, job: string, since: string) =>
    `CronJob ${name} was due ${since} ago, but Job ${job} still runs and its concurrency policy forbids a second one.`,
  notScheduled: (name: string, due: string, last: string | null) =>
    `CronJob ${name} was due ${due} ago and was not started (last ${last === null ? 'never' : `${last} ago`}): the CronJob controller does not act, or its starting deadline passed.`,
  neverSucceeded: (name: string) => `CronJob ${name} has been started, but has never succeeded.`,
  notSucceeding: (name: string, runs: number, since: string) =>
    `CronJob ${name} has been due ${runs} time(s) since its last success ${since} ago, and its last Job failed.`,
  noJobLeft: (name: string, runs: number) =>
    `CronJob ${name} has been due ${runs} times without a success that it knows of, and no Job is left that says why.`,
  tooOld: (name: string, since: string, most: string) =>
    `CronJob ${name} last succeeded ${since} ago, which is more than ${most}.`,
  notYetDue: (name: string) => `CronJob ${name} has not been due yet.`,
  started: (name: string, since: string) =>
    `CronJob ${name} was first started ${since} ago; nothing has failed.`,
  healthy: (name: string, since: string) =>
    `CronJob ${name} runs as scheduled and last succeeded ${since} ago.`,
  missing: (name: string, namespace: string, others: string) =>
    `There is no CronJob ${name} in namespace ${namespace}${others === '' ? '' : `; there are ${others}`}: check the parameter, or whether it was deleted.`,
};
export type CronJobMessages = typeof en;

const ko: CronJobMessages = {
  columns: ['항목', '값'],
  schedule: '일정',
  suspend: '일시 중단',
  lastSchedule: '마지막 시작',
  lastSuccess: '마지막 성공',
  next: '다음 실행',
  running: '실행 중',
  yes: '예',
  no: '아니요',
  never: '없음',
  ago: (duration) => `${duration} 전`,
  invalid: (name, schedule, error) =>
    `크론잡(${name})의 일정을 해석할 수 없어("${schedule}": ${error}) 실행되지 않습니다.`,
  neverDue: (name, schedule) => `크론잡(${name})의 일정("${schedule}")에 맞는 날짜가 없어 실행되지 않습니다.`,
  suspended: (name, since) =>
    `크론잡(${name})이 일시 중단되어 아무것도 시작하지 않습니다${since === null ? '. 시작된 적도 없습니다' : `. 마지막 시작은 ${since} 전입니다`}.`,
  blocked: (name, job, since) =>
    `크론잡(${name})이 ${since} 전에 시작되어야 했지만, 잡(${job})이 아직 실행 중이고 동시 실행이 금지되어 있습니다.`,
  notScheduled: (name, due, last) =>
    `크론잡(${name})이 ${due} 전에 시작되어야 했지만 시작되지 않았습니다(마지막 시작: ${last === null ? '없음' : `${last} 전`}). 크론잡 컨트롤러가 동작하지 않거나 시작 기한이 지났습니다.`,
  neverSucceeded: (name) => `크론잡(${name})이 시작되었지만 성공한 적이 없습니다.`,
  notSucceeding: (name, runs, since) =>
    `크론잡(${name})이 ${since} 전 마지막 성공 이후 ${runs}회 시작되어야 했으나 마지막 잡이 실패했습니다.`,
  noJobLeft: (name, runs) =>
    `크론잡(${name})이 ${runs}회 시작되어야 했지만 성공 기록이 없고, 원인을 알려 줄 잡도 남아 있지 않습니다.`,
  tooOld: (name, since, most) =>
    `크론잡(${name})의 마지막 성공은 ${since} 전으로, 허용 기간(${most})을 넘겼습니다.`,
  notYetDue: (name) => `크론잡(${name})은 아직 시작할 때가 되지 않았습니다.`,
  started: (name, since) => `크론잡(${name})이 ${since} 전에 처음 시작되었으며, 실패한 잡은 없습니다.`,
  healthy: (name, since) => `크론잡(${name})이 일정대로 실행되고 있으며, 마지막 성공은 ${since} 전입니다.`,
  missing: (name, namespace, others) =>
    `네임스페이스(${namespace})에 크론잡(${name})이 없습니다${others === '' ? '' : `. 현재 있는 것: ${others}`}. 매개변수가 맞는지, 삭제되지 않았는지 확인하세요.`,
};

/** What is said of a CronJob, in the channel's language. */
export const cronJobMessages = (language: Language): CronJobMessages => (language === 'ko' ? ko : en);
