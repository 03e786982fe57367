import type { Language } from '../../../incident/words.ts';

const en = {
  columns: ['warning', 'times', 'last seen ago', 'message'],
  none: (namespace: string, since: string) =>
    `Kubernetes has warned of nothing in namespace ${namespace} within the last ${since}.`,
  warnings: (
    namespace: string,
    since: string,
    kinds: number,
    reason: string,
    object: string,
    count: number,
  ) =>
    `Kubernetes warned of ${kinds} thing(s) in namespace ${namespace} within the last ${since}, most often ${reason} of ${object} (${count} times).`,
};

export type EventsMessages = typeof en;

const ko: EventsMessages = {
  columns: ['경고', '횟수', '마지막 발생 후', '내용'],
  none: (namespace, since) => `최근 ${since} 동안 네임스페이스 ${namespace}에 Kubernetes 경고가 없습니다.`,
  warnings: (namespace, since, kinds, reason, object, count) =>
    `최근 ${since} 동안 네임스페이스 ${namespace}에 Kubernetes 경고가 ${kinds}종 있으며, 가장 잦은 것은 ${object}의 ${reason}(${count}회)입니다.`,
};

/** What the events step says, in the channel's language. */
export const eventsMessages = (language: Language): EventsMessages => (language === 'ko' ? ko : en);
