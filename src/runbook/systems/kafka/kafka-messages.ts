import type { Language } from '../../../incident/words.ts';
import type { Place } from '../../address.ts';
import type { KafkaTrouble } from './kafka-trouble.ts';

const en = {
  troubles: {
    unresolved: 'its name does not resolve here',
    forbidden: 'a link-local, metadata or unspecified address that is never dialled',
    refused: 'connection refused',
    unreachable: 'no connection in time',
    silent: 'connected, then silent',
    closed: 'it closed the connection; TLS or SASL may be missing on our side',
    denied: 'login or rights refused',
    broken: 'the connection broke',
  } as Record<KafkaTrouble, string>,
  places: {
    loopback: 'loopback',
    unspecified: 'unspecified',
    'link-local': 'link-local',
    private: 'private',
    public: 'public',
  } as Record<Place, string>,
  bootstrap: (view: string, address: string, how: string) =>
    `View ${view}: bootstrap ${address} gives no metadata (${how}).`,
  unusable: (view: string, node: number, address: string, how: string, bootstrap: string) =>
    `View ${view}: broker ${node} sends clients of ${bootstrap} on to ${address}, which cannot be used from here: ${how}. ${fix}`,
  loopback: (view: string, node: number, address: string, bootstrap: string) =>
    `View ${view}: broker ${node} sends clients of ${bootstrap} on to ${address}, a loopback address: every client ends up at its own machine. ${fix}`,
  unexpected: (view: string, node: number, address: string, expected: string) =>
    `View ${view}: broker ${node} advertises ${address}, but the runbook expects ${expected}. ${fix}`,
  missing: (view: string, expected: string) =>
    `View ${view}: no broker advertises ${expected}, which the runbook expects: that broker is down or advertises something else.`,
  shared: (view: string, nodes: string, address: string) =>
    `View ${view}: brokers ${nodes} advertise the same address ${address}, so clients reach only one of them. ${fix}`,
  otherCluster: (view: string, node: number, address: string, found: string, expected: string) =>
    `View ${view}: ${address}, advertised for broker ${node}, belongs to another cluster (${found} instead of ${expected}).`,
  otherNode: (view: string, node: number, address: string, found: number) =>
    `View ${view}: ${address}, advertised for broker ${node}, is answered by broker ${found}. ${fix}`,
  noBrokers: (view: string) => `View ${view}: the metadata lists no broker.`,
  healthy: (views: string, brokers: number) =>
    `View ${views}: all ${brokers} advertised addresses are right and answer as the broker they name.`,
  columns: ['view', 'broker', 'advertised', 'resolves to', 'finding'],
  bootstrapRow: 'bootstrap',
  fine: (ms: number, node: number | null) =>
    node === null ? `answers (${ms} ms), node id not told` : `node ${node} answers (${ms} ms)`,
  none: '-',
};

const fix =
  'Give this listener its own entry in advertised.listeners, with an address these clients can reach (separate inside and outside listeners).';

export type KafkaMessages = typeof en;

const fixKo =
  'advertised.listeners에서 이 리스너에 해당 클라이언트가 접속할 수 있는 주소를 따로 지정하세요(내부용과 외부용 리스너 분리).';

const ko: KafkaMessages = {
  troubles: {
    unresolved: '여기서는 이름을 해석할 수 없음',
    forbidden: '접속이 금지된 링크 로컬, 메타데이터 또는 미지정 주소',
    refused: '연결 거부',
    unreachable: '제한 시간 안에 연결되지 않음',
    silent: '연결된 뒤 응답 없음',
    closed: '상대가 연결을 닫음(TLS 또는 SASL 설정이 빠졌을 수 있음)',
    denied: '로그인 또는 권한 거부',
    broken: '연결이 끊어짐',
  },
  places: {
    loopback: '루프백',
    unspecified: '미지정',
    'link-local': '링크 로컬',
    private: '사설',
    public: '공인',
  },
  bootstrap: (view, address, how) =>
    `${view} 관점: 부트스트랩 ${address}에서 메타데이터를 받지 못했습니다(${how}).`,
  unusable: (view, node, address, how, bootstrap) =>
    `${view} 관점: 브로커 ${node}번이 ${bootstrap}의 클라이언트를 ${address} 주소로 보내지만 여기서는 사용할 수 없습니다(${how}). ${fixKo}`,
  loopback: (view, node, address, bootstrap) =>
    `${view} 관점: 브로커 ${node}번이 ${bootstrap}의 클라이언트를 루프백 주소(${address})로 보냅니다. 클라이언트는 자기 자신에게 접속하게 됩니다. ${fixKo}`,
  unexpected: (view, node, address, expected) =>
    `${view} 관점: 브로커 ${node}번이 ${address} 주소를 알리지만 런북이 기대하는 주소는 ${expected}입니다. ${fixKo}`,
  missing: (view, expected) =>
    `${view} 관점: 런북이 기대하는 ${expected} 주소를 알리는 브로커가 없습니다. 그 브로커가 내려갔거나 다른 주소를 알리고 있습니다.`,
  shared: (view, nodes, address) =>
    `${view} 관점: 브로커 ${nodes}번이 같은 주소(${address})를 알려 클라이언트는 그중 하나에만 접속합니다. ${fixKo}`,
  otherCluster: (view, node, address, found, expected) =>
    `${view} 관점: 브로커 ${node}번의 주소로 알려진 ${address}에는 다른 클러스터가 있습니다(${expected} 대신 ${found}).`,
  otherNode: (view, node, address, found) =>
    `${view} 관점: 브로커 ${node}번의 주소로 알려진 ${address}에서 브로커 ${found}번이 응답합니다. ${fixKo}`,
  noBrokers: (view) => `${view} 관점: 메타데이터에 브로커가 없습니다.`,
  healthy: (views, brokers) =>
    `${views} 관점: 알려진 주소 ${brokers}개가 모두 올바르고, 각 주소에서 해당 브로커가 응답합니다.`,
  columns: ['관점', '브로커', '알려진 주소', '해석 결과', '결과'],
  bootstrapRow: '부트스트랩',
  fine: (ms, node) =>
    node === null ? `응답함(${ms} ms), 노드 번호 확인 불가` : `${node}번 노드가 응답함(${ms} ms)`,
  none: '-',
};

/** What the Kafka step says, in the channel's language. */
export const kafkaMessages = (language: Language): KafkaMessages => (language === 'ko' ? ko : en);
