import type { Language } from '../../../incident/words.ts';

const en = {
  nobody: (tried: string) =>
    `No bootstrap of this Kafka gives metadata from here (${tried}): either every broker is down, or this worker cannot reach them.`,
  oneBootstrap: (told: string) =>
    `The only bootstrap that was named gives no metadata (${told}); whether other brokers live is not known: name several.`,
  denied: (address: string) =>
    `Kafka at ${address} refuses this login; check user, password and mechanism of its listener.`,
  otherCluster: (address: string, found: string, expected: string) =>
    `${address} belongs to cluster ${found}, not to ${expected}: clients that are sent there write into another Kafka.`,
  otherNode: (address: string, node: number, found: number) =>
    `${address}, advertised for broker ${node}, is answered by broker ${found}: correct advertised.listeners of broker ${node}.`,
  brokerDown: (nodes: string, consequence: string) =>
    `Broker ${nodes} is not registered with the cluster; ${consequence}. Bring it back before another one stops.`,
  tooFew: (found: number, expected: number, consequence: string) =>
    `Only ${found} of ${expected} brokers are registered with the cluster; ${consequence}. Bring the missing one back.`,
  brokerSilent: (node: number, address: string, consequence: string) =>
    `Broker ${node} (${address}) takes connections and then says nothing: frozen, overloaded or cut off; ${consequence}.`,
  brokerRefuses: (node: number, address: string, consequence: string) =>
    `Broker ${node} is registered but refuses connections at ${address}: it stopped within the last seconds, or it advertises a wrong port; ${consequence}.`,
  brokerUnusable: (node: number, address: string, how: string) =>
    `Nobody looked at broker ${node}: its address ${address} cannot be used from here (${how}); the runbook kafka-advertised-listeners tells why.`,
  noController: (from: string) =>
    `No controller is active: ${from} answers, but nobody answers for the controllers. What has a leader goes on; nothing elects a new leader, and no broker can join. Start the controllers.`,
  controllerDenied:
    'This account may not ask which controller is active: it needs Describe on Cluster kafka-cluster.',
  controllerUnread: (how: string) => `Whether a controller is active could not be read (${how}).`,
  voterSilent: (id: number, seconds: number, left: number, total: number) =>
    `Controller ${id} has not followed for ${seconds} s; ${left} of ${total} controllers are left, and a majority must stay.`,
  offline: (count: number, names: string) =>
    `${count} partition(s) are offline, nobody can read or write them: ${names}. All brokers are registered, so look for a failed log directory on those that hold them.`,
  underMinIsr: (count: number, names: string) =>
    `${count} partition(s) have fewer replicas in sync than min.insync.replicas, so writes with acks=all are refused: ${names}.`,
  underReplicated: (count: number, names: string) =>
    `${count} partition(s) have a replica that is not in sync: ${names}. All brokers are registered: one is slow, just back, or partitions are being moved.`,
  noTopics:
    'This account sees no topic at all: the cluster is empty, or the account lacks Describe on Topic *.',
  healthy: (brokers: number, partitions: number, controller: string) =>
    `Every broker answers (${brokers}), ${controller}, and all ${partitions} partitions have a leader and every replica in sync.`,
  controllerIs: (id: number) => `controller ${id} is active`,
  controllerNotTold: 'the cluster does not tell its controller',
  consequence: (offline: string, under: string, writes: string) =>
    [offline, writes, under].filter(Boolean).join(', ') || 'every partition still has all its replicas',
  someOffline: (count: number, names: string) => `${count} partition(s) are offline (${names})`,
  someUnder: (count: number) => `${count} partition(s) lack a replica`,
  someRefused: (count: number) => `${count} partition(s) refuse writes with acks=all`,
  more: (count: number) => `and ${count} more`,
  columns: ['what', 'leader or address', 'replicas', 'in sync', 'finding'],
  rows: {
    bootstrap: 'bootstrap',
    broker: (node: number) => `broker ${node}`,
    controller: 'controller',
  },
  answers: 'answers',
  notRegistered: 'not registered',
  isOffline: 'offline',
  isUnderMinIsr: (min: number) => `under min.insync.replicas (${min})`,
  isUnderReplicated: 'a replica is missing',
  noLeader: 'none',
  active: 'active',
  notActive: 'nobody answers',
  notTold: 'not told',
};

export type ClusterMessages = typeof en;

const ko: ClusterMessages = {
  nobody: (tried) =>
    `여기서는 이 Kafka의 어느 부트스트랩에서도 메타데이터를 받지 못했습니다(${tried}). 모든 브로커가 내려갔거나 이 워커에서 접속할 수 없는 상태입니다.`,
  oneBootstrap: (told) =>
    `하나뿐인 부트스트랩에서 메타데이터를 받지 못했습니다(${told}). 다른 브로커가 살아 있는지는 알 수 없으니 부트스트랩을 여러 개 지정하세요.`,
  denied: (address) =>
    `Kafka(${address})가 이 로그인을 거부합니다. 해당 리스너의 사용자, 비밀번호, 인증 방식을 확인하세요.`,
  otherCluster: (address, found, expected) =>
    `${address} 주소에는 ${expected} 대신 ${found} 클러스터가 있습니다. 그곳으로 안내된 클라이언트는 다른 Kafka에 기록하게 됩니다.`,
  otherNode: (address, node, found) =>
    `브로커 ${node}번의 주소로 알려진 ${address}에서 브로커 ${found}번이 응답합니다. 브로커 ${node}번의 advertised.listeners를 수정하세요.`,
  brokerDown: (nodes, consequence) =>
    `브로커 ${nodes}번이 클러스터에 등록되어 있지 않습니다. 현재 상태: ${consequence}. 다른 브로커가 멈추기 전에 복구하세요.`,
  tooFew: (found, expected, consequence) =>
    `브로커 ${expected}대 중 ${found}대만 클러스터에 등록되어 있습니다. 현재 상태: ${consequence}. 빠진 브로커를 복구하세요.`,
  brokerSilent: (node, address, consequence) =>
    `브로커 ${node}번(${address})이 연결만 받고 응답하지 않습니다. 멈춤, 과부하 또는 네트워크 단절입니다. 현재 상태: ${consequence}.`,
  brokerRefuses: (node, address, consequence) =>
    `브로커 ${node}번은 등록되어 있지만 ${address} 주소에서 연결을 거부합니다. 방금 멈췄거나 잘못된 포트를 알리고 있습니다. 현재 상태: ${consequence}.`,
  brokerUnusable: (node, address, how) =>
    `브로커 ${node}번은 확인하지 못했습니다. 여기서는 ${address} 주소를 사용할 수 없습니다(${how}). 이유는 kafka-advertised-listeners 런북에서 확인할 수 있습니다.`,
  noController: (from) =>
    `활성 컨트롤러가 없습니다. ${from} 브로커는 응답하지만 컨트롤러 쪽에서는 응답이 없습니다. 리더가 있는 파티션은 계속 동작하지만 새 리더 선출과 브로커 합류가 불가능합니다. 컨트롤러를 시작하세요.`,
  controllerDenied:
    '이 계정으로는 활성 컨트롤러를 조회할 수 없습니다. Cluster kafka-cluster에 대한 Describe 권한이 필요합니다.',
  controllerUnread: (how) => `활성 컨트롤러가 있는지 읽지 못했습니다(${how}).`,
  voterSilent: (id, seconds, left, total) =>
    `컨트롤러 ${id}번이 ${seconds}초 동안 따라오지 않습니다. 컨트롤러 ${total}대 중 ${left}대가 남았으며 과반수가 유지되어야 합니다.`,
  offline: (count, names) =>
    `파티션 ${count}개가 오프라인이어서 읽기와 쓰기가 모두 불가능합니다: ${names}. 모든 브로커가 등록되어 있으므로 해당 파티션을 가진 브로커의 로그 디렉터리 장애를 확인하세요.`,
  underMinIsr: (count, names) =>
    `파티션 ${count}개의 동기화된 복제본이 min.insync.replicas보다 적어 acks=all 쓰기가 거부됩니다: ${names}.`,
  underReplicated: (count, names) =>
    `파티션 ${count}개에 동기화되지 않은 복제본이 있습니다: ${names}. 모든 브로커가 등록되어 있으므로 느린 브로커, 방금 복구된 브로커 또는 파티션 이동이 원인입니다.`,
  noTopics:
    '이 계정에는 토픽이 하나도 보이지 않습니다. 클러스터가 비어 있거나 계정에 Topic *에 대한 Describe 권한이 없습니다.',
  healthy: (brokers, partitions, controller) =>
    `브로커 ${brokers}대가 모두 응답하고 ${controller}. 파티션 ${partitions}개 모두 리더가 있으며 복제본이 전부 동기화되어 있습니다.`,
  controllerIs: (id) => `컨트롤러 ${id}번이 활성 상태입니다`,
  controllerNotTold: '클러스터가 컨트롤러를 알려 주지 않습니다',
  consequence: (offline, under, writes) =>
    [offline, writes, under].filter(Boolean).join(', ') || '모든 파티션의 복제본이 아직 온전함',
  someOffline: (count, names) => `파티션 ${count}개 오프라인(${names})`,
  someUnder: (count) => `파티션 ${count}개의 복제본 누락`,
  someRefused: (count) => `파티션 ${count}개에서 acks=all 쓰기 거부`,
  more: (count) => `외 ${count}개`,
  columns: ['대상', '리더 또는 주소', '복제본', '동기화됨', '결과'],
  rows: {
    bootstrap: '부트스트랩',
    broker: (node) => `브로커 ${node}`,
    controller: '컨트롤러',
  },
  answers: '응답함',
  notRegistered: '등록되지 않음',
  isOffline: '오프라인',
  isUnderMinIsr: (min) => `min.insync.replicas(${min}) 미만`,
  isUnderReplicated: '복제본 누락',
  noLeader: '없음',
  active: '활성',
  notActive: '응답 없음',
  notTold: '확인 불가',
};

/** What the step kafka-cluster says, in the channel's language. */
export const clusterMessages = (language: Language): ClusterMessages => (language === 'ko' ? ko : en);
