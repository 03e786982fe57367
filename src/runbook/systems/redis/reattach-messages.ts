import type { Language } from '../../../incident/words.ts';
import type { NotProven } from './prove-stray.ts';

const en = {
  theOne: (nodes: string) => `the only one of ${nodes} that says it is master beside it`,
  preview: (node: string, master: string, sentinels: string) =>
    `REPLICAOF on ${node}, to the master of ${master} that the majority of ${sentinels} names: its own data set is dropped for a full copy, and writes it alone has are lost (the evidence says how many, as far as known). Nothing is sent unless it is proven stray at that moment.`,
  not: (why: string) => `Nothing was sent: ${why}.`,
  why: {
    'no-majority': 'no majority of the Sentinels names one master',
    failover: 'a failover is in progress, which attaches former masters by itself',
    'master-not-master': 'the node that the Sentinels name does not answer as a ready master',
    'is-the-master': 'this node is the master that the Sentinels name',
    'node-silent': 'this node is not among those that answer',
    'node-is-replica': 'this node is a replica already',
    'no-stray': 'no other node says that it is master',
    'several-strays': 'several nodes say that they are master; name one (node)',
  } as Record<NotProven, string>,
  changed: (node: string) => `${node} is no master any more`,
  denied: (node: string, reason: string) =>
    `Nothing was sent: ${node} refuses (${reason}); the account needs +role +replicaof +info.`,
  unclear: (node: string, reason: string) =>
    `${node} gave no answer to REPLICAOF (${reason}); it may have been heard.`,
  attached: (node: string, master: string, took: string) =>
    `${node} follows ${master} and had taken its copy after ${took}.`,
  copying: (node: string, master: string) =>
    `${node} follows ${master} now, but the link is not up yet: it is copying, or may not log in (masterauth).`,
  columns: ['what', 'says'],
  rows: {
    stray: 'stray',
    master: 'master',
    keys: 'keys on the stray, on the master',
    lost: 'writes only the stray has',
    votes: 'Sentinels that name the master',
    followers: 'replicas of the stray',
  },
  bytes: (bytes: number | null) => (bytes === null ? 'not known: no common history' : `${bytes} bytes`),
};

export type ReattachMessages = typeof en;

const ko: ReattachMessages = {
  theOne: (nodes) => `${nodes} 중 자신도 마스터라고 하는 유일한 노드`,
  preview: (node, master, sentinels) =>
    `${sentinels}의 과반수가 지목한 ${master}의 마스터를 따르도록 다음 노드에 REPLICAOF 명령을 보냅니다: ${node}. 이 노드의 데이터는 전체 복사본으로 교체되며, 이 노드에만 있는 쓰기는 유실됩니다(알 수 있는 범위에서 그 양을 근거에 표시합니다). 그 순간 잘못 남은 마스터임이 증명되지 않으면 아무것도 보내지 않습니다.`,
  not: (why) => `명령을 보내지 않았습니다. ${why}.`,
  why: {
    'no-majority': '과반수의 Sentinel이 하나의 마스터를 지목하지 않습니다',
    failover: '페일오버가 진행 중이며, 끝나면 이전 마스터가 자동으로 연결됩니다',
    'master-not-master': 'Sentinel이 지목한 노드가 준비된 마스터로 응답하지 않습니다',
    'is-the-master': '이 노드가 바로 Sentinel이 지목한 마스터입니다',
    'node-silent': '이 노드는 응답하는 노드에 없습니다',
    'node-is-replica': '이 노드는 이미 레플리카입니다',
    'no-stray': '자신을 마스터라고 하는 다른 노드가 없습니다',
    'several-strays': '여러 노드가 자신을 마스터라고 합니다. 하나를 지정하세요(node)',
  },
  changed: (node) => `${node} 노드는 더 이상 마스터가 아닙니다`,
  denied: (node, reason) =>
    `명령을 보내지 않았습니다. ${node} 노드가 거부했습니다(${reason}). 계정에 +role +replicaof +info 권한이 필요합니다.`,
  unclear: (node, reason) =>
    `${node} 노드가 REPLICAOF에 응답하지 않았습니다(${reason}). 명령이 전달되었을 수도 있습니다.`,
  attached: (node, master, took) =>
    `${node} 노드가 마스터(${master})를 따르며 ${took} 만에 데이터 복사를 마쳤습니다.`,
  copying: (node, master) =>
    `${node} 노드가 이제 마스터(${master})를 따르지만 연결이 아직 완료되지 않았습니다. 복사 중이거나 로그인(masterauth)에 실패하고 있을 수 있습니다.`,
  columns: ['항목', '내용'],
  rows: {
    stray: '잘못 남은 마스터',
    master: '마스터',
    keys: '키 수(잘못 남은 쪽, 마스터)',
    lost: '이 노드에만 있는 쓰기',
    votes: '마스터를 지목한 Sentinel',
    followers: '잘못 남은 마스터의 레플리카',
  },
  bytes: (bytes) => (bytes === null ? '알 수 없음(공통 이력 없음)' : `${bytes}바이트`),
};

/** What the re-attachment of a stray master says, in the channel's language. */
export const reattachMessages = (language: Language): ReattachMessages => (language === 'ko' ? ko : en);
