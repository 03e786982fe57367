import type { Language } from '../../../incident/words.ts';
import type { Unanswered } from './ask-redis.ts';

const en = {
  unanswered: {
    silent: 'connected, then silent: frozen or partitioned, not crashed',
    refused: 'connection refused: the process is gone, its host is there',
    unreachable: 'no connection: the host or the network is gone',
    unresolved: 'its name does not resolve',
    denied: 'login or rights refused',
    rejected: 'answers with an error',
    broken: 'the connection broke',
  } as Record<Unanswered, string>,
  nothingAnswers: (total: number) =>
    `No Sentinel (of ${total}) and no Redis node answered from here; that may be this worker's own network.`,
  denied: (address: string, reason: string) =>
    `Sentinel ${address} answers but refuses to say anything (${reason}); the account needs +sentinel|master +sentinel|replicas +sentinel|ckquorum.`,
  unknownMaster: (name: string) => `The Sentinels watch no master called "${name}".`,
  noSentinel: (total: number) =>
    `None of the ${total} Sentinels answer, so nobody watches Redis and nobody could fail over.`,
  splitBrain: (nodes: string, named: string) =>
    `Split brain: ${nodes} all say they are master, while the Sentinels name ${named}.`,
  settling: (strays: string, named: string) =>
    `${strays} was master until just now and still takes writes; the Sentinels make it a replica of ${named} within 20 s.`,
  disagree: (votes: string) =>
    `The Sentinels disagree about the master: ${votes}; clients that ask the minority go to the wrong node, so correct what it watches (SENTINEL REMOVE, MONITOR).`,
  failingOver: (master: string, how: string) =>
    `A failover is in progress: the Sentinels are replacing ${master} (${how}).`,
  noQuorum: (unreachable: number, total: number) =>
    `${unreachable} of ${total} Sentinels are unreachable, so no majority can authorise a failover`,
  noPeerQuorum: (reachable: number, total: number, text: string) =>
    `${reachable} of ${total} Sentinels answer but cannot authorise a failover among themselves (${text})`,
  masterGone: (master: string, how: string) => `master ${master} does not answer (${how})`,
  nobodyToPromote: 'there is no replica that answers and could be promoted',
  notYetDown: (downAfter: string) =>
    `the Sentinels have not declared it down yet (they wait ${downAfter}) and are able to fail over by themselves`,
  notAgreedDown: (seen: number, quorum: number) =>
    `${seen} Sentinel(s) see it down, ${quorum} must agree before a failover starts`,
  waitingForRetry: 'the Sentinels agree that it is down and should fail over by themselves',
  masterDenied: (master: string, reason: string) =>
    `Master ${master} is up but refuses this account (${reason}); it needs +info.`,
  maxClients: (master: string) =>
    `Master ${master} refuses every new connection: it has reached maxclients; find who opens so many.`,
  noMaster: (named: string) =>
    `The Sentinels name ${named} as master, but it says it is a replica; no node is master.`,
  refusesWrites: (master: string, good: number, needed: number) =>
    `Master ${master} refuses writes (NOREPLICAS): ${good} good replicas, min-replicas-to-write is ${needed}.`,
  loading: (master: string) => `Master ${master} is still loading its data and answers LOADING.`,
  noReplica: (master: string) =>
    `Master ${master} has no online replica: a failover would have nobody to promote.`,
  lagging: (replica: string, bytes: number, seconds: number) =>
    `Replica ${replica} lags ${bytes} bytes, last seen ${seconds} s ago.`,
  linkDown: (replica: string, master: string, since: string) =>
    `Replica ${replica} has had no link to ${master} for ${since}: it falls behind and must not be promoted; look at its log (password, network, master's clients).`,
  noLinkYet: (replica: string, master: string) =>
    `Replica ${replica} has had no link to ${master} since it was attached; if that stays, look at its log (password, network).`,
  syncing: (replica: string, master: string) => `Replica ${replica} is taking a full copy from ${master}.`,
  unaware: (address: string, knows: number, others: number) =>
    `Sentinel ${address} knows ${knows} of the ${others} other Sentinels, so it may not find a majority.`,
  dissents: (address: string, text: string) =>
    `Sentinel ${address} alone finds no quorum (${text}) while the others have one: look at its network to them.`,
  partitioned: (master: string, by: string) =>
    `Master ${master} gives no answer here but answered Sentinel ${by} meanwhile: its process is alive, the network between is broken, and no failover will come.`,
  cutOff: (master: string, by: string) =>
    `No Redis node can be reached from here, while master ${master} answers Sentinel ${by}: this worker needs a way to the Redis ports.`,
  failoverStuck: (since: string) =>
    `The Sentinels agreed ${since} ago that it is down and the failover does not come about`,
  otherMaster: (named: string, other: string) =>
    `The Sentinels name ${named} as master, but it is a replica and ${other} is master: clients are sent to a node that refuses writes.`,
  strayHas: (stray: string, keys: number, bytes: number | null) =>
    bytes === 0
      ? `${stray} holds ${keys} keys and has taken no write of its own so far.`
      : bytes === null
        ? `${stray} holds ${keys} keys; how many writes it alone has is not known: save them before it is attached again.`
        : `${stray} holds ${keys} keys and alone has ${bytes} bytes of writes, which are lost when it is attached again.`,
  quorumLostHealthy: (master: string, why: string) =>
    `Master ${master} is healthy, but ${why}: bring the missing Sentinels back before it is lost.`,
  sentinelDown: (address: string, how: string) => `Sentinel ${address} does not answer (${how}).`,
  nodeMissing: (address: string, how: string) =>
    `${address}, which should be a replica, does not answer (${how}).`,
  noMinReplicas: (master: string) =>
    `min-replicas-to-write is 0 on ${master}: an isolated master would go on taking writes that are then lost.`,
  healthy: (master: string, replicas: number, total: number) =>
    `All ${total} Sentinels name ${master}, quorum is reachable, and ${replicas} replica(s) follow without lag.`,
  columns: ['node', 'kind', 'state', 'says'],
  kinds: { sentinel: 'Sentinel', node: 'Redis' },
  answered: (ms: number) => `answers (${ms} ms)`,
  stillBelieves: (text: string) => `it still believes: ${text}`,
  sentinelSays: (master: string, flags: string, quorum: string) => `master ${master} [${flags}]; ${quorum}`,
  masterSays: (replicas: string, min: string) =>
    `role:master; replicas ${replicas}; min-replicas-to-write ${min}`,
  replicaSays: (master: string, link: string, behind: string) =>
    `role:slave of ${master}, link ${link}${behind}`,
  none: 'none',
  notReadable: 'not readable',
};

export type SentinelMessages = typeof en;

const ko: SentinelMessages = {
  unanswered: {
    silent: '연결된 뒤 응답 없음: 종료가 아니라 멈춤 또는 네트워크 단절',
    refused: '연결 거부: 프로세스는 없고 호스트는 살아 있음',
    unreachable: '연결 불가: 호스트나 네트워크가 끊김',
    unresolved: '이름을 해석할 수 없음',
    denied: '로그인 또는 권한 거부',
    rejected: '오류로 응답함',
    broken: '연결이 끊어짐',
  },
  nothingAnswers: (total) =>
    `여기서는 Sentinel ${total}개와 Redis 노드가 모두 응답하지 않습니다. 이 워커의 네트워크 문제일 수도 있습니다.`,
  denied: (address, reason) =>
    `Sentinel(${address})이 응답하지만 조회를 거부합니다(${reason}). 계정에 +sentinel|master +sentinel|replicas +sentinel|ckquorum 권한이 필요합니다.`,
  unknownMaster: (name) => `Sentinel이 "${name}"이라는 마스터를 감시하고 있지 않습니다.`,
  noSentinel: (total) =>
    `Sentinel ${total}개가 모두 응답하지 않습니다. Redis를 감시하는 주체가 없어 페일오버가 불가능합니다.`,
  splitBrain: (nodes, named) =>
    `스플릿 브레인: ${nodes} 노드가 모두 자신을 마스터라고 하며, Sentinel이 지목한 마스터는 ${named}입니다.`,
  settling: (strays, named) =>
    `${strays} 노드는 조금 전까지 마스터였고 아직 쓰기를 받고 있습니다. Sentinel이 20초 안에 ${named}의 레플리카로 전환합니다.`,
  disagree: (votes) =>
    `Sentinel마다 지목하는 마스터가 다릅니다: ${votes}. 소수 쪽에 묻는 클라이언트는 잘못된 노드로 연결되므로 감시 대상을 바로잡으세요(SENTINEL REMOVE, MONITOR).`,
  failingOver: (master, how) =>
    `페일오버가 진행 중입니다: Sentinel이 ${master} 노드(${how})를 교체하고 있습니다.`,
  noQuorum: (unreachable, total) =>
    `Sentinel ${total}개 중 ${unreachable}개에 연결할 수 없어 과반수로 페일오버를 승인할 수 없습니다`,
  noPeerQuorum: (reachable, total, text) =>
    `Sentinel ${total}개 중 ${reachable}개가 응답하지만 서로 합의해 페일오버를 승인할 수 없습니다(${text})`,
  masterGone: (master, how) => `마스터(${master})가 응답하지 않습니다(${how})`,
  nobodyToPromote: '응답하면서 승격할 수 있는 레플리카가 없습니다',
  notYetDown: (downAfter) =>
    `Sentinel이 아직 다운으로 판정하지 않았으며(판정까지 ${downAfter}) 스스로 페일오버할 수 있는 상태입니다`,
  notAgreedDown: (seen, quorum) =>
    `Sentinel ${seen}개가 다운으로 보고 있으며, ${quorum}개가 동의해야 페일오버가 시작됩니다`,
  waitingForRetry: 'Sentinel이 다운에 합의했으므로 스스로 페일오버해야 하는 상태입니다',
  masterDenied: (master, reason) =>
    `마스터(${master})는 살아 있지만 이 계정을 거부합니다(${reason}). +info 권한이 필요합니다.`,
  maxClients: (master) =>
    `마스터(${master})가 maxclients에 도달해 새 연결을 모두 거부합니다. 연결을 많이 여는 쪽을 찾으세요.`,
  noMaster: (named) =>
    `Sentinel은 ${named} 노드를 마스터로 지목하지만 그 노드는 레플리카라고 답합니다. 마스터인 노드가 없습니다.`,
  refusesWrites: (master, good, needed) =>
    `마스터(${master})가 쓰기를 거부합니다(NOREPLICAS): 정상 레플리카 ${good}개, min-replicas-to-write는 ${needed}입니다.`,
  loading: (master) => `마스터(${master})가 아직 데이터를 적재 중이며 LOADING으로 응답합니다.`,
  noReplica: (master) =>
    `마스터(${master})에 온라인 레플리카가 없습니다. 페일오버해도 승격할 노드가 없습니다.`,
  lagging: (replica, bytes, seconds) =>
    `레플리카(${replica})가 ${bytes}바이트 뒤처져 있고 마지막 응답은 ${seconds}초 전입니다.`,
  linkDown: (replica, master, since) =>
    `레플리카(${replica})가 ${since} 동안 마스터(${master})와 연결되지 않았습니다. 데이터가 뒤처지고 있어 승격하면 안 됩니다. 로그(비밀번호, 네트워크, 마스터의 클라이언트 수)를 확인하세요.`,
  noLinkYet: (replica, master) =>
    `레플리카(${replica})가 설정된 뒤로 마스터(${master})와 한 번도 연결되지 않았습니다. 계속되면 로그(비밀번호, 네트워크)를 확인하세요.`,
  syncing: (replica, master) => `레플리카(${replica})가 ${master}에서 전체 복사본을 받고 있습니다.`,
  unaware: (address, knows, others) =>
    `Sentinel(${address})이 다른 Sentinel ${others}개 중 ${knows}개만 알고 있어 과반수를 찾지 못할 수 있습니다.`,
  dissents: (address, text) =>
    `Sentinel(${address})만 정족수를 확보하지 못했고(${text}) 나머지는 정상입니다. 이 Sentinel과 나머지 사이의 네트워크를 확인하세요.`,
  partitioned: (master, by) =>
    `마스터(${master})가 여기에는 응답하지 않지만 같은 시간에 Sentinel(${by})에는 응답했습니다. 프로세스는 살아 있고 그 사이의 네트워크가 끊겼으며, 페일오버는 일어나지 않습니다.`,
  cutOff: (master, by) =>
    `마스터(${master})는 Sentinel(${by})에 응답하지만 여기서는 어떤 Redis 노드에도 연결할 수 없습니다. 이 워커에서 Redis 포트로 가는 경로가 필요합니다.`,
  failoverStuck: (since) => `Sentinel이 ${since} 전에 다운에 합의했지만 페일오버가 이루어지지 않고 있습니다`,
  otherMaster: (named, other) =>
    `Sentinel은 ${named} 노드를 마스터로 지목하지만 그 노드는 레플리카이고 실제 마스터는 ${other}입니다. 클라이언트가 쓰기를 거부하는 노드로 연결됩니다.`,
  strayHas: (stray, keys, bytes) =>
    bytes === 0
      ? `${stray} 노드에는 키 ${keys}개가 있으며, 아직 이 노드에만 있는 쓰기는 없습니다.`
      : bytes === null
        ? `${stray} 노드에는 키 ${keys}개가 있으며, 이 노드에만 있는 쓰기의 양은 알 수 없습니다. 다시 연결하기 전에 먼저 저장하세요.`
        : `${stray} 노드에는 키 ${keys}개가 있으며, 이 노드에만 있는 쓰기 ${bytes}바이트는 다시 연결하면 유실됩니다.`,
  quorumLostHealthy: (master, why) =>
    `마스터(${master})는 정상이지만, ${why}. 마스터를 잃기 전에 빠진 Sentinel을 복구하세요.`,
  sentinelDown: (address, how) => `Sentinel(${address})이 응답하지 않습니다(${how}).`,
  nodeMissing: (address, how) => `레플리카여야 할 노드(${address})가 응답하지 않습니다(${how}).`,
  noMinReplicas: (master) =>
    `${master} 노드의 min-replicas-to-write가 0입니다. 고립된 마스터가 계속 쓰기를 받아 나중에 유실될 수 있습니다.`,
  healthy: (master, replicas, total) =>
    `Sentinel ${total}개가 모두 ${master} 노드를 지목하고 정족수가 확보되어 있으며, 레플리카 ${replicas}개가 지연 없이 따르고 있습니다.`,
  columns: ['노드', '종류', '상태', '응답 내용'],
  kinds: { sentinel: 'Sentinel', node: 'Redis' },
  answered: (ms) => `응답함(${ms} ms)`,
  stillBelieves: (text) => `아직 이렇게 알고 있음: ${text}`,
  sentinelSays: (master, flags, quorum) => `마스터 ${master} [${flags}]; ${quorum}`,
  masterSays: (replicas, min) => `role:master; 레플리카 ${replicas}; min-replicas-to-write ${min}`,
  replicaSays: (master, link, behind) => `role:slave, 마스터 ${master}, 링크 ${link}${behind}`,
  none: '없음',
  notReadable: '조회 권한 없음',
};

/** What the Sentinel steps say, in the channel's language. */
export const sentinelMessages = (language: Language): SentinelMessages => (language === 'ko' ? ko : en);
