import type { Language } from '../../../incident/words.ts';

const en = {
  restartPreview: (address: string, channel: string) =>
    `STOP and START of the replication threads on ${address}${channel === '' ? '' : `, channel ${channel}`}. Nothing is skipped; reads go on, the replica's data is a little older while they restart.`,
  notSent: (sentence: string) => `Nothing was sent: ${sentence}`,
  noChannel: (address: string, channel: string) => `${address} has no replication channel "${channel}".`,
  runs: (address: string) => `both threads run on ${address}, so there is nothing to restart.`,
  comesBack: (address: string, number: number, meaning: string) =>
    `error ${number} on ${address} would come straight back (${meaning}). Remove its reason first.`,
  connecting: (address: string) => `${address} tries to connect by itself already.`,
  restarted: (address: string) => `The replication threads on ${address} were restarted and run.`,
  stillDown: (address: string, why: string) =>
    `The replication threads on ${address} were restarted, but do not run: ${why}.`,
  unclear: (address: string, reason: string) =>
    `${address} gave no clear answer to the change (${reason}); it may have been done.`,
  refused: (address: string, reason: string) => `${address} refused: ${reason}.`,
  ungranted: (address: string, grant: string) => `the account lacks a right on ${address}: ${grant}.`,
  killPreview: (what: string, id: number, address: string, who: string, started: string) =>
    `KILL ${what} ${id} on ${address}, the connection of ${who}, busy since ${started}. ${what === 'QUERY' ? 'Its statement ends with an error and is rolled back; the connection stays.' : 'It is cut off, and its open transaction is rolled back.'}`,
  killHead: (what: string, address: string, wait: string) =>
    `KILL ${what} on ${address} of the one connection that everybody who waits for a row lock waits for, if there is exactly one and it has blocked others for ${wait} or longer. It is cut off, and its open transaction is rolled back.`,
  nobodyBlocks: 'nobody waits for a row lock any more.',
  severalBlock: (ids: string) => `several connections block others (${ids}); name the one to end.`,
  blocksShortly: (id: number, seconds: string) => `connection ${id} has blocked others for ${seconds} only.`,
  gone: (id: number) => `connection ${id} is not there any more.`,
  other: (id: number, who: string) => `connection ${id} now belongs to ${who}.`,
  moved: (id: number, started: string) =>
    `connection ${id} has finished what was seen; what it does now began at ${started}.`,
  idle: (id: number) => `connection ${id} runs no statement. An idle one is freed with what: connection.`,
  system: (id: number, user: string) => `connection ${id} belongs to the server itself (${user}).`,
  killed: (id: number, who: string, address: string) => `Ended on ${address}: ${id} of ${who}.`,
  rollingBack: (id: number, address: string) =>
    `${address} accepted the KILL of ${id}; it is still there, probably rolling back.`,
  columns: ['id', 'who', 'for', 'state', 'statement'],
  threadColumns: ['when', 'IO', 'SQL', 'error'],
  before: 'before',
  after: 'after',
};

export type ChangeMessages = typeof en;

const ko: ChangeMessages = {
  restartPreview: (address, channel) =>
    `${address} 서버${channel === '' ? '' : `의 ${channel} 채널`}에서 복제 스레드를 STOP 후 START합니다. 건너뛰는 트랜잭션은 없으며 읽기는 계속됩니다. 다시 시작되는 동안 데이터가 조금 더 늦어집니다.`,
  notSent: (sentence) => `명령을 보내지 않았습니다. ${sentence}`,
  noChannel: (address, channel) => `${address} 서버에 복제 채널 "${channel}"이(가) 없습니다.`,
  runs: (address) => `${address} 서버의 두 스레드가 모두 실행 중이므로 다시 시작할 필요가 없습니다.`,
  comesBack: (address, number, meaning) =>
    `${address} 서버의 오류 ${number}은(는) 다시 시작해도 바로 되풀이됩니다(${meaning}). 먼저 원인을 제거하세요.`,
  connecting: (address) => `${address} 서버가 이미 스스로 연결을 시도하고 있습니다.`,
  restarted: (address) => `${address} 서버의 복제 스레드를 다시 시작했으며 실행 중입니다.`,
  stillDown: (address, why) => `${address} 서버의 복제 스레드를 다시 시작했지만 실행되지 않습니다: ${why}.`,
  unclear: (address, reason) =>
    `${address} 서버가 변경에 명확히 응답하지 않았습니다(${reason}). 이미 실행되었을 수도 있습니다.`,
  refused: (address, reason) => `${address} 서버가 거부했습니다: ${reason}.`,
  ungranted: (address, grant) => `${address} 서버에서 계정의 권한이 부족합니다: ${grant}.`,
  killPreview: (what, id, address, who, started) =>
    `${address} 서버에서 KILL ${what} ${id} 명령을 실행합니다. ${started}부터 실행 중인 ${who}의 연결입니다. ${what === 'QUERY' ? '명령은 오류로 끝나고 롤백되며 연결은 유지됩니다.' : '연결이 끊기고 열린 트랜잭션은 롤백됩니다.'}`,
  killHead: (what, address, wait) =>
    `${address} 서버에서 행 잠금을 기다리는 모든 연결을 막고 있는 연결에 KILL ${what} 명령을 실행합니다. 그런 연결이 정확히 하나이고 ${wait} 이상 막고 있을 때만 실행합니다. 연결이 끊기고 열린 트랜잭션은 롤백됩니다.`,
  nobodyBlocks: '행 잠금을 기다리는 연결이 더 이상 없습니다.',
  severalBlock: (ids) => `여러 연결이 다른 연결을 막고 있습니다(${ids}). 종료할 연결을 지정하세요.`,
  blocksShortly: (id, seconds) => `연결 ${id}이(가) 다른 연결을 막은 시간이 ${seconds}뿐입니다.`,
  gone: (id) => `연결 ${id}이(가) 더 이상 없습니다.`,
  other: (id, who) => `연결 ${id}은(는) 이제 ${who}의 것입니다.`,
  moved: (id, started) =>
    `연결 ${id}은(는) 확인했던 작업을 이미 끝냈습니다. 지금 작업은 ${started}에 시작되었습니다.`,
  idle: (id) => `연결 ${id}은(는) 실행 중인 명령이 없습니다. 유휴 연결은 what: connection으로 끊습니다.`,
  system: (id, user) => `연결 ${id}은(는) 서버 자체의 스레드입니다(${user}).`,
  killed: (id, who, address) => `${address} 서버에서 ${who}의 ${id}을(를) 종료했습니다.`,
  rollingBack: (id, address) =>
    `${address} 서버가 ${id}의 KILL을 받아들였지만 아직 남아 있습니다. 롤백 중일 수 있습니다.`,
  columns: ['id', '누구', '시간', '상태', '명령'],
  threadColumns: ['시점', 'IO', 'SQL', '오류'],
  before: '이전',
  after: '이후',
};

/** What the changes of MySQL and MariaDB say, in the channel's language. */
export const changeMessages = (language: Language): ChangeMessages => (language === 'ko' ? ko : en);
