import type { Language } from '../../../incident/words.ts';
import type { StepResult } from '../../step.ts';
import type { PrometheusTrouble } from './ask-prometheus.ts';

type Say = Record<PrometheusTrouble['trouble'], (host: string, reason: string) => string>;

const transportEn: Record<string, string> = {
  timeout: 'connected or not, no whole answer in time: frozen, overloaded or cut off',
  refused: 'no connection: stopped, wrong address, or the name does not resolve',
  'connection-lost': 'the connection broke',
  tls: 'no secure connection: check the certificate',
  'address-blocked': 'the address may not be dialled',
};
const transportKo: Record<string, string> = {
  timeout: '제한 시간 안에 응답이 끝나지 않음(멈춤, 과부하 또는 통신 차단)',
  refused: '연결할 수 없음(중지됨, 잘못된 주소 또는 이름 확인 실패)',
  'connection-lost': '연결이 끊어짐',
  tls: '보안 연결 실패(인증서 확인 필요)',
  'address-blocked': '접속이 금지된 주소',
};

const en: Say = {
  'bad-query': (host, reason) => `Prometheus ${host} does not understand the query: ${reason}`,
  execution: (host, reason) => `Prometheus ${host} could not evaluate the query: ${reason}`,
  'query-timeout': (host, reason) =>
    `Prometheus ${host} gave the query up (${reason}); it is overloaded, or the query is too expensive.`,
  unavailable: (host, reason) => `Prometheus ${host} is not ready (${reason}).`,
  denied: (host, reason) =>
    `Prometheus ${host} refuses the login (${reason}); set token, or username and password, of an account that may query.`,
  'not-prometheus': (host, reason) =>
    `${host} does not answer as Prometheus does (${reason}); check the address and its path prefix.`,
  'too-large': (host) => `Prometheus ${host} has too much to say; aggregate the query (sum by …).`,
  unreachable: (host, reason) =>
    `Prometheus ${host} gives no answer, so nothing is known: ${transportEn[reason] ?? reason}.`,
};

const ko: Say = {
  'bad-query': (host, reason) => `Prometheus(${host})가 쿼리를 이해하지 못했습니다: ${reason}`,
  execution: (host, reason) => `Prometheus(${host})가 쿼리를 계산하지 못했습니다: ${reason}`,
  'query-timeout': (host, reason) =>
    `Prometheus(${host})가 쿼리를 중단했습니다(${reason}). 서버가 과부하 상태이거나 쿼리 비용이 너무 큽니다.`,
  unavailable: (host, reason) => `Prometheus(${host})가 아직 준비되지 않았습니다(${reason}).`,
  denied: (host, reason) =>
    `Prometheus(${host})가 로그인을 거부했습니다(${reason}). 조회 권한이 있는 계정의 token 또는 username과 password를 설정하세요.`,
  'not-prometheus': (host, reason) =>
    `${host}의 응답이 Prometheus의 응답이 아닙니다(${reason}). 주소와 경로 접두사를 확인하세요.`,
  'too-large': (host) => `Prometheus(${host})의 응답이 너무 큽니다. 쿼리를 집계하세요(sum by …).`,
  unreachable: (host, reason) =>
    `Prometheus(${host})가 응답하지 않아 상태를 알 수 없습니다: ${transportKo[reason] ?? reason}.`,
};

/** The sentence for a Prometheus that gave no values, in the channel's language. */
export const sayTrouble = ({ trouble, reason }: PrometheusTrouble, url: string, language: Language): string =>
  (language === 'ko' ? ko : en)[trouble](new URL(url).host, reason);

/** The result of a step that could not look: `unknown`, never a guess. */
export const troubleResult = (trouble: PrometheusTrouble, url: string, language: Language): StepResult => ({
  verdict: 'unknown',
  sentence: sayTrouble(trouble, url, language),
  evidence: { columns: [], rows: [] },
  facts: { trouble: trouble.trouble },
});
