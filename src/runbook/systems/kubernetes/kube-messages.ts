import type { Language } from '../../../incident/words.ts';
import type { Failure } from '../../../kit/failure.ts';

const en = {
  failure: ({ code, value, message }: Failure) => {
    if (code === 'kube-forbidden')
      return `The Kubernetes account may not ${value}; its Role needs that grant.`;
    if (code === 'kube-unauthorised')
      return 'The API server does not know the account (401): its token or certificate is wrong or has expired.';
    if (code === 'kube-timeout')
      return `The API server ${value} did not answer in time: it is frozen, overloaded or cut off.`;
    if (code === 'kube-not-found')
      return `Kubernetes has no such object (${value}): check name and namespace.`;
    if (code === 'kube-unreachable') return `The API server cannot be reached (${value}).`;
    if (code === 'kube-tls')
      return `There is no secure connection to the API server (${value}): check the CA it is given.`;
    return message;
  },
};
export type KubeMessages = typeof en;

const ko: KubeMessages = {
  failure: ({ code, value, message }) => {
    if (code === 'kube-forbidden')
      return `Kubernetes 계정에 "${value}" 권한이 없습니다. 역할(Role)에 이 권한을 추가해야 합니다.`;
    if (code === 'kube-unauthorised')
      return 'API 서버가 계정을 인증하지 못했습니다(401). 토큰이나 인증서가 잘못되었거나 만료되었습니다.';
    if (code === 'kube-timeout')
      return `API 서버(${value})가 제시간에 응답하지 않았습니다. 멈췄거나 과부하 상태이거나 네트워크가 끊긴 것입니다.`;
    if (code === 'kube-not-found')
      return `Kubernetes에 해당 객체가 없습니다(${value}). 이름과 네임스페이스를 확인하세요.`;
    if (code === 'kube-unreachable') return `API 서버에 연결할 수 없습니다(${value}).`;
    if (code === 'kube-tls')
      return `API 서버와 보안 연결을 맺을 수 없습니다(${value}). 설정한 CA를 확인하세요.`;
    return `Kubernetes 확인 실패: ${message}`;
  },
};

/** What all Kubernetes steps say of the API server itself, in the channel's language. */
export const kubeMessages = (language: Language): KubeMessages => (language === 'ko' ? ko : en);
