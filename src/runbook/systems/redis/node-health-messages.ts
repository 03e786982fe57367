import type { Language } from '../../../incident/words.ts';

const en = {
  denied: (address: string, reason: string) =>
    `Redis ${address} answers but refuses this account (${reason}); check its name, its password and the right +info.`,
  rejected: (address: string, reason: string) => `Redis ${address} answers with an error (${reason}).`,
  connectionsRefused: (address: string) =>
    `Redis ${address} refuses every new connection: it has reached maxclients; find who opens so many, then raise the limit.`,
  gone: (address: string, how: string) => `Redis ${address} does not answer (${how}).`,
  aofWrite: (address: string) =>
    `Redis ${address} cannot write its append-only file and refuses writes (MISCONF): look at its disk (full, read-only, a size limit).`,
  aofRewrite: (address: string) =>
    `The last rewrite of the append-only file of Redis ${address} failed: the file grows until the disk is full; look at disk and memory for the fork.`,
  rdbSave: (address: string, since: string) =>
    `The last save of Redis ${address} failed, the last good one is ${since} old; with stop-writes-on-bgsave-error it refuses writes: look at disk and memory for the fork.`,
  memoryFull: (address: string, used: string, max: string, policy: string) =>
    `Redis ${address} has reached maxmemory (${used} of ${max}) and its policy ${policy} finds nothing to evict, so it refuses writes (OOM): free keys or raise the limit.`,
  memoryNear: (address: string, percent: number, policy: string) =>
    `Redis ${address} uses ${percent} % of maxmemory; with the policy ${policy} it will refuse writes at 100 %.`,
  clientsNear: (address: string, connected: number, max: number) =>
    `Redis ${address} has ${connected} of ${max} possible connections; further ones will be refused.`,
  loading: (address: string) => `Redis ${address} is still loading its data and answers LOADING.`,
  noAof: (address: string) =>
    `The append-only file of Redis ${address} is off: a crash loses everything since the last save.`,
  healthy: (count: number) =>
    count === 1
      ? 'The Redis node persists, has memory and accepts connections.'
      : `All ${count} Redis nodes persist, have memory and accept connections.`,
  columns: ['node', 'persistence', 'memory', 'clients', 'refused, slow'],
  aof: (on: boolean, write: boolean, rewrite: boolean, fsync: string) =>
    on ? `AOF on, fsync ${fsync}, last write ${ok(write)}, last rewrite ${ok(rewrite)}` : 'AOF off',
  rdb: (lastOk: boolean, since: string, changes: number) =>
    `last save ${ok(lastOk)} ${since} ago, ${changes} changes since`,
  memory: (used: string, max: string, policy: string, evicted: number) =>
    `${used} of ${max}, ${policy}, ${evicted} evicted`,
  unlimited: 'no limit',
  clients: (connected: number, max: string, blocked: number, rejected: number) =>
    `${connected} of ${max}, ${blocked} blocked, ${rejected} rejected since start`,
  refused: (memory: number, disk: number) => `since start ${memory} OOM, ${disk} MISCONF`,
  slow: (command: string, ms: number, ago: string) => `${command} ${ms} ms (${ago} ago)`,
  needs: (right: string) => `not readable (${right})`,
};

const ok = (fine: boolean) => (fine ? 'ok' : 'FAILED');

export type NodeHealthMessages = typeof en;

const ko: NodeHealthMessages = {
  denied: (address, reason) =>
    `Redis(${address})가 응답하지만 이 계정을 거부합니다(${reason}). 계정 이름과 비밀번호, +info 권한을 확인하세요.`,
  rejected: (address, reason) => `Redis(${address})가 오류로 응답합니다(${reason}).`,
  connectionsRefused: (address) =>
    `Redis(${address})가 maxclients에 도달해 새 연결을 모두 거부합니다. 연결을 많이 여는 쪽을 찾은 뒤 한도를 올리세요.`,
  gone: (address, how) => `Redis(${address})가 응답하지 않습니다(${how}).`,
  aofWrite: (address) =>
    `Redis(${address})가 AOF 파일에 쓰지 못해 쓰기를 거부합니다(MISCONF). 디스크(가득 참, 읽기 전용, 크기 제한)를 확인하세요.`,
  aofRewrite: (address) =>
    `Redis(${address})의 마지막 AOF 재작성이 실패했습니다. 디스크가 가득 찰 때까지 파일이 커집니다. 디스크와 fork용 메모리를 확인하세요.`,
  rdbSave: (address, since) =>
    `Redis(${address})의 마지막 저장이 실패했고 성공한 저장은 ${since} 전입니다. stop-writes-on-bgsave-error가 켜져 있으면 쓰기를 거부합니다. 디스크와 fork용 메모리를 확인하세요.`,
  memoryFull: (address, used, max, policy) =>
    `Redis(${address})가 maxmemory에 도달했고(${max} 중 ${used}) ${policy} 정책으로 내보낼 키가 없어 쓰기를 거부합니다(OOM). 키를 정리하거나 한도를 올리세요.`,
  memoryNear: (address, percent, policy) =>
    `Redis(${address})가 maxmemory의 ${percent}%를 사용하고 있습니다. ${policy} 정책에서는 100%가 되면 쓰기를 거부합니다.`,
  clientsNear: (address, connected, max) =>
    `Redis(${address})의 연결이 최대 ${max}개 중 ${connected}개입니다. 한도를 넘는 연결은 거부됩니다.`,
  loading: (address) => `Redis(${address})가 아직 데이터를 적재 중이며 LOADING으로 응답합니다.`,
  noAof: (address) =>
    `Redis(${address})의 AOF가 꺼져 있습니다. 비정상 종료 시 마지막 저장 이후의 데이터가 모두 유실됩니다.`,
  healthy: (count) =>
    `Redis 노드${count === 1 ? '가' : ` ${count}개 모두`} 데이터를 저장하고 있으며 메모리와 연결에 여유가 있습니다.`,
  columns: ['노드', '영속성', '메모리', '클라이언트', '거부, 느린 명령'],
  aof: (on, write, rewrite, fsync) =>
    on ? `AOF 켜짐, fsync ${fsync}, 마지막 쓰기 ${good(write)}, 마지막 재작성 ${good(rewrite)}` : 'AOF 꺼짐',
  rdb: (lastOk, since, changes) => `${since} 전 저장 ${good(lastOk)}, 이후 변경 ${changes}건`,
  memory: (used, max, policy, evicted) => `${max} 중 ${used}, ${policy}, 내보낸 키 ${evicted}개`,
  unlimited: '제한 없음',
  clients: (connected, max, blocked, rejected) =>
    `${max} 중 ${connected}개, 대기 ${blocked}개, 시작 이후 거부 ${rejected}건`,
  refused: (memory, disk) => `시작 이후 OOM ${memory}건, MISCONF ${disk}건`,
  slow: (command, ms, ago) => `${command} ${ms} ms(${ago} 전)`,
  needs: (right) => `조회 권한 없음(${right})`,
};

const good = (fine: boolean) => (fine ? '정상' : '실패');

/** What the step about the inside of Redis nodes says, in the channel's language. */
export const nodeHealthMessages = (language: Language): NodeHealthMessages => (language === 'ko' ? ko : en);
