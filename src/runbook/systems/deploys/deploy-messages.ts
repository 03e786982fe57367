import type { Language } from '../../../incident/words.ts';

const en = {
  columns: ['when', 'what', 'source', 'schema'],
  offset: (minutes: number) => (minutes >= 0 ? `${minutes} min before` : `${-minutes} min after`),
  unread: (reason: string) => `not read: ${reason}`,
  suspect: (what: string, minutes: number, others: number, window: number) =>
    `${what} came ${minutes} min before the start${others > 0 ? `, and ${others} more in the ${window} min before it` : ''}: it may be the cause.`,
  schema: (file: string) => ` It touches the schema (${file}).`,
  none: (window: number, sources: string) =>
    `Nothing was deployed in the ${window} min before the start (${sources}): look elsewhere for the cause.`,
  nowhere:
    'Nobody has said where deploys can be seen: set kubernetes_cluster and kubernetes_deployment, or github_repository, for the service.',
  cannotTell: (names: string) => `Could not find out what was deployed: ${names}`,
};

/** What recent deploys say. */
export type DeployMessages = typeof en;

const ko: DeployMessages = {
  columns: ['시점', '내용', '출처', '스키마'],
  offset: (minutes) => (minutes >= 0 ? `${minutes}분 전` : `${-minutes}분 후`),
  unread: (reason) => `조회하지 못함: ${reason}`,
  suspect: (what, minutes, others, window) =>
    `장애 시작 ${minutes}분 전에 배포가 있었습니다: ${what}. ${others > 0 ? `시작 전 ${window}분 동안 ${others}건이 더 있었습니다. ` : ''}원인일 수 있습니다.`,
  schema: (file) => ` 스키마 변경이 포함되어 있습니다(${file}).`,
  none: (window, sources) =>
    `장애 시작 전 ${window}분 동안 배포가 없었습니다(${sources}). 다른 원인을 찾아보세요.`,
  nowhere:
    '배포를 확인할 곳이 지정되지 않았습니다. 서비스에 kubernetes_cluster와 kubernetes_deployment 또는 github_repository를 설정하세요.',
  cannotTell: (names) => `무엇이 배포되었는지 확인하지 못했습니다: ${names}`,
};

/** What recent deploys say, in the channel's language. */
export const deployMessages = (language: Language): DeployMessages => (language === 'ko' ? ko : en);
