import type { Language } from '../../../incident/words.ts';
import { oneLine } from '../../../kit/text.ts';
import { httpMessages } from '../http/http-messages.ts';
import type { AlertmanagerTrouble } from './ask-alertmanager.ts';

type Trouble = Record<AlertmanagerTrouble['trouble'], (host: string, reason: string) => string>;

const en = {
  trouble: {
    refused: (host, reason) => `Alertmanager ${host} refuses: ${reason}`,
    denied: (host, reason) =>
      `Alertmanager ${host} refuses the login (${reason}); set token, or username and password.`,
    unreachable: (host, reason) =>
      `Alertmanager ${host} gives no answer (${httpMessages('en').reasons(reason)}), so nothing is known.`,
    'not-alertmanager': (host, reason) =>
      `${host} does not answer as Alertmanager's API v2 does (${reason}); check the address and its path prefix.`,
    'too-large': (host) => `Alertmanager ${host} holds more alerts than can be read at once.`,
  } satisfies Trouble as Trouble,
  columns: ['alert', 'about', 'since', 'state'],
  active: 'fires',
  since: (ago: string) => `${ago} ago`,
  silenced: (who: string, left: string, why: string) => `silenced by ${who} for ${left} more: ${why}`,
  silencedUnknown: 'silenced',
  inhibited: (by: string) => `inhibited by ${by}`,
  inhibitedUnknown: 'inhibited',
  nothingElse: 'Nothing else fires, and nothing is silenced or inhibited.',
  also: (names: string) => `Also firing: ${names}.`,
  quiet: 'Nothing else fires.',
  hiddenSilenced: (names: string) => `Silenced: ${names}.`,
  hiddenInhibited: (names: string) => `Inhibited: ${names}.`,
  more: (count: number) => `${count} more`,
  silence: {
    preview: (matchers: string, left: string, owner: string, reason: string) =>
      `POST /api/v2/silences: no notifications for alerts with ${matchers} for ${left}. Owner: ${owner}. Reason: ${reason}`,
    tooBroad:
      'Nothing was sent: no matcher says which alerts are meant, so far too many would be silenced. Name at least one value, such as alertname="…".',
    tooMany: (count: number, limit: number) =>
      `Nothing was sent: ${count} alerts that fire now would be silenced, at most ${limit} are allowed here.`,
    already: (left: string, owner: string) =>
      `Nothing was sent: this silence stands already for ${left} more (owner: ${owner}).`,
    made: (matchers: string, left: string, count: number) =>
      `Alerts with ${matchers} are silenced for ${left}; ${count} of those that fire now are quiet.`,
    unclear: (host: string, reason: string) =>
      `Alertmanager ${host} gave no answer (${httpMessages('en').reasons(reason)}); the silence may have been made.`,
    active: (matchers: string, left: string, owner: string) =>
      `The silence of ${matchers} is active for ${left} more (owner: ${owner}).`,
    missing: (matchers: string) => `There is no active silence of ${matchers} that a runbook made.`,
    columns: ['matchers', 'owner', 'ends in', 'reason'],
  },
};
export type AlertmanagerMessages = typeof en;

const ko: AlertmanagerMessages = {
  trouble: {
    refused: (host, reason) => `Alertmanager(${host})가 요청을 거부했습니다: ${reason}`,
    denied: (host, reason) =>
      `Alertmanager(${host})가 로그인을 거부했습니다(${reason}). token 또는 username과 password를 설정하세요.`,
    unreachable: (host, reason) =>
      `Alertmanager(${host})가 응답하지 않아 상태를 알 수 없습니다(${httpMessages('ko').reasons(reason)}).`,
    'not-alertmanager': (host, reason) =>
      `${host}의 응답이 Alertmanager API v2의 응답이 아닙니다(${reason}). 주소와 경로 접두사를 확인하세요.`,
    'too-large': (host) => `Alertmanager(${host})의 알림이 한 번에 읽을 수 없을 만큼 많습니다.`,
  },
  columns: ['알림', '대상', '시작', '상태'],
  active: '발생 중',
  since: (ago) => `${ago} 전`,
  silenced: (who, left, why) => `사일런스됨(담당: ${who}, ${left} 남음): ${why}`,
  silencedUnknown: '사일런스됨',
  inhibited: (by) => `${by} 알림으로 억제됨`,
  inhibitedUnknown: '억제됨',
  nothingElse: '다른 알림은 없으며, 사일런스되거나 억제된 알림도 없습니다.',
  also: (names) => `함께 발생 중인 알림: ${names}.`,
  quiet: '다른 알림은 발생하지 않았습니다.',
  hiddenSilenced: (names) => `사일런스된 알림: ${names}.`,
  hiddenInhibited: (names) => `억제된 알림: ${names}.`,
  more: (count) => `외 ${count}개`,
  silence: {
    preview: (matchers, left, owner, reason) =>
      `POST /api/v2/silences: ${matchers} 조건의 알림을 ${left} 동안 통지하지 않습니다. 담당: ${owner}. 사유: ${reason}`,
    tooBroad:
      '요청을 보내지 않았습니다. 어떤 알림인지 지정한 조건이 없어 너무 많은 알림이 사일런스됩니다. alertname="…"처럼 값을 하나 이상 지정하세요.',
    tooMany: (count, limit) =>
      `요청을 보내지 않았습니다. 지금 발생 중인 알림 ${count}개가 사일런스되며, 허용된 최대 개수는 ${limit}개입니다.`,
    already: (left, owner) =>
      `요청을 보내지 않았습니다. 같은 사일런스가 이미 있으며 ${left} 남았습니다(담당: ${owner}).`,
    made: (matchers, left, count) =>
      `${matchers} 조건의 알림을 ${left} 동안 사일런스했습니다. 지금 발생 중인 알림 중 ${count}개가 통지되지 않습니다.`,
    unclear: (host, reason) =>
      `Alertmanager(${host})가 응답하지 않았습니다(${httpMessages('ko').reasons(reason)}). 사일런스가 만들어졌을 수도 있습니다.`,
    active: (matchers, left, owner) =>
      `${matchers} 사일런스가 활성 상태이며 ${left} 남았습니다(담당: ${owner}).`,
    missing: (matchers) => `런북이 만든 ${matchers} 사일런스 중 활성 상태인 것이 없습니다.`,
    columns: ['조건', '담당', '남은 시간', '사유'],
  },
};

/** What the Alertmanager steps say, in the channel's language. */
export const alertmanagerMessages = (language: Language): AlertmanagerMessages =>
  language === 'ko' ? ko : en;

/** The sentence for an Alertmanager that said nothing useful. */
export const sayTrouble = (
  { trouble, reason }: AlertmanagerTrouble,
  url: string,
  say: AlertmanagerMessages,
): string => say.trouble[trouble](new URL(url).host, oneLine(reason, 200));
