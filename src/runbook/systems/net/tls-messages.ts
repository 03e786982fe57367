import type { Language } from '../../../incident/words.ts';

const whyEn: Record<string, string> = {
  'port-refused': 'connection refused',
  'port-silent': 'no connection in time',
  'connection-reset': 'connection reset',
  'host-unreachable': 'no route from here',
  'tls-silent': 'it accepts the connection and then says nothing',
  'tls-not-spoken': 'what answers there does not speak TLS',
  'tls-handshake-refused': 'it refuses the handshake (its protocols, ciphers or names do not fit)',
};

const whyKo: Record<string, string> = {
  'port-refused': '연결 거부',
  'port-silent': '제한 시간 안에 연결되지 않음',
  'connection-reset': '연결이 강제로 끊김',
  'host-unreachable': '여기서 가는 경로 없음',
  'tls-silent': '연결만 받고 아무 응답도 하지 않음',
  'tls-not-spoken': 'TLS가 아닌 응답',
  'tls-handshake-refused': '핸드셰이크 거부(프로토콜, 암호 또는 이름이 맞지 않음)',
};

const en = {
  columns: ['address', 'names', 'issued by', 'days left', 'protocol', 'finding'],
  why: whyEn,
  at: (place: string, address: string) => `${place} (at ${address})`,
  short: {
    fine: 'fine',
    expired: 'expired',
    notYet: 'not valid yet',
    selfSigned: 'self-signed',
    unknownCa: 'CA not trusted',
    incomplete: 'chain incomplete',
    wrongName: 'wrong name',
    soon: 'expires soon',
    other: 'not trusted',
  },
  noHandshake: (place: string, why: string) => `No TLS with ${place}: ${why}.`,
  nothing: (place: string) => `${place} completed the handshake and presented no certificate.`,
  expired: (place: string, subject: string, days: number, date: string) =>
    `The certificate of ${place} (${subject}) expired ${days === 0 ? 'today' : `${days} days ago`}, on ${date}: renew it and reload the server.`,
  notYet: (place: string, subject: string, date: string) =>
    `The certificate of ${place} (${subject}) is valid only from ${date}: put the former one back, or check the clock here.`,
  justBegins: (place: string, subject: string, seconds: number) =>
    `The certificate of ${place} (${subject}) becomes valid ${seconds} s from now by the clock here: it is brand new, or this clock is behind.`,
  unused: (place: string, subject: string, date: string) =>
    `The certificate of ${place} is trusted, but it is sent together with ${subject}, which expired on ${date} and confuses old clients: serve the current chain.`,
  selfSigned: (place: string, issuer: string) =>
    `${place} presents a self-signed certificate (${issuer}), which no client trusts: a default certificate is probably served instead of the right one.`,
  unknownCa: (place: string, issuer: string) =>
    `The certificate of ${place} comes from ${issuer}, which is not trusted here: give its CA under ca if it is yours.`,
  incomplete: (place: string, issuer: string) =>
    `${place} sends no certificate of its issuer ${issuer}, which is not known here: serve the full chain, or give the CA under ca if it is yours.`,
  distrusted: (place: string, code: string) => `The certificate of ${place} is not trusted (${code}).`,
  wrongName: (place: string, name: string, names: string) =>
    `The certificate of ${place} is for ${names}, not for ${name}: clients refuse it.`,
  soon: (place: string, subject: string, days: number, date: string) =>
    `The certificate of ${place} (${subject}) expires in ${days} day${days === 1 ? '' : 's'}, on ${date}: its renewal seems to be broken.`,
  oldProtocol: (place: string, protocol: string) =>
    `${place} speaks only ${protocol}, which current clients refuse; its certificate is fine.`,
  fine: (place: string, days: number, protocol: string) =>
    `The certificate of ${place} is trusted, fits its name and is valid for ${days} more days (${protocol}).`,
  plain: (place: string) => `${place} is plain HTTP: there is no certificate.`,
};

/** What the TLS step says. */
export type TlsMessages = typeof en;

const ko: TlsMessages = {
  columns: ['주소', '이름', '발급자', '남은 일수', '프로토콜', '결과'],
  why: whyKo,
  at: (place, address) => `${place}(${address})`,
  short: {
    fine: '정상',
    expired: '만료',
    notYet: '아직 유효하지 않음',
    selfSigned: '자체 서명',
    unknownCa: '신뢰하지 않는 CA',
    incomplete: '체인 불완전',
    wrongName: '이름 불일치',
    soon: '만료 임박',
    other: '신뢰할 수 없음',
  },
  noHandshake: (place, why) => `${place}와(과) TLS 연결을 맺을 수 없습니다: ${why}.`,
  nothing: (place) => `${place} 핸드셰이크는 끝났지만 인증서를 받지 못했습니다.`,
  expired: (place, subject, days, date) =>
    `${place}의 인증서(${subject})가 ${date}에 만료되었습니다(${days === 0 ? '오늘' : `${days}일 지남`}). 인증서를 갱신하고 서버에 다시 적용하세요.`,
  notYet: (place, subject, date) =>
    `${place}의 인증서(${subject})는 ${date}부터 유효합니다. 이전 인증서로 되돌리거나 이 서버의 시계를 확인하세요.`,
  justBegins: (place, subject, seconds) =>
    `${place}의 인증서(${subject})가 이 서버의 시계로는 ${seconds}초 뒤부터 유효합니다. 방금 발급되었거나 이 서버의 시계가 늦습니다.`,
  unused: (place, subject, date) =>
    `${place}의 인증서는 신뢰할 수 있지만, ${date}에 만료된 ${subject} 인증서가 함께 전송되어 오래된 클라이언트에서 문제가 될 수 있습니다. 현재 체인만 제공하도록 설정하세요.`,
  selfSigned: (place, issuer) =>
    `${place}의 인증서가 자체 서명 인증서(${issuer})라서 클라이언트가 신뢰하지 않습니다. 올바른 인증서 대신 기본 인증서가 제공되고 있을 가능성이 큽니다.`,
  unknownCa: (place, issuer) =>
    `${place}의 인증서를 발급한 CA(${issuer})를 여기서는 신뢰하지 않습니다. 사내 CA라면 ca에 지정하세요.`,
  incomplete: (place, issuer) =>
    `${place}에서 발급자(${issuer}) 인증서를 보내지 않고, 여기서도 이 발급자를 모릅니다. 전체 체인을 제공하도록 설정하거나, 사내 CA라면 ca에 지정하세요.`,
  distrusted: (place, code) => `${place}의 인증서를 신뢰할 수 없습니다(${code}).`,
  wrongName: (place, name, names) =>
    `${place}의 인증서는 ${names} 이름용이며 ${name} 이름에는 맞지 않습니다. 클라이언트가 거부합니다.`,
  soon: (place, subject, days, date) =>
    `${place}의 인증서(${subject})가 ${days}일 뒤인 ${date}에 만료됩니다. 자동 갱신이 동작하지 않는 것 같습니다.`,
  oldProtocol: (place, protocol) =>
    `${place}에서 ${protocol}만 지원합니다. 최신 클라이언트는 연결하지 못합니다. 인증서는 정상입니다.`,
  fine: (place, days, protocol) =>
    `${place}의 인증서는 신뢰할 수 있고 이름이 맞으며 ${days}일 남았습니다(${protocol}).`,
  plain: (place) => `${place}은(는) 평문 HTTP이므로 인증서가 없습니다.`,
};

/** What the TLS step says, in the channel's language. */
export const tlsMessages = (language: Language): TlsMessages => (language === 'ko' ? ko : en);
