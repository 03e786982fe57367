import type { Language } from '../../../incident/words.ts';
import { type Failure, reasonOf } from '../../../kit/failure.ts';
import { networkCause } from '../net/network-cause.ts';

const reasonsEn: Record<string, string> = {
  timeout: 'connected or not, no whole answer in time',
  refused: 'connection refused',
  'connection-lost': 'connection lost',
  tls: 'TLS failed',
  'answer-too-large': 'answer too large',
  'address-blocked': 'address may not be dialled',
  'name-does-not-resolve': 'its name does not resolve',
  'resolver-silent': 'the resolver of this machine cannot look its name up',
  'port-refused': 'connection refused',
  'port-silent': 'no connection in time',
  'tls-silent': 'connected, but no TLS handshake in time',
  'connection-reset': 'connection reset',
  'host-unreachable': 'no route to the host',
  'certificate-expired': 'the certificate has expired',
  'certificate-not-yet-valid': 'the certificate is not valid yet',
  'certificate-wrong-name': 'the certificate is for another name',
  'certificate-self-signed': 'the certificate is self-signed',
  'certificate-ca-unknown': 'the certificate comes from a CA that is not trusted here',
  'certificate-chain-incomplete':
    'the certificate leads to no trusted CA (an intermediate is missing, or the CA is private)',
};

const reasonsKo: Record<string, string> = {
  timeout: '제한 시간 안에 응답이 끝나지 않음',
  refused: '연결 거부',
  'connection-lost': '연결 끊김',
  tls: 'TLS 실패',
  'answer-too-large': '응답이 너무 큼',
  'address-blocked': '접속이 금지된 주소',
  'name-does-not-resolve': '이름을 찾을 수 없음',
  'resolver-silent': '이 서버의 리졸버가 이름을 조회하지 못함',
  'port-refused': '연결 거부',
  'port-silent': '제한 시간 안에 연결되지 않음',
  'tls-silent': '연결된 뒤 TLS 핸드셰이크 응답 없음',
  'connection-reset': '연결이 강제로 끊김',
  'host-unreachable': '호스트까지 가는 경로 없음',
  'certificate-expired': '인증서 만료',
  'certificate-not-yet-valid': '인증서 유효 기간이 아직 시작되지 않음',
  'certificate-wrong-name': '인증서가 다른 이름용임',
  'certificate-self-signed': '자체 서명 인증서',
  'certificate-ca-unknown': '여기서 신뢰하지 않는 CA가 발급한 인증서',
  'certificate-chain-incomplete': '인증서가 신뢰할 수 있는 CA로 이어지지 않음(중간 인증서 누락 또는 사설 CA)',
};

const en = {
  reasons: (code: string) => reasonsEn[code] ?? code,
  columns: ['request', 'status', 'latency', 'finding'],
  asExpected: 'as expected',
  noAnswer: (what: string, reason: string) => `${what} gives no answer: ${reason}.`,
  wrong: (what: string, count: number, of: number, problem: string) =>
    `${what} is wrong in ${count} of ${of} requests: ${problem}.`,
  slow: (what: string, ms: number, limit: number) =>
    `${what} answers as expected but slowly: ${ms} ms, expected within ${limit} ms.`,
  fine: (what: string, status: number, ms: number, count: number) =>
    `${what} answers ${status} as expected, at most ${ms} ms in ${count} requests.`,
  wrongStatus: (status: number, expected: string) => `status ${status} instead of ${expected}`,
  textMissing: (text: string) => `the body does not contain "${text}"`,
  notJson: 'the body is no JSON',
  wrongValue: (path: string, expected: string, found: string) => `${path} is ${found} instead of ${expected}`,
  absent: 'absent',
};

export type HttpMessages = typeof en;

const ko: HttpMessages = {
  reasons: (code) => reasonsKo[code] ?? code,
  columns: ['요청', '상태', '지연', '결과'],
  asExpected: '예상과 일치',
  noAnswer: (what, reason) => `${what} 요청에 응답이 없습니다: ${reason}.`,
  wrong: (what, count, of, problem) => `${what} 요청 ${of}건 중 ${count}건이 예상과 다릅니다: ${problem}.`,
  slow: (what, ms, limit) => `${what} 응답 내용은 정상이지만 느립니다: ${ms} ms(기준 ${limit} ms 이내).`,
  fine: (what, status, ms, count) =>
    `${what} 요청이 예상대로 ${status} 응답을 받았습니다. ${count}건 중 가장 느린 응답은 ${ms} ms입니다.`,
  wrongStatus: (status, expected) => `상태 코드 ${status}(예상 ${expected})`,
  textMissing: (text) => `본문에 "${text}" 없음`,
  notJson: '본문이 JSON이 아님',
  wrongValue: (path, expected, found) => `${path} 값이 ${found}(예상 ${expected})`,
  absent: '없음',
};

/** What the HTTP step says, in the channel's language. */
export const httpMessages = (language: Language): HttpMessages => (language === 'ko' ? ko : en);

/** Why an address gave nothing, in few words: the name of the trouble, the status it answered, else what the failure says. */
export function sayFailure(failure: Failure, language: Language): string {
  const reasons = language === 'ko' ? reasonsKo : reasonsEn;
  const status = /HTTP \d{3}/.exec(failure.message)?.[0];
  return reasons[networkCause(failure) ?? failure.code] ?? status ?? reasonOf(failure);
}
