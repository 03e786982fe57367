import type { Language } from '../../../incident/words.ts';
import type { Unanswered } from './ask-postgres.ts';

const en = {
  how: {
    silent: 'connected, then silent: frozen or overloaded, not crashed',
    refused: 'connection refused: the process is gone, its host is there',
    unreachable: 'no connection: the host or the network is gone',
    unresolved: 'its name does not resolve',
    denied: 'login or rights refused',
    full: 'no connection slot left',
    starting: 'takes no connections yet',
    rejected: 'answers with an error',
    broken: 'the connection broke',
  } as Record<Unanswered, string>,
  full: (address: string, reason: string) =>
    `${address} has no connection left, not even for this probe (${reason}), so clients are refused: find and close what holds them as a superuser, for whom some are kept.`,
};

type UnansweredMessages = typeof en;

const ko: UnansweredMessages = {
  how: {
    silent: '연결된 뒤 응답 없음: 종료가 아니라 멈춤 또는 과부하',
    refused: '연결 거부: 프로세스는 없고 호스트는 살아 있음',
    unreachable: '연결 불가: 호스트나 네트워크가 끊김',
    unresolved: '이름을 해석할 수 없음',
    denied: '로그인 또는 권한 거부',
    full: '남은 연결 슬롯 없음',
    starting: '아직 연결을 받지 않음',
    rejected: '오류로 응답함',
    broken: '연결이 끊어짐',
  },
  full: (address, reason) =>
    `${address} 노드에 남은 연결이 없어 클라이언트와 이 점검이 모두 거부됩니다(${reason}). 슈퍼유저용 예약 연결로 접속해 연결을 점유한 세션을 찾아 정리하세요.`,
};

/** Why a node did not answer, in the channel's language. */
export const unansweredMessages = (language: Language): UnansweredMessages => (language === 'ko' ? ko : en);
