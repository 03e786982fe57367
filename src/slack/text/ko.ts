import { roleNames } from '../../incident/timeline-text.ts';
import type { Messages } from './en.ts';

/** The channel's words in Korean. */
export const ko: Messages = {
  phase: {
    waiting: '대기',
    running: '실행 중',
    proposed: '승인 필요',
    approved: '승인됨, 곧 실행',
    intended: '지금 실행 중',
    unknown: '결과 불명',
    skipped: '건너뜀',
    declined: '거절됨',
    cancelled: '취소됨',
  },
  status: {
    open: (since) => `${since}에 시작되어 진행 중입니다.`,
    recovering: (since) => `${since}부터 발생 중인 알림이 없습니다.`,
    resolved: (by, at, after) =>
      `${at}에 ${by ? `${by} 님이 해결 처리했습니다` : '해결되었습니다'}. (소요 ${after})`,
    acknowledged: (who, at) => `${at}에 ${who} 님이 확인했습니다.`,
    nobodyYet: '아직 확인한 사람이 없습니다.',
    paging: (whom) => `호출 중: ${whom}.`,
    next: (whom, at) => `다음 호출: ${at}, ${whom}.`,
    noPage: (severity) => `${severity}는 호출하지 않습니다.`,
    by: (who, pagers) => `${who} (${pagers})`,
    pageFailed: (who, pager, why) => `${who} 님 호출 실패 (${pager}): ${why}`,
    update: (who, at) => `최근 상황 공유${who ? ` · ${who}` : ''}, ${at}`,
  },
  sentence: {
    open: (severity, name, title) =>
      `${severity} 인시던트 ${name} 진행 중: ${title}. 아직 확인한 사람이 없습니다.`,
    acknowledged: (severity, name, title, who) =>
      `${severity} 인시던트 ${name} 진행 중: ${title}. ${who} 님이 확인했습니다.`,
    recovering: (severity, name, title) =>
      `${severity} 인시던트 ${name} 복구된 것으로 보입니다: ${title}. 복구를 확인해 주세요.`,
    resolved: (severity, name, title) => `${severity} 인시던트 ${name} 해결: ${title}.`,
  },
  heading: {
    alerts: (firing, resolved) => `알림: ${firing}건 발생 중${resolved > 0 ? `, ${resolved}건 해소` : ''}`,
    cause: '추정 원인',
    roles: '역할',
    approval: (title) => `승인이 필요합니다: ${title}`,
    manual: (title) => `사람이 해야 할 일: ${title}`,
    unknown: (title) => `실행 여부를 알 수 없습니다: ${title}`,
    recovery: '끝났나요?',
    missing: '이 채널에 없는 사람',
  },
  alertsMore: (count) => `외 ${count}건`,
  rowsMore: (count) => `… 외 ${count}행`,
  stepsMore: (count) => `… 외 ${count}단계`,
  allResolved: '모든 알림이 해소되었습니다.',
  role: {
    proposed: '수락 전',
    vacant: '없음',
    byIc: (who) => `${who} (지휘 겸임)`,
    offered: (to) => `${to} 님에게 인계 제안 중`,
    commsIsIc: (who) =>
      `${who} 님이 지휘와 커뮤니케이션을 함께 맡고 있습니다. P1에서는 두 사람이 나누어 맡아야 합니다.`,
  },
  approvers: (whom) => `승인할 수 있는 사람: ${whom}.`,
  twoPeople: '두 사람의 승인이 필요하며, 비상 승인은 할 수 없습니다.',
  firstOfTwo: (who) => `${who} 님이 승인했습니다. 한 사람이 더 승인해야 합니다.`,
  heldUp: (holder) => `지금 ${holder}에서 같은 대상을 변경하고 있어 기다립니다.`,
  measured: (target, seconds, run) => `${target} · ${seconds}초 · ${run}`,
  proposedFor: (title) => `제안: ${title} (아래 참고)`,
  askedBy: (who) => `${who} 님이 요청한 단계라 혼자서는 승인할 수 없습니다.`,
  on: (target) => `대상: ${target}`,
  approvedUntil: (who, until) => `${who} 님이 승인했습니다. ${until} 전에 한 번만 실행합니다.`,
  declinedBy: (who) => `${who} 님이 거절`,
  recoveryAsk: '모든 알림이 해소되었습니다. 서비스가 정상으로 돌아왔다면 복구를 확인해 주세요.',
  why: (name, severity, rule, grouping) =>
    `${name} · ${severity} 판정 규칙 ${rule} · 묶음 기준 ${grouping} · 자세한 이유는 /incident why`,
  missing: {
    'no-slack': (who) => `${who}: muster.yaml에 Slack ID가 없습니다`,
    refused: (who, why) => `${who}: 초대하지 못했습니다 (${why})`,
  },
  button: {
    acknowledge: '확인',
    resolve: '해결 처리…',
    reopen: '다시 열기',
    confirmRecovery: '복구 확인',
    accept: '수락',
    decline: '거절',
    approve: '승인',
    rerun: '다시 실행',
    happened: '실행되었음',
    notHappened: '실행되지 않았음',
    done: '완료',
    yes: '예',
    no: '아니요',
    notDone: '하지 않음',
    runbook: '런북',
    dashboard: '대시보드',
    postmortem: '포스트모템',
  },
  topic: (parts) =>
    [
      {
        open: parts.severity,
        recovering: `${parts.severity} 복구 확인 중`,
        resolved: `${parts.severity} 해결`,
      }[parts.status],
      parts.title,
      ...(parts.ic ? [`지휘 ${parts.ic}`] : []),
    ].join(' · '),
  purpose: (name, openedAt) => `인시던트 ${name}, ${openedAt} 시작. Muster가 관리합니다.`,
  news: {
    fired: (names, count) =>
      count === 1
        ? `알림이 추가로 발생했습니다: ${names}`
        : `알림 ${count}건이 추가로 발생했습니다: ${names}`,
    resolvedAlerts: (count, left) =>
      left === 0 ? '모든 알림이 해소되었습니다.' : `알림 ${count}건이 해소되었고 ${left}건이 남아 있습니다.`,
    raised: (from, to, by) => `심각도를 올렸습니다: ${from} → ${to} (${by}).`,
    lowered: (from, to, by, reason) => `${by} 님이 심각도를 낮췄습니다: ${from} → ${to}. 이유: ${reason}`,
    rule: (rule) => `규칙 ${rule}`,
    proposed: (role, who) => `${role} 후보: ${who}`,
    accepted: (role, who) => `이제 ${who} 님이 ${role} 담당입니다.`,
    firstToAcknowledge: (role, who) =>
      `${role} 역할을 수락한 사람이 없어, 가장 먼저 확인한 ${who} 님이 맡습니다.`,
    offered: (role, from, to) =>
      from
        ? `${from} 님이 ${to} 님에게 ${role} 역할 인계를 제안했습니다. 수락하면 넘어갑니다.`
        : `${to} 님에게 ${role} 역할을 제안했습니다.`,
    offerDeclined: (role, who) => `${who} 님이 ${role} 역할을 사양했습니다.`,
    level: (level, whom) => `아직 응답이 없어 ${whom} 님을 호출합니다 (${level}단계).`,
    again: (whom) => `다시 호출합니다: ${whom}.`,
    nobody: (level, rule) => `${level}단계에 당직자가 없습니다 (${rule}). 바로 다음 단계를 호출합니다.`,
    acknowledged: (who) => `${who} 님이 확인했습니다. 호출을 멈춥니다.`,
    acknowledgedUnpaged: (who) => `호출 대상이 아니었던 ${who} 님이 확인했습니다. 호출을 멈춥니다.`,
    note: (author, text) => `${author}: ${text}`,
    update: (who, text) => `상황 공유${who ? ` (${who})` : ''}: ${text}`,
    recovery: '모든 알림이 해소되었습니다. 끝났나요?',
    resolved: (by, after) => `${by} 님이 해결 처리했습니다. (소요 ${after})`,
    reopened: (by) => `다시 열렸습니다 (${by}). 호출을 새로 시작합니다.`,
    reason: (text, reason) => `${text} ${reason}`,
    runbook: (title, steps, rule) => `런북을 시작했습니다: ${title}, ${steps}단계 (${rule}).`,
    asked: (who, title) => `${who} 님이 다시 실행을 요청했습니다: ${title}`,
    approved: (who, title) => `${who} 님이 승인했습니다: ${title}. 한 번만 실행하고 결과를 확인합니다.`,
    glass: (who, title, reason) => `${who} 님이 비상 승인했습니다: ${title}. 이유: ${reason}`,
    declined: (who, title) => `${who} 님이 거절했습니다: ${title}.`,
    evidence: (who, title, verdict) => `${who} 님이 증거를 추가했습니다. ${title}: ${verdict}.`,
    rechecked: (title, before, now) => `${title}: ${before}에서 ${now}(으)로 바뀌었습니다.`,
    proposedAgain: (title, why) => `${why}. 다시 확인해 주세요: ${title}.`,
    changed: {
      severity: '심각도가 바뀌었습니다',
      status: '알림이 멈췄거나 다시 발생했습니다',
      findings: '점검 결과가 바뀌었습니다',
      approvers: '승인한 사람에게 더 이상 권한이 없습니다',
    },
    seconded: (who, title) => `${who} 님이 승인했습니다. 한 사람이 더 승인해야 합니다: ${title}.`,
    heldUp: (title, holder) => `${title}: ${holder}에서 같은 대상을 변경하고 있어 기다립니다.`,
    cancelled: (who, runbook) => `${who} 님이 런북을 취소했습니다: ${runbook}.`,
    expired: (title) => `승인이 제때 쓰이지 않아 만료되었습니다: ${title}.`,
    unknown: (title, why) =>
      `실행되었는지 알 수 없습니다: ${title}. ${why} 자동으로 다시 실행하지 않으니 직접 확인한 뒤 알려 주세요.`,
    proposal: (title) => `승인이 필요합니다: ${title}`,
    manual: (title) => `사람이 해야 할 일: ${title}`,
    answeredYes: (who, title) => `${who} 님이 예라고 답했습니다: ${title}`,
    answeredNo: (who, title) => `${who} 님이 아니요라고 답했습니다: ${title}`,
    manualDone: (who, title) => `${who} 님이 완료했습니다: ${title}.`,
    manualNotDone: (who, title) => `${who} 님이 하지 않았다고 답했습니다: ${title}.`,
    draft: (link) => `포스트모템 초안이 준비되었습니다: ${link}`,
    reviewed: {
      approved: (who) => `${who} 님이 포스트모템을 승인했습니다.`,
      'changes-requested': (who) => `${who} 님이 포스트모템 수정을 요청했습니다.`,
      commented: (who) => `${who} 님이 포스트모템에 의견을 남겼습니다.`,
    },
    merged: (who) => (who ? `${who} 님이 포스트모템을 병합했습니다.` : '포스트모템이 병합되었습니다.'),
    closed: (who) =>
      who ? `${who} 님이 포스트모템을 병합하지 않고 닫았습니다.` : '포스트모템이 병합되지 않고 닫혔습니다.',
  },
  roleNames: roleNames.ko,
  verdicts: { pass: '정상', warn: '주의', fail: '실패', unknown: '확인 불가' },
  outcomes: { pass: '완료', warn: '확인 필요', fail: '실패', unknown: '확인 불가' },
  muster: 'Muster',
  duration: (days, hours, minutes, seconds) =>
    [
      days && `${days}일`,
      hours && `${hours}시간`,
      minutes && `${minutes}분`,
      (seconds || !(days || hours || minutes)) && `${seconds}초`,
    ]
      .filter(Boolean)
      .join(' '),
};
