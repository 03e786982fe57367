import { roleNames } from '../../../incident/timeline-text.ts';
import type { Severity } from '../../../incident/words.ts';
import type { Messages } from './en.ts';
import { forms } from './ko-forms.ts';

const minutes = (ms: number): string => {
  const total = Math.round(ms / 60_000);
  if (total < 1) return '1분 미만';
  if (total < 60) return `${total}분`;
  const hours = Math.floor(total / 60);
  if (hours < 48) return `${hours}시간${total % 60 === 0 ? '' : ` ${total % 60}분`}`;
  return `${Math.floor(hours / 24)}일`;
};

/** What Muster says to one person, in Korean. */
export const ko: Messages = {
  span: minutes,
  since: (ms) => (ms < 30_000 ? '(방금 시작)' : `${minutes(ms)}째`),
  ago: (ms) => (ms < 30_000 ? '방금' : `${minutes(ms)} 전`),
  nobody: '없음',

  unknownVerb: (typed, verb) => `${typed} 명령은 없습니다. 혹시 \`${verb}\` 명령인가요?`,
  unknownVerbAtAll: (typed) => `${typed} 명령은 없습니다. \`/incident help\`로 쓸 수 있는 명령을 확인하세요.`,
  usage: (usage, example) =>
    `사용법: \`/incident ${usage}\`${example === usage ? '' : `\n예: \`/incident ${example}\``}`,
  chooseIncident: (verb) =>
    `이 채널에 연결된 인시던트가 없습니다. 어떤 인시던트에 \`${verb}\` 명령을 쓸까요?`,
  choose: '선택',
  andMore: (count) => `… 외 ${count}건. \`status inc-42\`처럼 명령 뒤에 이름을 적어 주세요.`,
  nothingOpen: '열려 있는 인시던트가 없습니다.',
  quietSince: (ms) =>
    ms < 30_000 ? '마지막 인시던트가 방금 해결되었습니다.' : `${minutes(ms)}째 조용합니다.`,
  noSuchIncident: (name) =>
    `${name} 인시던트가 없습니다. \`/incident list\`로 열려 있는 인시던트를 확인하세요.`,
  noSuchPerson: (typed) => `${typed} 님을 찾을 수 없습니다. @로 멘션하거나 \`나\`라고 적어 주세요.`,
  outOfDate: '더 이상 쓰지 않는 버튼입니다. 고정된 카드에서 지금 쓸 수 있는 버튼을 확인하세요.',
  broken: '처리하지 못했고, 기록되지 않았을 수 있습니다. 카드를 확인한 뒤 다시 시도해 주세요.',
  notOpenYet: '아직 인시던트를 열지 못했습니다. 저장소가 복구되면 바로 열리니, 그때 다시 확인을 눌러 주세요.',
  storeDown: '지금 저장소에 연결할 수 없어 아무것도 기록하지 못했습니다. 잠시 후 다시 시도해 주세요.',
  notMember: {
    guest: '게스트는 인시던트를 볼 수만 있고 바꿀 수 없습니다. 채널의 구성원에게 부탁해 주세요.',
    stranger: '이 워크스페이스의 구성원만 인시던트를 바꿀 수 있습니다. 채널의 구성원에게 부탁해 주세요.',
    bot: '봇은 인시던트를 바꿀 수 없습니다.',
    unverified:
      'Slack에서 사용자 정보를 확인하지 못해 아무것도 바꾸지 않았습니다. 잠시 후 다시 시도해 주세요.',
  },
  refusals: {
    'no-incident': () => '이 인시던트는 더 이상 없습니다.',
    'already-resolved': () => '이미 해결된 인시던트입니다. `/incident reopen`으로 다시 열 수 있습니다.',
    'not-resolved': () => '아직 열려 있는 인시던트입니다. `/incident resolve`로 종료할 수 있습니다.',
    'another-is-open': (detail) =>
      detail === ''
        ? '같은 문제의 다른 인시던트가 열려 있습니다. 그 인시던트에서 이어서 진행해 주세요.'
        : `같은 문제로 inc-${detail} 인시던트가 열려 있습니다. 그 인시던트에서 이어서 진행해 주세요.`,
    'reason-needed': () =>
      '심각도를 낮추려면 이유가 필요합니다. 예: `/incident severity P3 고객 한 명만 영향`',
    'no-such-step': (detail) =>
      `런북에 ${detail} 단계가 없습니다. \`/incident runbook list\`로 단계를 확인하세요.`,
    'step-not-open': () => '이 단계는 더 이상 그 처리를 기다리지 않습니다. 카드에서 진행 상태를 확인하세요.',
    'not-permitted': (detail) =>
      detail === ''
        ? '이 작업을 할 권한이 없습니다.'
        : `${detail}만 할 수 있는 작업입니다. 해당 담당자에게 부탁해 주세요.`,
    'asker-cannot-approve': () =>
      '직접 요청한 단계는 다른 사람이 승인해야 합니다. 긴급한 경우 이유를 적어 비상 승인할 수 있습니다.',
    'approval-stale': () => '제안된 뒤에 실행할 내용이 바뀌었습니다. 최신 제안을 확인해 주세요.',
    'incident-changed': () => '제안된 뒤에 상황이 바뀌었습니다. 최신 제안을 확인해 주세요.',
    'second-person-needed': () => '이미 승인하셨습니다. 다른 한 사람도 승인해야 합니다.',
    'glass-is-not-enough': () => '두 사람이 승인해야 하는 단계라 비상 승인을 할 수 없습니다.',
    'no-such-run': (detail) =>
      `이 인시던트에서 실행 중인 런북 ${detail}이(가) 없습니다. \`/incident runbook\`으로 목록을 볼 수 있습니다.`,
    'no-offer-for-you': () =>
      '이 역할을 제안받은 상태가 아닙니다. `/incident role ic 나`로 직접 맡을 수 있습니다.',
    'no-pull-request': () => '아직 포스트모템 풀 리퀘스트가 없습니다. `/incident postmortem`으로 요청하세요.',
  },
  problems: {
    needed: '입력해 주세요.',
    'reason-needed': '이유를 적어 주세요.',
    'too-long': '너무 깁니다.',
  },

  role: roleNames.ko,
  roleShort: { ic: 'IC', comms: '커뮤니케이션', ops: '운영', tech: '기술 리드' },
  severity: {
    P1: '서비스 전체 또는 핵심 기능이 중단됨',
    P2: '주요 기능 일부가 실패하고 많은 사용자가 영향을 받음',
    P3: '보조 기능이 실패하고 일부 사용자가 영향을 받음',
    P4: '불편한 정도',
  },
  verdict: { pass: '정상', warn: '주의', fail: '실패', unknown: '확인 불가' },

  state: {
    open: '진행 중',
    recovering: '복구된 것으로 보임, 확인 대기 중',
    resolved: (ago) => `${ago} 해결됨`,
    firing: (count) => `발생 중인 알림 ${count}건`,
    acknowledged: (name) => `${name} 님이 확인함`,
    unacknowledged: '아직 확인하지 않음',
    proposed: '수락 전',
    offeredTo: (name) => `${name} 님에게 인계 제안`,
    lastUpdate: (ago, text) => `마지막 공유 ${ago}: ${text}`,
    noUpdate: '아직 공유된 내용이 없습니다.',
    runbook: '런북',
    steps: (over, all) => `${all}단계 중 ${over}단계 완료`,
    waitsForApproval: (step) => `${step} 승인 대기`,
    waitsForPerson: (step) => `${step} 확인 대기`,
    pullRequest: '포스트모템',
    pullRequestState: {
      open: '리뷰 중',
      approved: '승인됨',
      'changes-requested': '수정 요청됨',
      merged: '병합됨',
      closed: '병합 없이 닫힘',
    },
  },
  list: { open: '열려 있는 인시던트', listed: '목록에만 오른 문제', more: (count) => `… 외 ${count}건` },
  why: {
    heading: (name) => `${name}의 결정 근거`,
    severity: '심각도',
    grouping: '묶음',
    paging: '호출',
    notYet: '아직 없음',
    notPaged: '하지 않음: 이 심각도의 정책은 호출하지 않습니다',
    level: (level, people) => `${level}단계 → ${people}`,
    nobodyAt: (level) => `${level}단계 → 호출할 사람 없음`,
    runbook: '런북',
    noRunbook: '해당하는 런북 없음',
    ending: '상태',
    rule: (rule) => `규칙 ${rule}`,
  },
  rules: {
    'declared-by-person': '선언한 사람이 정함',
    declaration: '직접 선언한 인시던트라 따로 다룸',
    'default-unclear': '판단할 정보가 없어 더 높은 쪽으로 정함',
    'label-severity': '알림의 `severity` 레이블에 따름',
    'label-priority': '알림의 `priority` 레이블에 따름',
    'impact-service-down': '알림에 서비스 중단이라고 적혀 있음',
    'impact-core-function': '알림에 핵심 기능 실패라고 적혀 있음',
    'impact-30-percent-of-users': '알림에 사용자의 30 % 이상이 영향을 받는다고 적혀 있음',
    'impact-main-function': '알림에 주요 기능 실패라고 적혀 있음',
    'impact-some-function': '알림에 일부 기능 실패라고 적혀 있음',
    'impact-some-users': '알림에 일부 사용자가 영향을 받는다고 적혀 있음',
    'impact-none': '알림에 영향이 없다고 적혀 있음',
    'alert-matches': '이 인시던트의 알림과 일치함',
    'service-entry': 'muster.yaml에 이 서비스의 런북으로 지정됨',
    alongside: '이런 알림에는 항상 함께 실행됨',
    'symptom-matches': '증상과 일치함',
    'resolved-at-pagerduty': 'PagerDuty에서 해결로 처리됨',
    'absent-at-alertmanager': 'Alertmanager에 해당 알림이 더 이상 없음',
    'changed-by-person': '사람이 바꿈',
    'worse-alert-joined': '더 심각한 알림이 추가됨',
    'first-to-acknowledge': '가장 먼저 확인했고, 후보가 수락하지 않음',
    'hand-off': '인계를 수락함',
    assigned: '다른 사람이 지정함',
    taken: '직접 맡음',
    accepted: '제안을 수락함',
    'all-alerts-resolved': '모든 알림이 해소됨',
    'quiet-time-over': '정해진 시간 동안 알림이 없었음',
    'refired-within-window': '다시 여는 기간 안에 알림이 다시 발생함',
    'by-person': '사람이 정함',
    'recovery-confirmed': '사람이 복구를 확인함',
  },

  help: {
    heading: '`/incident`로 할 수 있는 일',
    rest: '인시던트 채널에서는 그 인시던트에 적용됩니다. 다른 곳에서는 `status inc-42`처럼 이름을 붙여 주세요. `help 명령`으로 자세한 설명을 볼 수 있습니다.',
    aliases: (names) => `같은 명령: ${names}`,
  },

  done: {
    declared: (name, where) => `${name} 인시던트를 선언했습니다. ${where}`,
    channelFollows: '곧 채널이 만들어집니다.',
    noChannel: '이 심각도는 채널을 만들지 않습니다. `/incident list`에서 볼 수 있습니다.',
    acknowledged: (name) => `${name}: 확인했습니다. 더 이상 다른 사람을 호출하지 않습니다.`,
    notPagedNote: '호출받은 당사자가 아니니, 호출받은 사람에게 알려 주세요.',
    alreadyAcknowledged: (name, by) => `${name}: 이미 ${by} 님이 확인했습니다.`,
    severity: (name, to: Severity) => `${name}의 심각도는 이제 ${to}입니다.`,
    severitySame: (name, to: Severity) => `${name}의 심각도는 이미 ${to}입니다.`,
    roleTaken: (role) => `이제 ${role} 역할을 맡으셨습니다.`,
    roleProposed: (role, person) => `${person} 님을 ${role} 후보로 정했습니다. 카드에서 수락할 수 있습니다.`,
    roleOffered: (role, person) => `${person} 님에게 ${role} 역할 인계를 제안했습니다. 수락하면 바뀝니다.`,
    roleSame: (role, person) => `${role} 역할은 이미 ${person} 님이 맡고 있어 바뀐 것이 없습니다.`,
    handoffDeclined: (role) => `${role} 역할을 사양했습니다. 기존 담당자가 계속 맡습니다.`,
    noted: '타임라인에 추가했습니다.',
    notedAlready: '이미 타임라인에 있습니다.',
    updated: '상황을 공유했습니다.',
    resolved: (name, draft) =>
      `${name}: 해결로 처리했습니다. ${draft ? '이어서 포스트모템 초안이 만들어집니다.' : '포스트모템 초안이 필요하면 `/incident postmortem`으로 요청하세요.'}`,
    resolvedAlready: (name) => `${name}: 이미 해결되었습니다.`,
    reopened: (name) => `${name}: 다시 열었습니다.`,
    openAlready: (name) => `${name}: 이미 열려 있습니다.`,
    runbookStarted: (title) => `런북을 시작했습니다: ${title}`,
    evidence: (title, verdict) => `증거를 추가했습니다: ${title}, ${verdict}.`,
    evidenceAlready: '이 인시던트에 이미 있는 증거입니다.',
    runbookCancelled: (title) => `${title} 런북을 취소했습니다. 이미 실행 중인 단계는 끝까지 진행됩니다.`,
    runbookRunning: (title) => `이미 시작된 런북입니다: ${title}`,
    noSuchRunbook: (name) => `${name} 런북이 없습니다. \`/incident runbook list\`로 목록을 확인하세요.`,
    stepRequested: (step) => `${step} 단계를 다시 실행합니다.`,
    stepBusy: (step) => `${step} 단계가 아직 끝나지 않아 다시 시작하지 않았습니다.`,
    approved: (step) => `${step} 단계를 승인했습니다. 지금 한 번 실행합니다.`,
    approvedAlready: (step) => `${step} 단계는 이미 승인되었습니다.`,
    declined: (step) => `${step} 단계를 거절했습니다.`,
    declinedAlready: (step) => `${step} 단계는 이미 거절되었습니다.`,
    manual: (step, done) => `${step}: ${done ? '‘완료’로' : '‘하지 않음’으로'} 기록했습니다.`,
    manualAlready: (step) => `${step} 단계는 이미 답변한 단계입니다.`,
    settled: (step) => `${step}: 기록했습니다.`,
    postmortem: '포스트모템 초안을 요청했습니다. 카드에 링크가 표시됩니다.',
    postmortemAlready: '포스트모템 초안은 이미 요청되었습니다.',
    postmortemAt: (link) => `포스트모템: ${link}`,
  },

  ...forms,
  runbooks: {
    cancel: '아직 시작하지 않은 단계 취소',
    nothingToCancel: '취소할 런북 단계가 없습니다.',
    whichOne: (commands) => `실행 중인 런북이 여러 개입니다. 어느 것을 취소할까요? ${commands}`,
    heading: '런북',
    none: '설정된 런북이 없습니다.',
    running: '이 인시던트에서 시작됨',
    start: '런북 시작',
    again: '단계 다시 실행',
    how: '`runbook start 이름`으로 시작하고, `runbook run 단계`로 단계를 다시 실행합니다.',
  },
  phase: {
    waiting: '대기',
    running: '실행 중',
    proposed: '승인 대기',
    approved: '승인됨',
    intended: '실행 중',
    unknown: '결과를 알 수 없어 사람이 판단해야 함',
    skipped: '건너뜀',
    cancelled: '취소됨',
    declined: '거절됨',
  },
};
