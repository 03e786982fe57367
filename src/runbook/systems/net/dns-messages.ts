import type { Language } from '../../../incident/words.ts';

const en = {
  columns: ['resolver', 'answer', 'time'],
  states: {
    'no-such-name': 'no such name (NXDOMAIN)',
    'no-address': 'the name has no address',
    'server-failure': 'server failure (SERVFAIL)',
    denied: 'does not serve us (REFUSED)',
    timeout: 'no answer in time',
    refused: 'nothing listens there',
    broken: 'not understood',
  },
  noResolver:
    'This machine has no resolver configured, and the runbook names none: list them under resolvers.',
  someKnow: (name: string, know: string, ignorant: string) =>
    `${name} resolves at ${know} and does not exist at ${ignorant}: a record is missing in one view, or an old answer is still cached.`,
  noSuchName: (name: string, resolvers: string) =>
    `${name} does not exist (NXDOMAIN at ${resolvers}): check the spelling and the record in its zone.`,
  noAddress: (name: string, resolvers: string) =>
    `${name} exists but has no address at ${resolvers}: its A and AAAA records are missing.`,
  someWrong: (name: string, resolver: string, found: string) =>
    `${resolver} resolves ${name} to ${found}, which is not expected, and others do not: an old answer is cached there, or its zone differs.`,
  allWrong: (name: string, found: string, wanted: string) =>
    `${name} resolves to ${found} instead of ${wanted}.`,
  oneFails: (name: string, resolver: string, how: string) =>
    `${name} resolves, but ${resolver} fails (${how}): clients that ask it first are slow or break.`,
  different: (name: string, one: string, other: string) =>
    `${name} resolves, but ${one} and ${other} give addresses that have nothing in common; say under addresses which are right.`,
  slow: (name: string, resolver: string, ms: number, limit: number) =>
    `${name} resolves, but ${resolver} takes ${ms} ms (expected within ${limit} ms).`,
  silent: (name: string, resolvers: string) =>
    `No answer about ${name} from ${resolvers} in time: the resolvers are down or cut off from here.`,
  down: (name: string, resolvers: string) =>
    `Nobody can resolve ${name} at ${resolvers}: nothing listens on their port.`,
  serverFailure: (name: string, resolvers: string) =>
    `${resolvers} cannot resolve ${name} (SERVFAIL): the servers of its zone do not answer, or its signatures are not valid.`,
  mixed: (name: string, resolvers: string) =>
    `Could not find out whether ${name} resolves: ${resolvers} gave no usable answer.`,
  fine: (name: string, addresses: string, resolvers: number) =>
    `${name} resolves to ${addresses} (${resolvers} resolver${resolvers === 1 ? '' : 's'} asked).`,
  isAddress: (host: string) => `${host} is an address; no name has to resolve.`,
};

/** What the DNS step says. */
export type DnsMessages = typeof en;

const ko: DnsMessages = {
  columns: ['리졸버', '응답', '시간'],
  states: {
    'no-such-name': '없는 이름(NXDOMAIN)',
    'no-address': '주소 레코드 없음',
    'server-failure': '서버 실패(SERVFAIL)',
    denied: '질의 거부(REFUSED)',
    timeout: '제한 시간 안에 응답 없음',
    refused: '해당 포트에서 실행 중인 서버 없음',
    broken: '해석할 수 없는 응답',
  },
  noResolver: '이 서버에 설정된 리졸버가 없고 런북에도 지정되지 않았습니다. resolvers에 지정하세요.',
  someKnow: (name, know, ignorant) =>
    `${name} 이름이 ${know}에서는 조회되지만 ${ignorant}에는 없습니다. 한쪽에 레코드가 빠졌거나 오래된 응답이 캐시에 남아 있습니다.`,
  noSuchName: (name, resolvers) =>
    `${name} 이름이 존재하지 않습니다(${resolvers}에서 NXDOMAIN). 철자와 DNS 존의 레코드를 확인하세요.`,
  noAddress: (name, resolvers) =>
    `${name} 이름은 있지만 ${resolvers}에 주소가 없습니다. A, AAAA 레코드가 빠져 있습니다.`,
  someWrong: (name, resolver, found) =>
    `${resolver}만 ${name} 이름에 예상하지 않은 주소(${found})를 응답합니다. 오래된 응답이 캐시에 남아 있거나 존 내용이 다릅니다.`,
  allWrong: (name, found, wanted) => `${name} 이름의 조회 결과가 ${found}입니다(예상 ${wanted}).`,
  oneFails: (name, resolver, how) =>
    `${name} 이름은 조회되지만 ${resolver} 리졸버에 문제가 있습니다(${how}). 이 리졸버를 먼저 쓰는 클라이언트는 느려지거나 실패합니다.`,
  different: (name, one, other) =>
    `${name} 이름은 조회되지만 ${one}, ${other} 두 곳의 주소가 전혀 겹치지 않습니다. 어느 쪽이 맞는지 addresses에 지정하세요.`,
  slow: (name, resolver, ms, limit) =>
    `${name} 이름은 조회되지만 ${resolver} 리졸버가 ${ms} ms 걸립니다(기준 ${limit} ms).`,
  silent: (name, resolvers) =>
    `${resolvers}에서 ${name} 이름에 대한 응답이 제한 시간 안에 없습니다. 리졸버가 멈췄거나 여기서 연결할 수 없습니다.`,
  down: (name, resolvers) =>
    `${name} 이름을 조회할 수 없습니다. ${resolvers} 포트에서 실행 중인 서버가 없습니다.`,
  serverFailure: (name, resolvers) =>
    `${resolvers} 리졸버가 ${name} 이름을 조회하지 못합니다(SERVFAIL). 존의 네임서버가 응답하지 않거나 서명이 올바르지 않습니다.`,
  mixed: (name, resolvers) =>
    `${name} 이름이 조회되는지 알 수 없습니다. ${resolvers}에서 쓸 수 있는 응답을 받지 못했습니다.`,
  fine: (name, addresses, resolvers) =>
    `${name} 이름이 정상적으로 조회됩니다: ${addresses}(리졸버 ${resolvers}곳 확인).`,
  isAddress: (host) => `${host} 값은 IP 주소이므로 이름을 조회할 필요가 없습니다.`,
};

/** What the DNS step says, in the channel's language. */
export const dnsMessages = (language: Language): DnsMessages => (language === 'ko' ? ko : en);
