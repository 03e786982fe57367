import type { Language } from '../../../incident/words.ts';

const en = {
  what: 'what',
  thisRun: 'this run',
  earlierRun: 'earlier run',
  rows: {
    requests: 'requests',
    failures: 'failed',
    median: 'median',
    slowest: 'slowest',
    checks: 'checks failed',
    users: 'virtual users',
    thresholds: 'thresholds missed',
  },
  unsaid: 'not said',
  told: (requests: number, failures: string, p95: string, earlier: [string, string] | null) =>
    `${requests} requests, ${earlier === null ? failures : `${earlier[0]} → ${failures}`} failed, p95 ${earlier === null ? p95 : `${earlier[1]} → ${p95}`}`,
  missed: (missed: number, of: number, first: string, told: string) =>
    `The load run missed ${missed} of its ${of} thresholds (${first}): ${told}.`,
  overLimit: (over: string, told: string) => `The load run misses the objective, ${over}: ${told}.`,
  failuresOver: (found: string, limit: string) => `${found} of the requests fail and less than ${limit} may`,
  slowerThan: (name: string, found: string, limit: string) => `${name} is ${found} and may be ${limit}`,
  nothing: (told: string) => `The summary says neither failures nor latency: ${told}.`,
  worse: (told: string) => `The load run keeps its limits and went worse than the earlier one: ${told}.`,
  better: (told: string) => `The load run keeps its limits and went better than the earlier one: ${told}.`,
  fine: (told: string) => `The load run keeps its limits: ${told}.`,
  unreadable: (source: string, problem: string, place: string) =>
    `${source} ${problem}${place === '' ? '' : ` (at ${place})`}: export it with k6 run --summary-export.`,
  noSource: (source: string, reason: string) => `Could not read ${source}: ${reason}.`,
  outside: (source: string) => `${source} is not inside the folder that the runbook names.`,
};

/** What load evidence says. */
export type K6Messages = typeof en;

const ko: K6Messages = {
  what: '항목',
  thisRun: '이번 실행',
  earlierRun: '이전 실행',
  rows: {
    requests: '요청',
    failures: '실패',
    median: '중앙값',
    slowest: '최댓값',
    checks: '실패한 체크',
    users: '가상 사용자',
    thresholds: '미달한 임계값',
  },
  unsaid: '정보 없음',
  told: (requests, failures, p95, earlier) =>
    `요청 ${requests}건, 실패율 ${earlier === null ? failures : `${earlier[0]} → ${failures}`}, p95 ${earlier === null ? p95 : `${earlier[1]} → ${p95}`}`,
  missed: (missed, of, first, told) =>
    `부하 테스트가 임계값 ${of}개 중 ${missed}개를 지키지 못했습니다(${first}). ${told}.`,
  overLimit: (over, told) => `부하 테스트가 목표를 지키지 못했습니다. ${over}. ${told}.`,
  failuresOver: (found, limit) => `실패율이 ${found}입니다(목표 ${limit} 미만)`,
  slowerThan: (name, found, limit) => `${name} 값이 ${found}입니다(목표 ${limit} 이내)`,
  nothing: (told) => `요약에 실패율도 지연 시간도 없습니다. ${told}.`,
  worse: (told) => `부하 테스트가 목표는 지켰지만 이전 실행보다 나빠졌습니다. ${told}.`,
  better: (told) => `부하 테스트가 목표를 지켰고 이전 실행보다 좋아졌습니다. ${told}.`,
  fine: (told) => `부하 테스트가 목표를 지켰습니다. ${told}.`,
  unreadable: (source, problem, place) =>
    `${source} 내용을 k6 요약으로 읽을 수 없습니다(${problem}${place === '' ? '' : `, ${place}`}). k6 run --summary-export로 내보내세요.`,
  noSource: (source, reason) => `${source} 내용을 읽지 못했습니다: ${reason}.`,
  outside: (source) => `${source} 파일이 런북에 지정된 폴더 안에 있지 않습니다.`,
};

/** What load evidence says, in the channel's language. */
export const k6Messages = (language: Language): K6Messages => (language === 'ko' ? ko : en);
