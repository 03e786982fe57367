import type { Language } from '../incident/words.ts';

const en = {
  conditionFalse: 'Not needed here.',
  budgetSpent: (seconds: string) => `Left out: the looks of this runbook have used up their ${seconds} s.`,
  conditionBroken: (reason: string) => `Its condition could not be decided: ${reason}.`,
  dependsOnUnknown: (steps: string) => `It depends on ${steps}, which has found out nothing.`,
  changeDidNotRun: 'The change it verifies did not run.',
  parameterMissing: (names: string) =>
    `Could not run: ${names} has no value. Set it under params of the service in muster.yaml, or give it a default in the runbook.`,
  tooLongToShow:
    'Cannot be proposed: what would run is longer than a channel can show, so nobody could approve it.',
  factMissing: (names: string) => `Cannot be proposed: the look before it did not find ${names}.`,
  invalidInput: (reason: string) => `Could not run: the step's input is not valid (${reason}).`,
  noWorker: (location: string) =>
    `Nobody looked: no worker runs at "${location}". Start one there with: muster serve --only worker --location ${location}`,
  timedOut: (seconds: string) => `Gave no answer within ${seconds} s and was stopped.`,
  changeTimedOut: (seconds: string) =>
    `Gave no answer within ${seconds} s and was stopped; nobody can tell from here whether the change took effect.`,
  broke: (reason: string) => `Could not look: ${reason}`,
  changeBroke: (reason: string) =>
    `Stopped in the middle; nobody can tell from here whether the change took effect: ${reason}`,
  workerDied: 'The worker stopped in the middle of the change.',
  checkSays: (sentence: string) => `The check says it took effect: ${sentence}`,
  unknownStep: (name: string) => `This version of Muster has no step "${name}".`,
  checkOf: (title: string) => `Check: ${title}`,
  more: (rows: number) => `and ${rows} more`,
  cancelled: 'Was stopped before it could finish.',
};

type Messages = typeof en;

const ko: Messages = {
  conditionFalse: '여기서는 필요하지 않습니다.',
  budgetSpent: (seconds) => `이 런북의 점검 시간 ${seconds}초를 모두 써서 건너뜁니다.`,
  conditionBroken: (reason) => `조건을 판단할 수 없습니다: ${reason}.`,
  dependsOnUnknown: (steps) => `앞 단계(${steps})의 결과를 알 수 없어 판단할 수 없습니다.`,
  changeDidNotRun: '확인할 변경이 실행되지 않았습니다.',
  parameterMissing: (names) =>
    `실행할 수 없습니다: ${names} 값이 없습니다. muster.yaml에서 해당 서비스의 params에 값을 넣거나 런북에 기본값을 지정하세요.`,
  tooLongToShow:
    '승인을 요청할 수 없습니다. 실행할 내용이 채널에 모두 표시하기에는 너무 길어 아무도 확인하고 승인할 수 없습니다.',
  factMissing: (names) => `제안할 수 없습니다: 앞선 점검에서 ${names} 값을 찾지 못했습니다.`,
  invalidInput: (reason) => `실행할 수 없습니다: 단계의 입력이 올바르지 않습니다(${reason}).`,
  noWorker: (location) =>
    `확인하지 못했습니다: "${location}" 위치에서 실행 중인 워커가 없습니다. 그 위치에서 다음 명령으로 시작하세요: muster serve --only worker --location ${location}`,
  timedOut: (seconds) => `${seconds}초 안에 응답이 없어 중단했습니다.`,
  changeTimedOut: (seconds) =>
    `${seconds}초 안에 응답이 없어 중단했습니다. 변경이 적용되었는지 여기서는 알 수 없습니다.`,
  broke: (reason) => `확인하지 못했습니다: ${reason}`,
  changeBroke: (reason) => `도중에 멈췄습니다. 변경이 적용되었는지 여기서는 알 수 없습니다: ${reason}`,
  workerDied: '변경을 실행하던 워커가 도중에 멈췄습니다.',
  checkSays: (sentence) => `확인 결과 변경이 적용되었습니다: ${sentence}`,
  unknownStep: (name) => `이 버전의 Muster에는 "${name}" 단계가 없습니다.`,
  checkOf: (title) => `확인: ${title}`,
  more: (rows) => `외 ${rows}건`,
  cancelled: '끝나기 전에 중단되었습니다.',
};

/** What the runner and the plan say to people, in the channel's language. */
export const messagesIn = (language: Language): Messages => (language === 'ko' ? ko : en);
