import type { Language } from '../../../incident/words.ts';

type Gone = 'closed' | 'no-endpoint';

const causes: Record<Gone, string> = {
  closed: 'port-refused',
  'no-endpoint': 'service-has-no-endpoint',
};

const en = {
  causes,
  columns: ['request', 'latency', 'API server says'],
  gone: {
    closed: (what: string) =>
      `${what} gets no answer: the pod refuses the connection, so its server is down or listens on another port.`,
    'no-endpoint': (what: string) => `${what} gets no answer: the Service has no ready endpoint.`,
  } satisfies Record<Gone, (what: string) => string>,
  silent: (what: string, reason: string) =>
    `${what} got no answer through the API server (${reason}): that says nothing certain about the Service.`,
  preview: (what: string, body: string) =>
    `${what}, once, through the API server's proxy. Body: ${body || 'none'}`,
  sent: (what: string, status: number, ms: number) =>
    `${what} was sent once and answered ${status} after ${ms} ms.`,
  wrongStatus: (what: string, status: number, expected: string) =>
    `${what} was sent once and answered ${status} instead of ${expected}.`,
  late: (what: string, ms: number, within: number) =>
    `${what} was sent once and answered as expected, but after ${ms} ms instead of ${within} ms.`,
  notSent: (what: string, reason: string) => `${what} did not reach a pod, so nothing was done: ${reason}`,
  unclear: (what: string, reason: string) =>
    `Whether ${what} reached the pod is not certain (${reason}); the check decides.`,
};

export type ProxiedMessages = typeof en;

const ko: ProxiedMessages = {
  causes,
  columns: ['요청', '지연', 'API 서버의 응답'],
  gone: {
    closed: (what) =>
      `${what} 요청에 응답이 없습니다. 파드가 연결을 거부합니다. 서버가 내려갔거나 다른 포트에서 수신하고 있습니다.`,
    'no-endpoint': (what) => `${what} 요청에 응답이 없습니다. 서비스에 준비된 엔드포인트가 없습니다.`,
  },
  silent: (what, reason) =>
    `API 서버를 통한 ${what} 요청에 응답을 받지 못했습니다(${reason}). 이것만으로는 서비스의 상태를 확정할 수 없습니다.`,
  preview: (what, body) => `API 서버 프록시로 ${what} 요청을 한 번 보냅니다. 본문: ${body || '없음'}`,
  sent: (what, status, ms) => `${what} 요청을 한 번 보냈고 ${ms} ms 뒤 ${status} 응답을 받았습니다.`,
  wrongStatus: (what, status, expected) =>
    `${what} 요청을 한 번 보냈고 ${status} 응답을 받았습니다(예상 ${expected}).`,
  late: (what, ms, within) =>
    `${what} 요청을 한 번 보냈고 예상대로 응답했지만 ${ms} ms가 걸렸습니다(기준 ${within} ms).`,
  notSent: (what, reason) => `${what} 요청이 파드에 닿지 않아 실행된 것이 없습니다: ${reason}`,
  unclear: (what, reason) =>
    `${what} 요청이 파드에 닿았는지 확실하지 않습니다(${reason}). 확인 단계에서 판단합니다.`,
};

/** What the steps that go through the API server's proxy say, in the channel's language. */
export const proxiedMessages = (language: Language): ProxiedMessages => (language === 'ko' ? ko : en);
