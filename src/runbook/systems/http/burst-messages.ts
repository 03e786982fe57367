import type { Language } from '../../../incident/words.ts';

const en = {
  what: 'what',
  alone: 'one at a time',
  users: (users: number) => `${users} at once`,
  requests: 'requests',
  right: 'as expected',
  intended: 'intended 4xx',
  client: 'other 3xx and 4xx',
  server: '5xx',
  silent: 'no answer',
  code: (name: string, times: number) => ` (${name}, ${times} times)`,
  noAnswer: (what: string) => `${what} gives no answer even to a single request; no burst was sent.`,
  failsAlone: (what: string, failed: number, of: number, code: string) =>
    `${what} fails in ${failed} of ${of} requests sent one at a time${code}: it is broken without any concurrency.`,
  onlyTogether: (what: string, failed: number, of: number, users: number, code: string) =>
    `${what} works one at a time and fails in ${failed} of ${of} requests with ${users} users at once${code}: look for a race, a lock or a pool in its handler.`,
  wrongRequest: (what: string, count: number, code: string) =>
    `${what} answered ${count} requests with a status that is neither expected nor intended${code}: correct the request or list the status under intended.`,
  slow: (what: string, users: number, p95: number, p95Limit: number, p99: number, p99Limit: number) =>
    `${what} answers as expected but slowly with ${users} users at once: p95 ${p95} ms (objective ${p95Limit} ms), p99 ${p99} ms (objective ${p99Limit} ms).`,
  fine: (what: string, requests: number, users: number, p95: number, intended: number) =>
    `${what} answered ${requests} requests of ${users} users at once without a fault, p95 ${p95} ms${intended > 0 ? `, ${intended} of them with an intended 4xx` : ''}.`,
  preview: (what: string, requests: number, users: number, body: string) =>
    `Sends ${what} up to ${requests} times, at most ${users} at once; each request may write. Body: ${body}`,
  cutBody: (begin: string, characters: number) => `${begin} (${characters} characters)`,
  noBody: 'none',
};

/** What the bursts say. */
export type BurstMessages = typeof en;

const ko: BurstMessages = {
  what: '항목',
  alone: '한 건씩',
  users: (users) => `동시 ${users}명`,
  requests: '요청',
  right: '예상과 일치',
  intended: '의도된 4xx',
  client: '그 밖의 3xx, 4xx',
  server: '5xx',
  silent: '응답 없음',
  code: (name, times) => `(${name}, ${times}건)`,
  noAnswer: (what) => `${what} 요청은 한 건만 보내도 응답이 없습니다. 부하는 보내지 않았습니다.`,
  failsAlone: (what, failed, of, code) =>
    `${what} 요청은 한 건씩 보내도 ${of}건 중 ${failed}건이 실패합니다${code}. 동시성과 관계없는 장애입니다.`,
  onlyTogether: (what, failed, of, users, code) =>
    `${what} 요청은 한 건씩 보내면 정상이지만 사용자 ${users}명이 동시에 보내면 ${of}건 중 ${failed}건이 실패합니다${code}. 처리 코드의 경쟁 상태, 잠금, 커넥션 풀을 확인하세요.`,
  wrongRequest: (what, count, code) =>
    `${what} 요청 ${count}건이 예상하지도 의도하지도 않은 상태 코드로 응답했습니다${code}. 요청을 고치거나 해당 상태 코드를 intended에 추가하세요.`,
  slow: (what, users, p95, p95Limit, p99, p99Limit) =>
    `${what} 응답 내용은 정상이지만 사용자 ${users}명이 동시에 요청하면 느립니다: p95 ${p95} ms(목표 ${p95Limit} ms), p99 ${p99} ms(목표 ${p99Limit} ms).`,
  fine: (what, requests, users, p95, intended) =>
    `${what} 요청을 사용자 ${users}명이 동시에 ${requests}건 보냈고 장애가 없었습니다. p95는 ${p95} ms입니다${intended > 0 ? `(의도된 4xx ${intended}건 포함)` : ''}.`,
  preview: (what, requests, users, body) =>
    `${what} 요청을 최대 ${requests}번, 동시에 최대 ${users}건 보냅니다. 요청마다 데이터가 기록될 수 있습니다. 본문: ${body}`,
  cutBody: (begin, characters) => `${begin}(전체 ${characters}자)`,
  noBody: '없음',
};

/** What the bursts say, in the channel's language. */
export const burstMessages = (language: Language): BurstMessages => (language === 'ko' ? ko : en);
