import type { Language } from '../../../incident/words.ts';
import type { CompensationState } from './judge-job.ts';

type State = 'failed' | 'complete' | 'suspended' | 'running';

const en = {
  columns: ['object', 'says'],
  job: (name: string) => `Job ${name}`,
  pod: (name: string) => `Pod ${name}`,
  calls: (source: string) => `calls (${source})`,
  states: { failed: 'failed', complete: 'complete', suspended: 'suspended', running: 'running' } as Record<
    State,
    string
  >,
  reasons: {
    BackoffLimitExceeded: 'its backoff limit is reached',
    DeadlineExceeded: 'it ran past its deadline',
    PodFailurePolicy: 'its pod failure policy ended it',
  } as Record<string, string>,
  pods: (active: number, succeeded: number, failed: number) =>
    `pods: ${active} active, ${succeeded} succeeded, ${failed} failed`,
  failed: (name: string, reason: string, pods: number) =>
    `Job ${name} failed${reason === '' ? '' : `: ${reason}`}${pods > 0 ? ` after ${pods} pod(s)` : ''}`,
  because: (head: string, why: string) => `${head}; ${why}.`,
  plain: (head: string) => `${head}.`,
  doubt: (call: string) => `its log does not speak of it, but ${call}`,
  exit: (pod: string, code: number) => `pod ${pod} ended with exit code ${code}, its last log lines say why`,
  noService: (shown: string, service: string, namespace: string, meant: string | null) =>
    `it calls ${shown}, but namespace ${namespace} has no Service ${service}${meant === null ? '' : ` (is ${meant} meant?)`}`,
  noPort: (shown: string, service: string, ports: string) =>
    `it calls ${shown}, but Service ${service} has port ${ports === '' ? 'none' : ports}`,
  noEndpoint: (shown: string, service: string) =>
    `it calls ${shown}, but Service ${service} has no ready endpoint, so nobody answers`,
  right: (shown: string) => `${shown}: the Service has that port`,
  notChecked: (shown: string, why: string) => `${shown}: not checked, missing ${why}`,
  compensation: {
    complete: 'compensation: complete',
    running: 'compensation: running',
    suspended: 'compensation: suspended',
    failed: 'compensation: failed',
    missing: 'compensation: was never started',
    older: 'compensation: last ran before this Job began',
  } as Record<CompensationState, string>,
  undone: {
    complete: (name) => `Its compensation ${name} has run.`,
    running: (name) => `Its compensation ${name} is running.`,
    suspended: (name) => `Its compensation ${name} is suspended, so what was done is not undone.`,
    failed: (name) => `Its compensation ${name} failed too, so what was done is not undone.`,
    missing: (name) => `Its compensation ${name} did not run, so what was done is not undone.`,
    older: (name) => `Its compensation ${name} has not run since, so what was done is not undone.`,
  } as Record<CompensationState, (name: string) => string>,
  stuck: (name: string, why: string) => `Job ${name} cannot go on: ${why}.`,
  retrying: (name: string, failed: number, limit: number, call: string) =>
    `Job ${name} is trying again: ${failed} pod(s) failed, it gives up after ${limit + 1}${call === '' ? '' : `; ${call}`}.`,
  running: (name: string) => `Job ${name} is running, no pod of it has failed.`,
  complete: (name: string) => `Job ${name} is complete.`,
  suspended: (name: string) => `Job ${name} is suspended, so nothing of it runs.`,
  stillRunning: (name: string) => `Job ${name} has not ended yet.`,
  missing: (name: string, namespace: string, others: string) =>
    `There is no Job ${name} in namespace ${namespace}${others === '' ? '' : `; there are ${others}`}: check the parameter, or whether it was collected after its time to live.`,
};
export type JobMessages = typeof en;

const ko: JobMessages = {
  columns: ['객체', '내용'],
  job: (name) => `잡 ${name}`,
  pod: (name) => `파드 ${name}`,
  calls: (source) => `호출 주소(${source})`,
  states: { failed: '실패', complete: '완료', suspended: '일시 중단', running: '실행 중' },
  reasons: {
    BackoffLimitExceeded: '재시도 한도(backoffLimit)에 도달했습니다',
    DeadlineExceeded: '실행 기한을 넘겼습니다',
    PodFailurePolicy: '파드 실패 정책에 따라 종료되었습니다',
  },
  pods: (active, succeeded, failed) => `파드: 실행 ${active}, 성공 ${succeeded}, 실패 ${failed}`,
  failed: (name, reason, pods) =>
    `잡(${name})이 실패했습니다${pods > 0 ? `(실패한 파드 ${pods}개)` : ''}${reason === '' ? '' : `. ${reason}`}`,
  because: (head, why) => `${head}. ${why}.`,
  plain: (head) => `${head}.`,
  doubt: (call) => `로그에는 언급이 없지만, ${call}`,
  exit: (pod, code) =>
    `파드(${pod})가 종료 코드 ${code}(으)로 끝났으며, 마지막 로그에서 원인을 확인할 수 있습니다`,
  noService: (shown, service, namespace, meant) =>
    `${shown} 주소를 호출하지만 네임스페이스(${namespace})에 서비스(${service})가 없습니다${meant === null ? '' : `(혹시 ${meant}인가요?)`}`,
  noPort: (shown, service, ports) =>
    `${shown} 주소를 호출하지만 서비스(${service})의 포트는 ${ports === '' ? '없습니다' : `${ports}입니다`}`,
  noEndpoint: (shown, service) =>
    `${shown} 주소를 호출하지만 서비스(${service})에 준비된 엔드포인트가 없어 응답할 파드가 없습니다`,
  right: (shown) => `${shown}: 서비스에 해당 포트가 있음`,
  notChecked: (shown, why) => `${shown}: 확인하지 못함(권한 없음: ${why})`,
  compensation: {
    complete: '보상 작업: 완료',
    running: '보상 작업: 실행 중',
    suspended: '보상 작업: 일시 중단',
    failed: '보상 작업: 실패',
    missing: '보상 작업: 시작된 적 없음',
    older: '보상 작업: 이 잡이 시작되기 전에 마지막으로 실행됨',
  },
  undone: {
    complete: (name) => `보상 작업(${name})은 실행되었습니다.`,
    running: (name) => `보상 작업(${name})이 실행 중입니다.`,
    suspended: (name) => `보상 작업(${name})이 일시 중단되어 앞선 처리가 취소되지 않았습니다.`,
    failed: (name) => `보상 작업(${name})도 실패하여 앞선 처리가 취소되지 않았습니다.`,
    missing: (name) => `보상 작업(${name})이 실행되지 않아 앞선 처리가 취소되지 않았습니다.`,
    older: (name) => `보상 작업(${name})이 그 뒤로 실행되지 않아 앞선 처리가 취소되지 않았습니다.`,
  },
  stuck: (name, why) => `잡(${name})이 진행되지 못합니다. ${why}.`,
  retrying: (name, failed, limit, call) =>
    `잡(${name})이 재시도 중입니다. 파드 ${failed}개가 실패했으며 ${limit + 1}개가 실패하면 중단합니다${call === '' ? '' : `. ${call}`}.`,
  running: (name) => `잡(${name})이 실행 중이며 실패한 파드가 없습니다.`,
  complete: (name) => `잡(${name})이 완료되었습니다.`,
  suspended: (name) => `잡(${name})이 일시 중단되어 실행되지 않습니다.`,
  stillRunning: (name) => `잡(${name})이 아직 끝나지 않았습니다.`,
  missing: (name, namespace, others) =>
    `네임스페이스(${namespace})에 잡(${name})이 없습니다${others === '' ? '' : `. 현재 있는 것: ${others}`}. 매개변수가 맞는지, 보존 기간이 지나 삭제되지 않았는지 확인하세요.`,
};

/** What is said of a Job, in the channel's language. */
export const jobMessages = (language: Language): JobMessages => (language === 'ko' ? ko : en);
