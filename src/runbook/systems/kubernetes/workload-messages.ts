import type { Language } from '../../../incident/words.ts';

const en = {
  columns: ['object', 'says'],
  deployment: (name: string) => `Deployment ${name}`,
  replicaSet: (name: string) => `ReplicaSet ${name}`,
  pod: (name: string) => `Pod ${name}`,
  condition: (type: string) => `condition ${type}`,
  counts: (available: number, desired: number, revision: number) =>
    `${available} of ${desired} available, revision ${revision}`,
  state: (name: string, available: number, desired: number) =>
    `Deployment ${name} has ${available} of ${desired} replicas available`,
  because: (state: string, why: string) => `${state}: ${why}.`,
  stuck: (state: string, revision: number, why: string) =>
    `${state} and revision ${revision} does not come up: ${why}.`,
  cannotCreate: (message: string) => `its pods cannot be created (${message.slice(0, 160)})`,
  deadline: (revision: number) => `the roll-out of revision ${revision} exceeded its progress deadline`,
  unavailable: 'that is fewer than it must have, and no pod says why',
  rollingOut: (state: string) => `${state}; the rest are still starting.`,
  notObserved: (name: string) =>
    `The controller has not yet acted on the newest change of Deployment ${name}.`,
  scaledToZero: (name: string) => `Deployment ${name} is scaled to 0, so nothing of it runs.`,
  paused: (name: string) =>
    `The roll-out of Deployment ${name} is paused, so changes to it do not reach its pods.`,
  healthy: (name: string, available: number, desired: number, revision: number) =>
    `Deployment ${name} has all replicas available (${available} of ${desired}, revision ${revision}).`,
  missing: (name: string, namespace: string, others: string) =>
    `There is no Deployment ${name} in namespace ${namespace}${others === '' ? '' : `; there are ${others}`}: check the parameter, or whether it was deleted.`,
};
export type WorkloadMessages = typeof en;

const ko: WorkloadMessages = {
  columns: ['객체', '내용'],
  deployment: (name) => `디플로이먼트 ${name}`,
  replicaSet: (name) => `레플리카셋 ${name}`,
  pod: (name) => `파드 ${name}`,
  condition: (type) => `상태 조건 ${type}`,
  counts: (available, desired, revision) => `${desired}개 중 ${available}개 사용 가능, 리비전 ${revision}`,
  state: (name, available, desired) =>
    `디플로이먼트(${name})의 레플리카 ${desired}개 중 ${available}개만 사용할 수 있습니다`,
  because: (state, why) => `${state}. ${why}.`,
  stuck: (state, revision, why) => `${state}. 리비전 ${revision}이(가) 기동하지 못합니다. ${why}.`,
  cannotCreate: (message) => `파드를 만들 수 없습니다(${message.slice(0, 160)})`,
  deadline: (revision) => `리비전 ${revision}의 롤아웃이 진행 기한을 넘겼습니다`,
  unavailable: '필요한 최소 개수보다 적지만 원인을 알려 주는 파드가 없습니다',
  rollingOut: (state) => `${state}. 나머지는 아직 시작하는 중입니다.`,
  notObserved: (name) => `컨트롤러가 디플로이먼트(${name})의 최신 변경 사항을 아직 처리하지 않았습니다.`,
  scaledToZero: (name) => `디플로이먼트(${name})의 레플리카 수가 0이어서 실행 중인 파드가 없습니다.`,
  paused: (name) => `디플로이먼트(${name})의 롤아웃이 일시 중지되어 변경 사항이 파드에 적용되지 않습니다.`,
  healthy: (name, available, desired, revision) =>
    `디플로이먼트(${name})의 레플리카를 모두 사용할 수 있습니다(${desired}개 중 ${available}개, 리비전 ${revision}).`,
  missing: (name, namespace, others) =>
    `네임스페이스(${namespace})에 디플로이먼트(${name})가 없습니다${others === '' ? '' : `. 현재 있는 것: ${others}`}. 매개변수가 맞는지, 삭제되지 않았는지 확인하세요.`,
};

/** What is said of a Deployment, in the channel's language. */
export const workloadMessages = (language: Language): WorkloadMessages => (language === 'ko' ? ko : en);
