import type { Language } from '../../../incident/words.ts';
import type { KafkaResource } from './kafka-trouble.ts';

const en = {
  nobody: (tried: string) =>
    `No bootstrap of this Kafka gives metadata from here (${tried}); look at the cluster first.`,
  missingRight: (resource: KafkaResource, name: string) =>
    `This account may not look: it needs Describe on ${resource} ${name}.`,
  neverUsed: (group: string) =>
    `No consumer group has ever committed on this cluster, so there is no group ${group}; check that this is the right cluster.`,
  noTopic: (name: string) =>
    `There is no topic ${name} on this cluster; correct the topics that the runbook names.`,
  noCoordinator: (group: string) =>
    `Group ${group} has no coordinator: its partition of __consumer_offsets is offline, so its consumers can neither join nor commit.`,
  coordinatorMute: (group: string, node: number, address: string, how: string) =>
    `Broker ${node} (${address}), the coordinator of group ${group}, cannot be used from here (${how}), so consumers in this place can neither join nor commit.`,
  broke: (address: string, reason: string) => `${address} answered with an error: ${reason}.`,
  noGroup: (group: string) =>
    `Nobody knows group ${group} here: it has no member and no committed offset. Check its name, or it has not run since its offsets expired.`,
  nothingVisible: (group: string, members: number) =>
    `Group ${group} has ${members} member(s) and no committed offset that this account can see: it has committed nothing yet, or the account lacks Describe on its topics.`,
  withoutMembers: (group: string, lag: number, where: string) =>
    `Group ${group} has no member, and ${lag} messages are waiting, most on ${where}: start its consumers.`,
  emptyWithLittle: (group: string, lag: number) =>
    `Group ${group} has no member at the moment, and ${lag} messages are waiting.`,
  rebalancing: (group: string, lag: number, seconds: number) =>
    `Group ${group} has been rebalancing for ${seconds} s and reads nothing, while ${lag} messages wait: a member joins and leaves again and again, or takes too long between polls (max.poll.interval.ms).`,
  stuck: (group: string, members: number, lag: number, seconds: number, where: string, who: string) =>
    `Group ${group} has ${members} member(s) but committed nothing in ${seconds} s, while ${lag} messages wait, most on ${where}${who}: look at that consumer's log for a message it cannot get past.`,
  partitionStuck: (group: string, where: string, lag: number, seconds: number, who: string) =>
    `Group ${group} reads on, but not ${where}${who}: nothing committed there in ${seconds} s, while ${lag} messages wait. Look for a message it cannot get past.`,
  tooSlow: (group: string, lag: number, read: string, arrived: string) =>
    `Group ${group} is ${lag} messages behind and does not catch up: it reads ${read}/s while ${arrived}/s come in. Add consumers (up to one a partition) or make them faster.`,
  draining: (group: string, lag: number, read: string, arrived: string, left: string) =>
    `Group ${group} is ${lag} messages behind and catches up: it reads ${read}/s while ${arrived}/s come in, about ${left} to go.`,
  justBehind: (group: string, lag: number) => `Group ${group} is ${lag} messages behind; seen once only.`,
  unread: (node: number, how: string) =>
    `The lag on partitions led by broker ${node} could not be read (${how}).`,
  notRegistered: 'it is not registered',
  noLeader: (where: string) => `${where} has no leader, so nobody can read it.`,
  expired: (where: string, count: number) =>
    `On ${where} the group stands before the first message that is left: ${count} were deleted unread by retention.`,
  healthy: (group: string, members: number, lag: number, max: number) =>
    `Group ${group} keeps up: ${members} member(s), ${lag} messages behind (at most ${max}).`,
  heldBy: (client: string, host: string) => `, held by ${client} on ${host}`,
  columns: ['partition', 'committed', 'end', 'lag', 'in between', 'read by'],
  none: 'none',
  noChange: '-',
  moved: (read: number, arrived: number) => `${read} read, ${arrived} came in`,
};

export type LagMessages = typeof en;

const ko: LagMessages = {
  nobody: (tried) =>
    `여기서는 이 Kafka의 어느 부트스트랩에서도 메타데이터를 받지 못했습니다(${tried}). 클러스터부터 확인하세요.`,
  missingRight: (resource, name) =>
    `이 계정으로는 확인할 수 없습니다. ${resource} ${name}에 대한 Describe 권한이 필요합니다.`,
  neverUsed: (group) =>
    `이 클러스터에서는 오프셋을 커밋한 컨슈머 그룹이 없어 ${group} 그룹도 없습니다. 올바른 클러스터인지 확인하세요.`,
  noTopic: (name) => `이 클러스터에 ${name} 토픽이 없습니다. 런북에 지정된 토픽 이름을 수정하세요.`,
  noCoordinator: (group) =>
    `${group} 그룹의 코디네이터가 없습니다. __consumer_offsets의 해당 파티션이 오프라인이어서 컨슈머가 참여하거나 커밋할 수 없습니다.`,
  coordinatorMute: (group, node, address, how) =>
    `${group} 그룹의 코디네이터인 브로커 ${node}번(${address})을 여기서 사용할 수 없습니다(${how}). 이 위치의 컨슈머는 참여하거나 커밋할 수 없습니다.`,
  broke: (address, reason) => `${address} 주소에서 오류로 응답했습니다: ${reason}.`,
  noGroup: (group) =>
    `${group} 그룹을 찾을 수 없습니다. 멤버도 커밋된 오프셋도 없습니다. 이름을 확인하세요. 오프셋이 만료된 뒤로 실행되지 않았을 수도 있습니다.`,
  nothingVisible: (group, members) =>
    `${group} 그룹에 멤버가 ${members}개 있지만 이 계정에 보이는 커밋된 오프셋이 없습니다. 아직 커밋하지 않았거나 계정에 토픽에 대한 Describe 권한이 없습니다.`,
  withoutMembers: (group, lag, where) =>
    `${group} 그룹에 멤버가 없고 메시지 ${lag}개가 대기 중이며 ${where}에 가장 많습니다. 컨슈머를 시작하세요.`,
  emptyWithLittle: (group, lag) => `${group} 그룹에 현재 멤버가 없고 메시지 ${lag}개가 대기 중입니다.`,
  rebalancing: (group, lag, seconds) =>
    `${group} 그룹이 ${seconds}초 동안 리밸런싱만 하며 읽지 못하고 메시지 ${lag}개가 대기 중입니다. 멤버가 계속 들어오고 나가거나 폴링 간격이 너무 깁니다(max.poll.interval.ms).`,
  stuck: (group, members, lag, seconds, where, who) =>
    `${group} 그룹에 멤버가 ${members}개 있지만 ${seconds}초 동안 커밋이 없고 메시지 ${lag}개가 대기 중이며 ${where}에 가장 많습니다${who}. 해당 컨슈머의 로그에서 처리하지 못하는 메시지를 찾으세요.`,
  partitionStuck: (group, where, lag, seconds, who) =>
    `${group} 그룹이 다른 파티션은 읽지만 ${where} 파티션은 ${seconds}초 동안 커밋이 없고 메시지 ${lag}개가 대기 중입니다${who}. 처리하지 못하는 메시지를 찾으세요.`,
  tooSlow: (group, lag, read, arrived) =>
    `${group} 그룹이 메시지 ${lag}개만큼 뒤처져 있고 따라잡지 못합니다. 초당 ${read}개를 읽고 ${arrived}개가 들어옵니다. 컨슈머를 늘리거나(파티션당 하나까지) 처리 속도를 높이세요.`,
  draining: (group, lag, read, arrived, left) =>
    `${group} 그룹이 메시지 ${lag}개만큼 뒤처져 있지만 따라잡고 있습니다. 초당 ${read}개를 읽고 ${arrived}개가 들어오며 약 ${left} 남았습니다.`,
  justBehind: (group, lag) => `${group} 그룹이 메시지 ${lag}개만큼 뒤처져 있습니다. 한 번만 확인했습니다.`,
  unread: (node, how) => `브로커 ${node}번이 리더인 파티션의 지연을 읽지 못했습니다(${how}).`,
  notRegistered: '등록되지 않음',
  noLeader: (where) => `${where} 파티션에 리더가 없어 읽을 수 없습니다.`,
  expired: (where, count) =>
    `${where} 파티션에서 그룹의 위치가 남아 있는 첫 메시지보다 앞에 있습니다. 메시지 ${count}개가 읽히지 않은 채 보존 기간이 지나 삭제되었습니다.`,
  healthy: (group, members, lag, max) =>
    `${group} 그룹이 잘 따라가고 있습니다. 멤버 ${members}개, 지연 ${lag}개(허용 ${max}개).`,
  heldBy: (client, host) => `(담당: ${host}의 ${client})`,
  columns: ['파티션', '커밋', '끝', '지연', '그사이', '담당'],
  none: '없음',
  noChange: '-',
  moved: (read, arrived) => `${read}개 읽음, ${arrived}개 들어옴`,
};

/** What the step kafka-consumer-lag says, in the channel's language. */
export const lagMessages = (language: Language): LagMessages => (language === 'ko' ? ko : en);
