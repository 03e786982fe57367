import type { Language } from '../../../incident/words.ts';
import type { Unanswered } from './ask-mysql.ts';

const en = {
  unanswered: {
    silent: 'connected, then silent: frozen, not crashed',
    stuck: 'logged in, then a statement did not end',
    refused: 'connection refused: the process is gone, the host is there',
    unreachable: 'no connection: host or network is gone',
    unresolved: 'its name does not resolve',
    full: 'refuses new connections: max_connections is reached',
    denied: 'login denied',
    ungranted: 'a right is missing',
    rejected: 'answered with an error',
    broken: 'the connection broke',
  } satisfies Record<Unanswered, string>,
  cannotLook: (address: string, how: string, reason: string) =>
    `${address} cannot be looked at: ${how} (${reason}).`,
  ungranted: (address: string, grant: string, account: string) =>
    `${address} answers, but the account lacks a right. Grant it: GRANT ${grant} TO ${account}.`,
  down: (address: string) =>
    `Replica ${address} is down: its host refuses the connection, so no process listens there.`,
  frozen: (address: string) =>
    `Replica ${address} accepts connections and says nothing: it is frozen, not crashed; the primary answers.`,
  full: (address: string) => `${address} refuses new connections (1040): max_connections is reached.`,
  bothSilent: (replica: string, primary: string) =>
    `Neither ${replica} nor ${primary} says anything; that may be the network of this worker.`,
  swapped: (replica: string, primary: string, source: string) =>
    `The roles have changed: ${replica} follows nobody, and ${primary}, named as the primary, follows ${source}. Correct the service's parameters.`,
  noReplica: (address: string) =>
    `${address} follows nobody: no replication is configured there, so it never gets what the primary writes.`,
  sqlError: (where: string, number: number, meaning: string) =>
    `Replication on ${where} stopped while applying changes: error ${number}, ${meaning}. Starting it again alone would not help; compare the row with the primary first.`,
  sqlPassing: (where: string, number: number, meaning: string) =>
    `Replication on ${where} stopped while applying changes: error ${number}, ${meaning}. It can be started again.`,
  unknownError: 'see the text in the evidence',
  primaryDown: (primary: string, where: string) =>
    `Primary ${primary} is down (connection refused); ${where} has lost it and gets nothing new.`,
  primaryFrozen: (primary: string, where: string) =>
    `Primary ${primary} accepts connections and says nothing: it is frozen, not crashed. ${where} may still report no lag; it gets nothing new.`,
  purged: (where: string, source: string) =>
    `${where} asks ${source} for binary logs that are purged there (error 1236): it can never catch up and must be rebuilt from a backup.`,
  cannotConnect: (where: string, source: string, number: number, meaning: string) =>
    `${where} cannot connect to ${source}: error ${number}, ${meaning}.`,
  ioError: (where: string, source: string, number: number, meaning: string) =>
    `${where} has stopped receiving from ${source}: error ${number}, ${meaning}.`,
  stopped: (where: string, threads: string) =>
    `Replication on ${where} is stopped without an error (${threads}): somebody stopped it, or it was never started.`,
  connecting: (where: string, source: string) => `${where} is connecting to ${source} just now.`,
  notReceiving: (where: string, primary: string, gtids: string) =>
    `${where} reports no problem but receives nothing: ${primary} has ${gtids}, which does not arrive. Its connection to the primary is dead.`,
  lagging: (where: string, lag: string, state: string) =>
    `${where} is ${lag} behind${state === '' ? '' : `; its applying thread: "${state}"`}.`,
  lagUnknown: (where: string) => `${where} does not say how far behind it is.`,
  errant: (where: string, gtids: string, writable: boolean) =>
    `${where} has transactions that the primary does not have: ${gtids}. ${writable ? 'read_only is off, so somebody wrote there. ' : ''}A failover to it would spread them or break.`,
  maybeErrant: (where: string, gtids: string) =>
    `${where} has transactions of its own (${gtids}); whether the primary has them is not known from here.`,
  writable: (address: string) =>
    `${address} is a replica and accepts writes: read_only is off. A write there makes it differ from the primary.`,
  semiSyncOff: (primary: string) =>
    `Primary ${primary} waits for no replica: semi-sync is on but fell back to asynchronous, so a crash may lose commits.`,
  wrongPrimary: (where: string, source: string, primary: string, how: string) =>
    `${where} has its connection to ${source}, but ${primary} cannot be looked at from here: ${how}.`,
  healthy: (where: string, source: string, lag: string, delay: string) =>
    `${where} follows ${source}: both threads run, ${lag} behind${delay === '' ? '' : ` beyond the ${delay} it is meant to stay behind`}.`,
  columns: ['what', 'replica', 'primary'],
  rows: {
    state: 'state',
    threads: 'threads (IO, SQL)',
    lag: 'lag',
    delay: 'delayed by design',
    lastError: 'last error',
    received: 'GTIDs received',
    position: 'GTIDs',
    errant: 'errant transactions',
    missing: 'not received',
    readOnly: 'read_only',
    semiSync: 'semi-sync',
  },
  answers: (version: string, ms: number) => `${version} (${ms} ms)`,
  noValue: '–',
  semiSync: (active: boolean, replicas: number) =>
    `${active ? 'active' : 'fallen back'}, ${replicas} replica(s)`,
};

export type ReplicationMessages = typeof en;

const ko: ReplicationMessages = {
  unanswered: {
    silent: '연결된 뒤 응답 없음: 종료가 아니라 멈춤',
    stuck: '로그인된 뒤 명령이 끝나지 않음',
    refused: '연결 거부: 프로세스는 없고 호스트는 살아 있음',
    unreachable: '연결 불가: 호스트나 네트워크가 끊김',
    unresolved: '이름을 해석할 수 없음',
    full: '새 연결 거부: max_connections에 도달함',
    denied: '로그인 거부',
    ungranted: '권한 부족',
    rejected: '오류로 응답함',
    broken: '연결이 끊어짐',
  },
  cannotLook: (address, how, reason) => `${address} 서버를 조회할 수 없습니다: ${how}(${reason}).`,
  ungranted: (address, grant, account) =>
    `${address} 서버가 응답하지만 계정의 권한이 부족합니다. 다음 권한을 부여하세요: GRANT ${grant} TO ${account}.`,
  down: (address) =>
    `레플리카(${address})가 다운되었습니다. 호스트가 연결을 거부하므로 실행 중인 프로세스가 없습니다.`,
  frozen: (address) =>
    `레플리카(${address})가 연결은 받지만 응답하지 않습니다. 종료된 것이 아니라 멈춘 상태이며, 프라이머리는 응답합니다.`,
  full: (address) => `${address} 서버가 새 연결을 거부합니다(1040). max_connections에 도달했습니다.`,
  bothSilent: (replica, primary) =>
    `${replica} 서버와 ${primary} 서버가 모두 응답하지 않습니다. 이 워커의 네트워크 문제일 수도 있습니다.`,
  swapped: (replica, primary, source) =>
    `역할이 바뀌었습니다. ${replica} 서버는 복제를 하지 않고, 프라이머리로 지정된 ${primary} 서버가 ${source} 서버를 따르고 있습니다. 서비스의 파라미터를 수정하세요.`,
  noReplica: (address) =>
    `${address} 서버에 복제가 설정되어 있지 않습니다. 프라이머리의 변경 사항을 전혀 받지 못합니다.`,
  sqlError: (where, number, meaning) =>
    `${where}의 복제가 변경 사항을 적용하다가 멈췄습니다: 오류 ${number}, ${meaning}. 다시 시작하는 것만으로는 해결되지 않으니 먼저 해당 행을 프라이머리와 비교하세요.`,
  sqlPassing: (where, number, meaning) =>
    `${where}의 복제가 변경 사항을 적용하다가 멈췄습니다: 오류 ${number}, ${meaning}. 다시 시작할 수 있습니다.`,
  unknownError: '증거의 오류 내용을 확인하세요',
  primaryDown: (primary, where) =>
    `프라이머리(${primary})가 다운되었습니다(연결 거부). ${where} 레플리카는 연결을 잃었고 새 변경 사항을 받지 못합니다.`,
  primaryFrozen: (primary, where) =>
    `프라이머리(${primary})가 연결은 받지만 응답하지 않습니다. 종료된 것이 아니라 멈춘 상태입니다. ${where} 레플리카는 지연이 없다고 표시할 수 있지만 새 변경 사항을 받지 못합니다.`,
  purged: (where, source) =>
    `${where} 레플리카가 요청하는 바이너리 로그가 ${source} 서버에서 이미 삭제되었습니다(오류 1236). 따라잡을 수 없으므로 백업에서 다시 구축해야 합니다.`,
  cannotConnect: (where, source, number, meaning) =>
    `${where} 레플리카가 ${source} 서버에 연결할 수 없습니다: 오류 ${number}, ${meaning}.`,
  ioError: (where, source, number, meaning) =>
    `${where} 레플리카가 ${source} 서버로부터 수신을 중단했습니다: 오류 ${number}, ${meaning}.`,
  stopped: (where, threads) =>
    `${where}의 복제가 오류 없이 멈춰 있습니다(${threads}). 누군가 중지했거나 시작된 적이 없습니다.`,
  connecting: (where, source) => `${where} 레플리카가 지금 ${source} 서버에 연결하는 중입니다.`,
  notReceiving: (where, primary, gtids) =>
    `${where} 레플리카는 문제가 없다고 하지만 아무것도 받지 못하고 있습니다. ${primary} 서버에 있는 ${gtids} 트랜잭션이 도착하지 않습니다. 프라이머리와의 연결이 죽은 상태입니다.`,
  lagging: (where, lag, state) =>
    `${where} 레플리카가 ${lag} 뒤처져 있습니다${state === '' ? '' : `. 적용 스레드 상태: "${state}"`}.`,
  lagUnknown: (where) => `${where} 레플리카가 얼마나 뒤처져 있는지 알려 주지 않습니다.`,
  errant: (where, gtids, writable) =>
    `${where} 레플리카에 프라이머리에 없는 트랜잭션이 있습니다: ${gtids}. ${writable ? 'read_only가 꺼져 있어 누군가 직접 쓴 것입니다. ' : ''}이 레플리카로 페일오버하면 이 트랜잭션이 퍼지거나 복제가 깨집니다.`,
  maybeErrant: (where, gtids) =>
    `${where} 레플리카에 자체 트랜잭션(${gtids})이 있습니다. 프라이머리에도 있는지는 여기서 알 수 없습니다.`,
  writable: (address) =>
    `${address} 서버는 레플리카인데 쓰기를 받습니다(read_only 꺼짐). 여기에 쓰면 프라이머리와 데이터가 달라집니다.`,
  semiSyncOff: (primary) =>
    `프라이머리(${primary})가 어떤 레플리카도 기다리지 않습니다. semi-sync가 켜져 있지만 비동기로 전환되어, 장애가 나면 커밋이 유실될 수 있습니다.`,
  wrongPrimary: (where, source, primary, how) =>
    `${where} 레플리카는 ${source} 서버와 연결되어 있지만, 여기서는 ${primary} 서버를 조회할 수 없습니다: ${how}.`,
  healthy: (where, source, lag, delay) =>
    `${where} 레플리카가 ${source} 서버를 따르고 있습니다. 두 스레드가 모두 실행 중이고 지연은 ${delay === '' ? '' : `의도된 ${delay} 외에 `}${lag}입니다.`,
  columns: ['항목', '레플리카', '프라이머리'],
  rows: {
    state: '상태',
    threads: '스레드(IO, SQL)',
    lag: '지연',
    delay: '의도된 지연',
    lastError: '마지막 오류',
    received: '수신한 GTID',
    position: 'GTID',
    errant: 'errant 트랜잭션',
    missing: '수신하지 못함',
    readOnly: 'read_only',
    semiSync: 'semi-sync',
  },
  answers: (version, ms) => `${version} (${ms} ms)`,
  noValue: '–',
  semiSync: (active, replicas) => `${active ? '활성' : '비동기로 전환됨'}, 레플리카 ${replicas}개`,
};

/** What the replication steps say, in the channel's language. */
export const replicationMessages = (language: Language): ReplicationMessages => (language === 'ko' ? ko : en);
