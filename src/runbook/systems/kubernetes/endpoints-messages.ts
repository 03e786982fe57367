import type { Language } from '../../../incident/words.ts';
import type { Failure } from '../../../kit/failure.ts';
import { isReady } from './endpoints-view.ts';
import { kubeMessages } from './kube-messages.ts';
import type { Pod } from './kube-objects.ts';
import { declaredPorts } from './target-port.ts';

/** Why a pod is not ready, in Kubernetes' own words: the first waiting container, else its phase. */
function stateOf(pod: Pod): string {
  const { phase = 'Unknown', containerStatuses = [], conditions = [] } = pod.status ?? {};
  const waiting = containerStatuses.find(({ state }) => state?.waiting)?.state?.waiting?.reason;
  const condition = conditions.find(({ type, status }) => type === 'Ready' && status !== 'True')?.reason;
  return waiting ?? condition ?? phase;
}

const en = {
  columns: ['what', 'finding'],
  rows: {
    ports: 'ports',
    selector: 'selector',
    endpoints: 'endpoints',
    policies: 'network policies',
    resolver: 'name server',
  },
  none: 'none',
  declares: (pod: Pod) => declaredPorts(pod) || 'none declared',
  podState: (pod: Pod) => (isReady(pod) ? 'ready' : `not ready: ${stateOf(pod)}`),
  podCount: (count: number) => `${count} pod(s)`,
  endpointCount: (ready: number, all: number) => `${ready} ready of ${all}`,
  answered: (status: number) => `answers ${status}`,
  notAsked: (failure: Failure) => kubeMessages('en').failure(failure),
  missing: (name: string, namespace: string, others: string) =>
    `There is no Service ${name} in namespace ${namespace} (there: ${others || 'none'}): its name does not resolve.`,
  portMissing: (name: string, port: string, there: string) =>
    `Service ${name} has no port ${port} (it has: ${there || 'none'}): requests to it go nowhere.`,
  selectorMisses: (name: string, wanted: string, pod: string, theirs: string) =>
    `The selector of Service ${name} (${wanted}) matches no pod; the nearest, ${pod}, says ${theirs}: correct the selector or the labels.`,
  noPod: (name: string, wanted: string) =>
    `No pod has the labels that Service ${name} selects (${wanted}), and no workload makes such pods: it was removed.`,
  notMade: (name: string, wanted: string, maker: string, replicas: number) =>
    replicas === 0
      ? `Service ${name} has no pod (${wanted}), because ${maker} is scaled to 0: scale it up.`
      : `Service ${name} has no pod (${wanted}), although ${maker} wants ${replicas}: its pods cannot be created.`,
  targetUnknown: (name: string, target: string, ports: string) =>
    `Service ${name} leads to a container port named ${target}, which its pods do not have (they have: ${ports}).`,
  wrongTarget: (name: string, port: number, pod: string, ports: string) =>
    `Service ${name} leads to port ${port}, where ${pod} refuses connections; its containers declare ${ports}: correct targetPort.`,
  noneReady: (name: string, pods: number, pod: string, state: string) =>
    `None of the ${pods} pod(s) of Service ${name} is ready (${pod}: ${state}), so it has no endpoint and answers nothing.`,
  noEndpoint: (name: string) => `Service ${name} has no ready endpoint: connections to it are refused.`,
  policyCloses: (names: string, pod: string, port: number) =>
    `Network policy ${names} admits nobody to port ${port} of ${pod}, which is ready but cannot be reached: allow its clients.`,
  policyMayClose: (names: string, name: string, port: number) =>
    `Network policy ${names} admits nobody to port ${port} of the pods of Service ${name}; clients are cut off where policies are enforced.`,
  undeclared: (name: string, port: number, ports: string) =>
    `Service ${name} leads to port ${port}, which its containers do not declare (${ports}); whether somebody listens there was not checked.`,
  closed: (pod: string, port: number) =>
    `Pod ${pod} is ready but refuses connections on port ${port}: its server listens on another port, or only on 127.0.0.1.`,
  silent: (pod: string, port: number, reason: string) =>
    `The API server gets no connection to port ${port} of ${pod} (${reason}): the pod hangs, or the control plane does not reach pods.`,
  someUnready: (name: string, unready: number, pods: number, pod: string, state: string) =>
    `${unready} of ${pods} pods of Service ${name} are not ready (${pod}: ${state}); the others carry the load.`,
  nameUnknown: (name: string, resolver: string) =>
    `Name server ${resolver} does not know the Service ${name}, though it knows others of the cluster: its view is stale.`,
  nameWrong: (name: string, resolver: string, found: string, right: string) =>
    `Name server ${resolver} sends clients of Service ${name} to ${found} instead of ${right}.`,
  nameNotAsked: (resolver: string) =>
    `Name server ${resolver} does not answer for the cluster's names from here: wrong address, or wrong domain.`,
  healthy: (name: string, endpoints: number, asked: number) =>
    `Service ${name} has ${endpoints} ready endpoint(s)${asked > 0 ? `, and ${asked} pod(s) answer directly` : ''}.`,
};

export type EndpointsMessages = typeof en;

const ko: EndpointsMessages = {
  columns: ['항목', '결과'],
  rows: {
    ports: '포트',
    selector: '셀렉터',
    endpoints: '엔드포인트',
    policies: '네트워크 정책',
    resolver: '네임 서버',
  },
  none: '없음',
  declares: (pod) => declaredPorts(pod) || '선언 없음',
  podState: (pod) => (isReady(pod) ? '준비됨' : `준비 안 됨: ${stateOf(pod)}`),
  podCount: (count) => `파드 ${count}개`,
  endpointCount: (ready, all) => `${all}개 중 ${ready}개 준비됨`,
  answered: (status) => `${status} 응답`,
  notAsked: (failure) => kubeMessages('ko').failure(failure),
  missing: (name, namespace, others) =>
    `네임스페이스 ${namespace}에 서비스(${name})가 없어 이름을 해석할 수 없습니다(있는 서비스: ${others || '없음'}).`,
  portMissing: (name, port, there) =>
    `서비스 ${name}에 포트(${port})가 없어 그 포트로 보낸 요청이 전달되지 않습니다(있는 포트: ${there || '없음'}).`,
  selectorMisses: (name, wanted, pod, theirs) =>
    `서비스 ${name}의 셀렉터(${wanted})와 일치하는 파드가 없습니다. 가장 비슷한 파드 ${pod}의 레이블은 ${theirs}입니다. 셀렉터나 레이블을 고쳐야 합니다.`,
  noPod: (name, wanted) =>
    `서비스 ${name}의 셀렉터(${wanted})에 해당하는 파드도, 그런 파드를 만드는 워크로드도 없습니다. 워크로드가 삭제되었습니다.`,
  notMade: (name, wanted, maker, replicas) =>
    replicas === 0
      ? `서비스 ${name}의 파드(${wanted})가 없습니다. ${maker} 레플리카가 0으로 설정되어 있으므로 늘려야 합니다.`
      : `서비스 ${name}의 파드(${wanted})가 없습니다. ${maker} 설정은 레플리카 ${replicas}개인데 파드가 생성되지 못하고 있습니다.`,
  targetUnknown: (name, target, ports) =>
    `서비스(${name})는 컨테이너 포트 이름(${target})으로 연결되는데 파드에 그런 포트가 없습니다(있는 포트: ${ports}).`,
  wrongTarget: (name, port, pod, ports) =>
    `서비스(${name})는 포트(${port})로 연결되는데 ${pod} 파드가 그 포트의 연결을 거부합니다. 컨테이너가 선언한 포트는 ${ports}입니다. targetPort를 고쳐야 합니다.`,
  noneReady: (name, pods, pod, state) =>
    `서비스 ${name}의 파드 ${pods}개 중 준비된 파드가 없습니다(${pod}: ${state}). 엔드포인트가 없어 아무 요청에도 응답하지 않습니다.`,
  noEndpoint: (name) => `서비스 ${name}에 준비된 엔드포인트가 없어 연결이 거부됩니다.`,
  policyCloses: (names, pod, port) =>
    `네트워크 정책(${names})이 ${pod} 파드의 포트 ${port}에 아무도 허용하지 않아, 준비된 파드인데도 접근할 수 없습니다. 클라이언트를 허용해야 합니다.`,
  policyMayClose: (names, name, port) =>
    `네트워크 정책(${names})이 서비스 ${name} 파드의 포트 ${port}에 아무도 허용하지 않습니다. 정책이 적용되는 클러스터라면 클라이언트가 차단됩니다.`,
  undeclared: (name, port, ports) =>
    `서비스(${name})가 연결되는 포트(${port})는 컨테이너가 선언하지 않은 포트입니다(선언: ${ports}). 실제로 열려 있는지는 확인하지 못했습니다.`,
  closed: (pod, port) =>
    `${pod} 파드가 준비 상태인데도 포트 ${port}의 연결을 거부합니다. 서버가 다른 포트나 127.0.0.1에서만 수신하고 있습니다.`,
  silent: (pod, port, reason) =>
    `API 서버가 ${pod} 파드의 포트 ${port}에 연결하지 못했습니다(${reason}). 파드가 멈췄거나 컨트롤 플레인에서 파드로 가는 경로가 없습니다.`,
  someUnready: (name, unready, pods, pod, state) =>
    `서비스 ${name}의 파드 ${pods}개 중 ${unready}개가 준비되지 않았습니다(${pod}: ${state}). 나머지가 요청을 처리하고 있습니다.`,
  nameUnknown: (name, resolver) =>
    `네임 서버(${resolver})가 클러스터의 다른 이름은 알지만 서비스(${name})는 모릅니다. 정보가 오래된 상태입니다.`,
  nameWrong: (name, resolver, found, right) =>
    `네임 서버(${resolver})가 서비스 ${name}의 클라이언트를 ${right} 대신 다른 주소(${found})로 보냅니다.`,
  nameNotAsked: (resolver) =>
    `네임 서버(${resolver})가 여기에서 클러스터 이름에 응답하지 않습니다. 주소나 도메인이 잘못되었습니다.`,
  healthy: (name, endpoints, asked) =>
    `서비스 ${name}에 준비된 엔드포인트가 ${endpoints}개 있${asked > 0 ? `으며 파드 ${asked}개가 직접 응답했` : ''}습니다.`,
};

/** What the endpoints step says, in the channel's language. */
export const endpointsMessages = (language: Language): EndpointsMessages => (language === 'ko' ? ko : en);
