import type { Language } from '../../../incident/words.ts';

const en = {
  preview: (master: string, sentinels: string) =>
    `SENTINEL FAILOVER ${master} on the first of ${sentinels} that answers: it promotes the best replica without asking the other Sentinels. Writes the old master alone has are lost; clients reconnect.`,
  noSentinel: (master: string) => `Nothing was sent: no Sentinel answers and names ${master}.`,
  alreadyMoving: (master: string) =>
    `Nothing was sent: a failover away from ${master} is already in progress.`,
  masterAnswers: (master: string) =>
    `Nothing was sent: master ${master} answers again, so there is nothing to fail over from.`,
  masterHeard: (master: string, by: string) =>
    `Nothing was sent: master ${master} is silent here but answers Sentinel ${by}, so the network is broken and not the master.`,
  nobody: (master: string) => `Nothing was sent: no replica of ${master} answers and could be promoted.`,
  unclear: (sentinel: string, reason: string) =>
    `Sentinel ${sentinel} gave no answer to SENTINEL FAILOVER (${reason}); it may have started.`,
  refused: (sentinel: string, reason: string) => `Sentinel ${sentinel} refused the failover: ${reason}`,
  moved: (sentinel: string, from: string, to: string, took: string) =>
    `Sentinel ${sentinel} failed over from ${from} to ${to} in ${took}.`,
  notSeen: (sentinel: string, from: string) =>
    `Sentinel ${sentinel} accepted the failover, but still names ${from} as master.`,
  ready: (master: string, replicas: number) =>
    `${master} is master, takes writes, ${replicas} replica(s) follow it, and quorum is reachable.`,
  almost: (master: string, rest: string) => `${master} is master and takes writes; still open: ${rest}.`,
  noWritable: (seen: string) => `No master takes writes yet: ${seen}`,
  open: {
    quorum: (reachable: number, total: number) => `quorum (${reachable} of ${total} Sentinels answer)`,
    replicas: (count: number, needed: number) => `replicas (${count} of ${needed} attached)`,
    disagree: 'agreement of the Sentinels',
    behind: (node: string) => `${node} (a replica, not caught up yet)`,
    others: (nodes: string) => `${nodes} also says it is master`,
  },
};

export type FailoverMessages = typeof en;

const ko: FailoverMessages = {
  preview: (master, sentinels) =>
    `${sentinels} 중 먼저 응답하는 Sentinel에서 SENTINEL FAILOVER ${master} 명령을 실행합니다. 다른 Sentinel의 동의 없이 가장 적합한 레플리카를 승격합니다. 기존 마스터에만 있는 쓰기는 유실되며, 클라이언트는 다시 연결합니다.`,
  noSentinel: (master) =>
    `명령을 보내지 않았습니다. 응답하면서 ${master}의 마스터를 알려 주는 Sentinel이 없습니다.`,
  alreadyMoving: (master) =>
    `명령을 보내지 않았습니다. 기존 마스터(${master})의 페일오버가 이미 진행 중입니다.`,
  masterAnswers: (master) =>
    `명령을 보내지 않았습니다. 마스터(${master})가 다시 응답하므로 페일오버가 필요하지 않습니다.`,
  masterHeard: (master, by) =>
    `명령을 보내지 않았습니다. 마스터(${master})가 여기에는 응답하지 않지만 Sentinel(${by})에는 응답하므로, 마스터가 아니라 네트워크 문제입니다.`,
  nobody: (master) =>
    `명령을 보내지 않았습니다. 마스터(${master})의 레플리카 중 응답하면서 승격할 수 있는 노드가 없습니다.`,
  unclear: (sentinel, reason) =>
    `Sentinel(${sentinel})이 SENTINEL FAILOVER에 응답하지 않았습니다(${reason}). 이미 시작되었을 수도 있습니다.`,
  refused: (sentinel, reason) => `Sentinel(${sentinel})이 페일오버를 거부했습니다: ${reason}`,
  moved: (sentinel, from, to, took) =>
    `Sentinel(${sentinel})이 ${took} 만에 마스터를 ${from}에서 ${to} 노드로 전환했습니다.`,
  notSeen: (sentinel, from) =>
    `Sentinel(${sentinel})이 페일오버를 받아들였지만 아직 ${from} 노드를 마스터로 알려 줍니다.`,
  ready: (master, replicas) =>
    `새 마스터(${master})가 쓰기를 받고 있으며, 레플리카 ${replicas}개가 따르고 정족수도 확보되어 있습니다.`,
  almost: (master, rest) => `마스터(${master})가 쓰기를 받고 있습니다. 남은 항목: ${rest}.`,
  noWritable: (seen) => `아직 쓰기를 받는 마스터가 없습니다: ${seen}`,
  open: {
    quorum: (reachable, total) => `정족수(Sentinel ${total}개 중 ${reachable}개 응답)`,
    replicas: (count, needed) => `레플리카(${needed}개 중 ${count}개 연결)`,
    disagree: 'Sentinel 간 합의',
    behind: (node) => `${node} 노드(레플리카이며 아직 따라잡지 못함)`,
    others: (nodes) => `${nodes} 노드도 자신이 마스터라고 응답함`,
  },
};

/** What the failover and its check say, in the channel's language. */
export const failoverMessages = (language: Language): FailoverMessages => (language === 'ko' ? ko : en);
