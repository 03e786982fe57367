import type { Language } from '../../../incident/words.ts';
import { Failure } from '../../../kit/failure.ts';
import { kubeMessages } from './kube-messages.ts';

const en = {
  columns: ['Ingress', 'from', 'to', 'finding'],
  none: 'none',
  fine: 'Service and port exist',
  certificate: 'certificate',
  secretState: (found: boolean | Failure) =>
    found instanceof Failure
      ? kubeMessages('en').failure(found)
      : found
        ? 'secret exists'
        : 'secret does not exist',
  missing: (name: string, namespace: string) => `There is no Ingress ${name} in namespace ${namespace}.`,
  noIngress: (namespace: string) => `Namespace ${namespace} has no Ingress, so there is no way in to check.`,
  noHost: (host: string, namespace: string, hosts: string) =>
    `No Ingress of namespace ${namespace} takes requests for ${host} (hosts there: ${hosts || 'none'}): they are answered 404.`,
  noPath: (host: string, path: string, paths: string) =>
    `No Ingress rule of ${host} takes the path ${path} (paths there: ${paths}): it is answered 404.`,
  serviceMissing: (ingress: string, from: string, service: string, there: string) =>
    `Ingress ${ingress} sends ${from} to Service ${service}, which does not exist (there: ${there || 'none'}): it is answered 503.`,
  portMissing: (ingress: string, from: string, service: string, port: string, ports: string) =>
    `Ingress ${ingress} sends ${from} to port ${port} of Service ${service}, which has only ${ports || 'none'}: it is answered 503.`,
  classMissing: (ingress: string, wanted: string, there: string) =>
    `Ingress ${ingress} wants the class ${wanted}, which does not exist (there: ${there || 'none'}): no controller serves it.`,
  noClass: (ingress: string) =>
    `Ingress ${ingress} names no class and there is no default one: most controllers ignore it.`,
  secretMissing: (ingress: string, secret: string) =>
    `The TLS secret ${secret} of Ingress ${ingress} does not exist: clients get a certificate they do not trust.`,
  leads: (from: string, ingress: string, to: string) =>
    `Ingress ${ingress} leads ${from} to ${to}, and both ends exist.`,
  allFine: (routes: number) =>
    `All ${routes} route(s) of the Ingresses lead to Services and ports that exist.`,
};

export type IngressMessages = typeof en;

const ko: IngressMessages = {
  columns: ['인그레스', '요청', '대상', '결과'],
  none: '없음',
  fine: '서비스와 포트 있음',
  certificate: '인증서',
  secretState: (found) =>
    found instanceof Failure ? kubeMessages('ko').failure(found) : found ? '시크릿 있음' : '시크릿 없음',
  missing: (name, namespace) => `네임스페이스 ${namespace}에 인그레스(${name})가 없습니다.`,
  noIngress: (namespace) => `네임스페이스 ${namespace}에 인그레스가 없어 확인할 경로가 없습니다.`,
  noHost: (host, namespace, hosts) =>
    `네임스페이스 ${namespace}에 ${host} 요청을 받는 인그레스가 없어 404로 응답합니다(있는 호스트: ${hosts || '없음'}).`,
  noPath: (host, path, paths) =>
    `${host}의 인그레스 규칙 중 경로(${path})를 받는 규칙이 없어 404로 응답합니다(있는 경로: ${paths}).`,
  serviceMissing: (ingress, from, service, there) =>
    `인그레스(${ingress})가 ${from} 요청을 서비스(${service})로 보내는데 그런 서비스가 없어 503으로 응답합니다(있는 서비스: ${there || '없음'}).`,
  portMissing: (ingress, from, service, port, ports) =>
    `인그레스(${ingress})가 ${from} 요청을 서비스 ${service}의 포트(${port})로 보내는데 그 포트가 없어 503으로 응답합니다(있는 포트: ${ports || '없음'}).`,
  classMissing: (ingress, wanted, there) =>
    `인그레스(${ingress})가 지정한 클래스(${wanted})가 없어 어떤 컨트롤러도 처리하지 않습니다(있는 클래스: ${there || '없음'}).`,
  noClass: (ingress) =>
    `인그레스 ${ingress}에 클래스가 없고 기본 클래스도 없습니다. 대부분의 컨트롤러가 이를 무시합니다.`,
  secretMissing: (ingress, secret) =>
    `인그레스 ${ingress}의 TLS 시크릿(${secret})이 없어 클라이언트가 신뢰할 수 없는 인증서를 받습니다.`,
  leads: (from, ingress, to) =>
    `인그레스(${ingress})가 ${from} 요청을 서비스(${to})로 보내며 서비스와 포트가 모두 있습니다.`,
  allFine: (routes) => `인그레스 경로 ${routes}개가 모두 있는 서비스와 포트로 연결됩니다.`,
};

/** What the Ingress step says, in the channel's language. */
export const ingressMessages = (language: Language): IngressMessages => (language === 'ko' ? ko : en);
