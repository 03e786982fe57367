import type { Language } from '../../../incident/words.ts';

const en = {
  full: (address: string) =>
    `${address} refuses new connections (1040): max_connections is reached. Find the client that opens so many before raising the limit.`,
  down: (address: string) =>
    `${address} is down: its host refuses the connection, so no process listens there.`,
  frozen: (address: string) =>
    `${address} accepts connections and says nothing: the server is frozen or too busy to greet, not crashed.`,
  ungranted: (address: string, grant: string, account: string) =>
    `${address} answers, but the account lacks a right. Grant it: GRANT ${grant} TO ${account}.`,
  cannotLook: (address: string, reason: string) => `${address} cannot be looked at: ${reason}.`,
  blocked: (address: string, blocker: string, count: string, longest: string, doing: string) =>
    `On ${address}, connection ${blocker} blocks ${count} other(s), the longest for ${longest}; it is ${doing}.`,
  blockedByUnknown: (address: string, count: string, longest: string) =>
    `On ${address}, ${count} connection(s) wait for a table lock, the longest for ${longest}; the server does not show who holds it. Look for LOCK TABLES, a schema change or a backup.`,
  doing: (command: string) =>
    command === 'Sleep' ? 'idle inside an open transaction' : `busy with a statement (${command})`,
  exhausted: (address: string, connected: number, most: number, crowd: string) =>
    `${address} has ${connected} of ${most} connections and refuses new ones${crowd}.`,
  nearlyFull: (address: string, connected: number, most: number, crowd: string) =>
    `${address} has ${connected} of ${most} connections${crowd}.`,
  crowd: (who: string, count: number, asleep: number) => `; ${who} holds ${count}, ${asleep} of them idle`,
  longTransaction: (address: string, who: string, longest: string) =>
    `On ${address}, connection ${who} has had a transaction open for ${longest}: it keeps its locks and old row versions.`,
  healthy: (address: string, connected: number, most: number) =>
    `${address} has ${connected} of ${most} connections, and nobody waits long for a lock.`,
  columns: ['what', 'id', 'who', 'for', 'state', 'statement or count'],
  rows: {
    connections: 'connections',
    blocker: 'blocks others',
    waiter: 'waits',
    transaction: 'longest transaction',
  },
  turnedAway: (count: number) => `${count} turned away since start`,
};

export type LoadMessages = typeof en;

const ko: LoadMessages = {
  full: (address) =>
    `${address} 서버가 새 연결을 거부합니다(1040). max_connections에 도달했습니다. 한도를 올리기 전에 연결을 많이 여는 클라이언트부터 찾으세요.`,
  down: (address) =>
    `${address} 서버가 다운되었습니다. 호스트가 연결을 거부하므로 실행 중인 프로세스가 없습니다.`,
  frozen: (address) =>
    `${address} 서버가 연결은 받지만 응답하지 않습니다. 종료된 것이 아니라 멈췄거나 응답하지 못할 만큼 바쁜 상태입니다.`,
  ungranted: (address, grant, account) =>
    `${address} 서버가 응답하지만 계정의 권한이 부족합니다. 다음 권한을 부여하세요: GRANT ${grant} TO ${account}.`,
  cannotLook: (address, reason) => `${address} 서버를 조회할 수 없습니다: ${reason}.`,
  blocked: (address, blocker, count, longest, doing) =>
    `${address} 서버에서 연결 ${blocker}이(가) 다른 연결 ${count}개를 막고 있으며, 가장 오래 기다린 시간은 ${longest}입니다. 이 연결은 ${doing}입니다.`,
  blockedByUnknown: (address, count, longest) =>
    `${address} 서버에서 연결 ${count}개가 테이블 잠금을 기다리고 있으며, 가장 오래 기다린 시간은 ${longest}입니다. 잠금을 가진 연결은 서버가 보여 주지 않으므로 LOCK TABLES, 스키마 변경, 백업을 확인하세요.`,
  doing: (command) =>
    command === 'Sleep' ? '트랜잭션을 연 채 쉬고 있는 상태' : `명령을 실행 중인 상태(${command})`,
  exhausted: (address, connected, most, crowd) =>
    `${address} 서버의 연결이 ${most}개 중 ${connected}개로 가득 차 새 연결을 거부합니다${crowd}.`,
  nearlyFull: (address, connected, most, crowd) =>
    `${address} 서버가 연결 ${most}개 중 ${connected}개를 사용하고 있습니다${crowd}.`,
  crowd: (who, count, asleep) => `(${who}: ${count}개, 그중 유휴 ${asleep}개)`,
  longTransaction: (address, who, longest) =>
    `${address} 서버에서 연결 ${who}의 트랜잭션이 ${longest} 동안 열려 있습니다. 그동안 잠금과 이전 행 버전이 유지됩니다.`,
  healthy: (address, connected, most) =>
    `${address} 서버가 연결 ${most}개 중 ${connected}개를 사용하고 있으며, 잠금을 오래 기다리는 연결이 없습니다.`,
  columns: ['항목', 'id', '누구', '시간', '상태', '명령 또는 개수'],
  rows: {
    connections: '연결',
    blocker: '막고 있음',
    waiter: '대기 중',
    transaction: '가장 긴 트랜잭션',
  },
  turnedAway: (count) => `시작 이후 거부 ${count}회`,
};

/** What the steps about a server's load say, in the channel's language. */
export const loadMessages = (language: Language): LoadMessages => (language === 'ko' ? ko : en);
