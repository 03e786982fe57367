import type { Language } from '../../../incident/words.ts';
import { unansweredMessages } from './unanswered-messages.ts';

const named = (user: string, application: string) => (application === '' ? user : `${user}, ${application}`);

const en = {
  ...unansweredMessages('en'),
  notTold: (address: string, how: string, reason: string) =>
    `${address} does not say what it is doing: ${how} (${reason}).`,
  blocked: (address: string, count: number, wait: string, who: string) =>
    `${count} session(s) on ${address} have waited up to ${wait} for ${who}`,
  blockedByPrepared: (address: string, count: number, wait: string) =>
    `${count} session(s) on ${address} have waited up to ${wait} for a prepared transaction: finish it with COMMIT PREPARED or ROLLBACK PREPARED (pg_prepared_xacts names it).`,
  exhausted: (address: string, used: number, usable: number, who: string) =>
    `All ${usable} connections of ${address} are taken (${used}), so clients are refused; most are held by ${who}.`,
  nearlyFull: (address: string, used: number, usable: number, who: string) =>
    `${used} of ${usable} connections of ${address} are taken; most by ${who}.`,
  idle: (address: string, who: string) => `A transaction on ${address} is open and idle: ${who}`,
  long: (address: string, who: string) => `A transaction on ${address} is open for long: ${who}`,
  hidden: (address: string) =>
    `${address} hides from this role what other people's sessions do: GRANT pg_monitor to it.`,
  session: (
    pid: number,
    user: string,
    application: string,
    state: string,
    since: string,
    transaction: string,
    query: string,
  ) =>
    `pid ${pid} (${named(user, application)}), ${state || 'at work'} for ${since}, in its transaction for ${transaction}: ${query || '–'}.`,
  holder: (count: number, user: string, application: string, state: string) =>
    `${count}× ${named(user, application)} (${state || '–'})`,
  nobody: 'nobody',
  connections: (used: number, max: number, reserved: number) =>
    `${used} of ${max} connections (${reserved} reserved)`,
  blocks: (count: number) => `blocks ${count}`,
  waits: (by: string) => `waits for ${by}`,
  prepared: 'a prepared transaction',
  transaction: 'in a transaction',
  healthy: (nodes: string, percent: number, longest: string | null) =>
    `Nobody waits for a lock on ${nodes}; at most ${percent} % of the connections are taken, ${longest === null ? 'no transaction is open' : `the longest transaction is ${longest} old`}.`,
  columns: ['where', 'what', 'for', 'who'],
};

export type LoadMessages = typeof en;

const ko: LoadMessages = {
  ...unansweredMessages('ko'),
  notTold: (address, how, reason) => `${address} 노드의 상태를 알 수 없습니다: ${how}(${reason}).`,
  blocked: (address, count, wait, who) =>
    `${address} 노드에서 세션 ${count}개가 최대 ${wait} 동안 다음 세션을 기다리고 있습니다: ${who}`,
  blockedByPrepared: (address, count, wait) =>
    `${address} 노드에서 세션 ${count}개가 최대 ${wait} 동안 준비된 트랜잭션을 기다리고 있습니다. pg_prepared_xacts에서 확인한 뒤 COMMIT PREPARED 또는 ROLLBACK PREPARED로 끝내세요.`,
  exhausted: (address, used, usable, who) =>
    `${address} 노드의 연결 ${usable}개가 모두 사용 중이어서(${used}개) 클라이언트가 거부됩니다. 가장 많이 점유한 쪽: ${who}.`,
  nearlyFull: (address, used, usable, who) =>
    `${address} 노드의 연결 ${usable}개 중 ${used}개가 사용 중입니다. 가장 많이 점유한 쪽: ${who}.`,
  idle: (address, who) => `${address} 노드에 열린 채로 유휴 상태인 트랜잭션이 있습니다: ${who}`,
  long: (address, who) => `${address} 노드에 오래 열려 있는 트랜잭션이 있습니다: ${who}`,
  hidden: (address) =>
    `${address} 노드가 다른 계정의 세션 내용을 이 계정에 보여 주지 않습니다. pg_monitor 권한을 부여하세요.`,
  session: (pid, user, application, state, since, transaction, query) =>
    `pid ${pid}(${named(user, application)}), ${since} 동안 ${state || '작업 중'}, 트랜잭션 시작 후 ${transaction}: ${query || '–'}.`,
  holder: (count, user, application, state) => `${named(user, application)}(${state || '–'}) ${count}개`,
  nobody: '없음',
  connections: (used, max, reserved) => `연결 ${max}개 중 ${used}개 사용(예약 ${reserved}개)`,
  blocks: (count) => `${count}개를 막고 있음`,
  waits: (by) => `${by} 대기 중`,
  prepared: '준비된 트랜잭션',
  transaction: '트랜잭션 진행 중',
  healthy: (nodes, percent, longest) =>
    `${nodes} 노드에 잠금을 기다리는 세션이 없습니다. 연결 사용률은 최대 ${percent}%이고 ${longest === null ? '열린 트랜잭션이 없습니다' : `가장 오래된 트랜잭션은 ${longest} 전에 시작되었습니다`}.`,
  columns: ['위치', '상태', '시간', '세션'],
};

/** What the load step says, in the channel's language. */
export const loadMessages = (language: Language): LoadMessages => (language === 'ko' ? ko : en);
