import type { Language, Severity } from '../incident/words.ts';

type Facts = {
  severity: Severity;
  title: string;
  service: string | null;
  since: string;
  name: string | null;
};

const en = {
  /** The page itself: one sentence that a lock screen or a screen reader can give on its own. */
  page: (f: Facts & { level: number }) =>
    `${f.severity} page: ${f.title}${f.service ? ` in ${f.service}` : ''}, since ${f.since}${f.name ? ` (${f.name}, level ${f.level})` : ''}. Please acknowledge.`,
  acknowledge: 'Acknowledge',
  acknowledged: (by: string, at: string) => `Acknowledged by ${by} at ${at}.`,
  resolved: (at: string) => `Resolved at ${at}. Nothing more to do.`,
  link: {
    title: 'Acknowledge this page',
    service: 'Service',
    since: 'Since',
    forWhom: 'Paged',
    button: 'Acknowledge',
    explain: 'By acknowledging you say that you are taking care of it. Nobody else is paged after that.',
    done: (by: string) => `Acknowledged by ${by}. Nobody else is paged.`,
    resolved: 'This incident is resolved. There is nothing left to do.',
    unknown: 'This link is not valid.',
    expired: 'This link has expired.',
    elsewhere: 'Please acknowledge in Slack instead.',
    broken: 'The acknowledgement could not be saved. Please try again in a moment, or acknowledge in Slack.',
  },
};

/** What people read on their phone. Korean: 합니다체. */
export type Messages = typeof en;

const ko: Messages = {
  page: (f) =>
    `${f.severity} 호출: ${f.service ? `${f.service} 서비스, ` : ''}${f.title} (${f.since} 시작${f.name ? `, ${f.name}, ${f.level}단계` : ''}). 확인해 주십시오.`,
  acknowledge: '확인',
  acknowledged: (by, at) => `${at}에 ${by} 님이 확인했습니다.`,
  resolved: (at) => `${at}에 해결되었습니다. 더 하실 일은 없습니다.`,
  link: {
    title: '호출 확인',
    service: '서비스',
    since: '시작 시각',
    forWhom: '호출 대상',
    button: '확인',
    explain: '확인하면 이 장애를 맡아 대응한다는 뜻이며, 이후 다른 사람은 호출되지 않습니다.',
    done: (by) => `${by} 님이 확인했습니다. 다른 사람은 더 호출되지 않습니다.`,
    resolved: '이미 해결된 장애입니다. 더 하실 일은 없습니다.',
    unknown: '올바르지 않은 링크입니다.',
    expired: '만료된 링크입니다.',
    elsewhere: 'Slack에서 확인해 주십시오.',
    broken: '확인을 저장하지 못했습니다. 잠시 후 다시 시도하거나 Slack에서 확인해 주십시오.',
  },
};

/** The texts of this room in a language. */
export const messagesIn = (language: Language): Messages => (language === 'ko' ? ko : en);
