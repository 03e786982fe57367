import type { Language } from '../../../incident/words.ts';
import type { Deleted } from './delete-consumer.ts';

const en = {
  theOldest: 'the consumer that has been silent for longest',
  previewDelete: (stream: string, group: string, consumer: string, after: string) =>
    `XGROUP DELCONSUMER ${stream} ${group}: ${consumer}, only while it holds no entry and has been silent for ${after} or longer, both looked at in the same step. A consumer that is alive after all is created anew when it next reads.`,
  nobodyDead: (group: string, after: string) =>
    `Nothing was deleted: no consumer of group ${group} is empty and silent for ${after}.`,
  untouched: (address: string, reason: string) =>
    `Nothing was changed: Redis ${address} does not do it (${reason}).`,
  unclear: (address: string, reason: string) =>
    `Redis ${address} gave no answer (${reason}); the change may have been made.`,
  deleted: {
    deleted: (consumer: string, group: string) =>
      `Consumer ${consumer} of group ${group} was deleted; it held nothing.`,
    pending: (consumer: string, group: string) =>
      `Nothing was deleted: consumer ${consumer} of group ${group} holds entries, which would be lost: claim them first.`,
    active: (consumer: string, group: string) =>
      `Nothing was deleted: consumer ${consumer} of group ${group} was active in the meantime.`,
    missing: (consumer: string, group: string) =>
      `Nothing was deleted: group ${group} has no consumer ${consumer} any more.`,
  } as Record<Deleted, (consumer: string, group: string) => string>,
  previewDead: (stream: string, group: string, what: string, letter: string, idle: string) =>
    `${stream} / ${group}: ${what}, idle for ${idle} or longer, are copied to ${letter} with where they came from, and acknowledged, each in one step. The stream itself keeps them.`,
  entries: (ids: string) => `the entries ${ids}`,
  poison: (times: number, most: number) => `entries delivered ${times} times or more, at most ${most},`,
  setAside: (dead: number, letter: string, deleted: number, left: number) =>
    `${dead} entries set aside in ${letter}; ${deleted} had been deleted from the stream, ${left} were left because they are not due any more.`,
  columns: ['entry', 'result'],
  results: { dead: 'set aside', deleted: 'deleted before', left: 'left' },
};

export type StreamChangeMessages = typeof en;

const ko: StreamChangeMessages = {
  theOldest: '가장 오래 활동이 없는 컨슈머',
  previewDelete: (stream, group, consumer, after) =>
    `XGROUP DELCONSUMER ${stream} ${group} 대상: ${consumer}. 처리 중인 항목이 없고 ${after} 이상 활동이 없을 때만 삭제하며, 두 조건은 같은 단계에서 확인합니다. 실제로 살아 있는 컨슈머라면 다음에 읽을 때 다시 만들어집니다.`,
  nobodyDead: (group, after) =>
    `삭제하지 않았습니다. ${group} 그룹에 비어 있으면서 ${after} 동안 활동이 없는 컨슈머가 없습니다.`,
  untouched: (address, reason) => `변경하지 않았습니다. Redis(${address})가 실행하지 않았습니다(${reason}).`,
  unclear: (address, reason) =>
    `Redis(${address})가 응답하지 않았습니다(${reason}). 변경이 이루어졌을 수도 있습니다.`,
  deleted: {
    deleted: (consumer, group) =>
      `${group} 그룹의 컨슈머(${consumer})를 삭제했습니다. 처리 중인 항목은 없었습니다.`,
    pending: (consumer, group) =>
      `삭제하지 않았습니다. ${group} 그룹의 컨슈머(${consumer})가 항목을 가지고 있어 삭제하면 유실됩니다. 먼저 다른 컨슈머로 옮기세요.`,
    active: (consumer, group) =>
      `삭제하지 않았습니다. 그 사이에 ${group} 그룹의 컨슈머(${consumer})가 활동했습니다.`,
    missing: (consumer, group) =>
      `삭제하지 않았습니다. ${group} 그룹에 컨슈머(${consumer})가 더 이상 없습니다.`,
  },
  previewDead: (stream, group, what, letter, idle) =>
    `${stream} / ${group}: ${idle} 이상 유휴 상태인 ${what} 출처와 함께 ${letter} 스트림에 복사하고 확인(ACK) 처리합니다. 항목마다 한 단계로 실행하며, 원래 스트림에는 그대로 남습니다.`,
  entries: (ids) => `다음 항목을(${ids})`,
  poison: (times, most) => `${times}회 이상 전달된 항목을 최대 ${most}건까지`,
  setAside: (dead, letter, deleted, left) =>
    `항목 ${dead}건을 ${letter} 스트림에 따로 보관했습니다. ${deleted}건은 이미 스트림에서 삭제된 상태였고, ${left}건은 더 이상 대상이 아니어서 그대로 두었습니다.`,
  columns: ['항목', '결과'],
  results: { dead: '별도 보관', deleted: '이미 삭제됨', left: '그대로 둠' },
};

/** What the small changes to a consumer group say, in the channel's language. */
export const streamChangeMessages = (language: Language): StreamChangeMessages =>
  language === 'ko' ? ko : en;
