import type { Language } from '../../../incident/words.ts';

const en = {
  columns: ['address', 'connection', 'time'],
  states: {
    open: 'open',
    closed: 'accepted and closed at once',
    reset: 'reset',
    refused: 'refused',
    timeout: 'no answer in time',
    unreachable: 'no route from here',
    broken: 'failed',
  },
  at: (place: string, address: string) => (place === address ? place : `${place} (at ${address})`),
  why: {
    open: (place: string) => `${place} is open.`,
    closed: (place: string) =>
      `${place} accepts connections and closes them at once: a balancer without a backend, or a limit of connections, does that.`,
    reset: (place: string) =>
      `${place} resets connections: its process is overloaded or restarting, or a firewall rejects us.`,
    refused: (place: string) =>
      `${place} refuses connections: the host is there and nothing listens on the port.`,
    timeout: (place: string) =>
      `${place} does not answer: the host is down or frozen, or a firewall drops the packets from here.`,
    unreachable: (place: string) => `${place} cannot be reached: there is no route from here.`,
    broken: (place: string) => `Could not find out whether ${place} is open.`,
  },
  some: (place: string, open: number, of: number, list: string) =>
    `${place} is open at ${open} of ${of} addresses; clients that pick one of the others wait or fail: ${list}.`,
  fine: (place: string, open: number, ms: number) =>
    `${place} accepts connections${open > 1 ? ` at all ${open} addresses` : ''}, within ${ms} ms.`,
  noSuchName: (host: string) => `${host} does not resolve here, so there is nothing to connect to.`,
  noResolver: (host: string, code: string) =>
    `Could not resolve ${host} from here (${code}): the resolver of this machine gives no answer.`,
  forbidden: (host: string, addresses: string) =>
    `${host} is ${addresses}, a metadata or link-local address that is never dialled.`,
};

/** What the TCP step says. */
export type TcpMessages = typeof en;

const ko: TcpMessages = {
  columns: ['주소', '연결', '시간'],
  states: {
    open: '열림',
    closed: '연결 직후 닫힘',
    reset: '강제로 끊김',
    refused: '거부',
    timeout: '제한 시간 안에 응답 없음',
    unreachable: '여기서 가는 경로 없음',
    broken: '실패',
  },
  at: (place, address) => (place === address ? place : `${place}(${address})`),
  why: {
    open: (place) => `${place} 포트가 열려 있습니다.`,
    closed: (place) =>
      `${place}에 연결하면 바로 닫습니다. 백엔드가 없는 로드 밸런서나 연결 수 제한에서 나타나는 증상입니다.`,
    reset: (place) =>
      `${place}에 연결하면 강제로 끊습니다. 프로세스가 과부하이거나 재시작 중이거나, 방화벽이 거부하고 있습니다.`,
    refused: (place) =>
      `${place} 연결이 거부됩니다. 호스트는 살아 있지만 해당 포트에서 실행 중인 프로세스가 없습니다.`,
    timeout: (place) =>
      `${place} 연결 요청에 응답이 없습니다. 호스트가 멈췄거나 방화벽이 여기서 보낸 패킷을 버리고 있습니다.`,
    unreachable: (place) => `${place}에 연결할 수 없습니다. 여기서 가는 경로가 없습니다.`,
    broken: (place) => `${place} 포트가 열려 있는지 확인하지 못했습니다.`,
  },
  some: (place, open, of, list) =>
    `${place}에 연결되는 주소가 ${of}개 중 ${open}개뿐입니다. 다른 주소를 고른 클라이언트는 지연되거나 실패합니다: ${list}.`,
  fine: (place, open, ms) =>
    `${place}에 ${ms} ms 안에 연결됩니다${open > 1 ? `(주소 ${open}개 모두 확인)` : ''}.`,
  noSuchName: (host) => `${host} 이름이 여기서 조회되지 않아 연결할 곳이 없습니다.`,
  noResolver: (host, code) =>
    `여기서 ${host} 이름을 조회하지 못했습니다(${code}). 이 서버의 리졸버가 응답하지 않습니다.`,
  forbidden: (host, addresses) =>
    `${host}은(는) ${addresses}로, 접속이 금지된 메타데이터 또는 링크 로컬 주소입니다.`,
};

/** What the TCP step says, in the channel's language. */
export const tcpMessages = (language: Language): TcpMessages => (language === 'ko' ? ko : en);
