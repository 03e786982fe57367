import type { Language, Severity } from '../incident/words.ts';
import { showInstant } from '../kit/instant.ts';

type Units = { days: number; hours: number; minutes: number; seconds: number };

const en = {
  title: (name: string, severity: Severity, day: string) => `Postmortem ${name} (${severity}), ${day}`,
  duration: ({ days, hours, minutes, seconds }: Units) => [
    days && `${days} d`,
    hours && `${hours} h`,
    minutes && `${minutes} min`,
    seconds && `${seconds} s`,
  ],
  lessThanASecond: 'under 1 s',
  nobody: 'nobody',
  held: (role: string) => `${role}, held by the IC`,
  detectedByAlert: (name: string) => `alert ${name}`,
  detectedByPerson: (who: string) => `declared by ${who}`,
  effects: { read: 'look', change: 'change', manual: 'by hand' },
  exhibits: { report: 'runbook report', load: 'load run' },
  fromElsewhere: 'Handed in',
  phases: {
    waiting: 'not run',
    running: 'not finished',
    proposed: 'proposed, not approved',
    approved: 'approved, not run',
    intended: 'outcome unknown',
    unknown: 'outcome unknown',
    skipped: 'skipped',
    declined: 'declined',
    cancelled: 'cancelled',
  },
  actions: {
    unknownStep: (step: string) => `Make the check “${step}” answer: it could not look during this incident`,
    unknownChange: (step: string) => `Make the outcome of “${step}” verifiable: it stayed unknown`,
    glass: (step: string) =>
      `Review why “${step}” needed the glass broken, and who should be able to approve it`,
    pager: (pager: string) => `Repair the paging path over ${pager}: a page over it failed`,
    nobodyOnCall: 'Close the gap in the on-call schedule: a level reached nobody',
    noRunbook: 'Write a runbook for this failure: none matched',
  },
};

type Messages = typeof en;

const ko: Messages = {
  title: (name, severity, day) => `포스트모템 ${name} (${severity}), ${day}`,
  duration: ({ days, hours, minutes, seconds }) => [
    days && `${days}일`,
    hours && `${hours}시간`,
    minutes && `${minutes}분`,
    seconds && `${seconds}초`,
  ],
  lessThanASecond: '1초 미만',
  nobody: '없음',
  held: (role) => `${role}, IC가 겸임`,
  detectedByAlert: (name) => `알림 ${name}`,
  detectedByPerson: (who) => `직접 선언 (${who})`,
  effects: { read: '조회', change: '변경', manual: '수동' },
  exhibits: { report: '런북 보고서', load: '부하 테스트' },
  fromElsewhere: '추가된 증거',
  phases: {
    waiting: '실행하지 않음',
    running: '끝나지 않음',
    proposed: '제안됨, 승인되지 않음',
    approved: '승인됨, 실행되지 않음',
    intended: '결과를 알 수 없음',
    unknown: '결과를 알 수 없음',
    skipped: '건너뜀',
    declined: '거절됨',
    cancelled: '취소됨',
  },
  actions: {
    unknownStep: (step) => `‘${step}’ 점검이 결과를 내도록 고치기: 이번 인시던트에서 확인할 수 없었음`,
    unknownChange: (step) => `‘${step}’의 결과를 검증할 수 있게 만들기: 끝내 알 수 없었음`,
    glass: (step) => `‘${step}’에 비상 승인이 필요했던 이유와 승인 권한 범위 다시 보기`,
    pager: (pager) => `${pager} 호출 경로 고치기: 이 경로의 호출이 실패했음`,
    nobodyOnCall: '온콜 일정의 빈자리 메우기: 호출할 사람이 없는 단계가 있었음',
    noRunbook: '이 장애의 런북 작성하기: 맞는 런북이 없었음',
  },
};

/** The words of the draft that are not in the templates, by language. */
export const messages: Record<Language, Messages> = { en, ko };

/** A duration as people say it: the two largest units that count, `1 h 5 min` or `1시간 5분`. Negative counts as zero. */
export function durationText(ms: number, language: Language): string {
  const total = Math.round(Math.max(0, ms) / 1000);
  const parts = messages[language].duration({
    days: Math.floor(total / 86_400),
    hours: Math.floor(total / 3600) % 24,
    minutes: Math.floor(total / 60) % 60,
    seconds: total % 60,
  });
  return parts.filter(Boolean).slice(0, 2).join(' ') || messages[language].lessThanASecond;
}

/** Day and time of an instant (epoch ms) in a zone: `2026-11-21` and `19:05:33`. */
export function whenText(at: number, timezone: string): { day: string; time: string } {
  const [day = '', time = ''] = showInstant(at, timezone).split(' ');
  return { day, time };
}
