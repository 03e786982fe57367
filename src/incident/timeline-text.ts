import type { EventOf, EventType } from './events.ts';
import type { NameOf, Role } from './words.ts';

type Writers = { [T in EventType]: (event: EventOf<T>, nameOf: NameOf) => string | null };

const because = (reason: string | null): string => (reason ? `: ${reason}` : '');
const list = (names: string[]): string => names.join(', ');
const hidden = (): null => null;

/** The roles' names, in each language. */
export const roleNames = {
  en: { ic: 'Incident Commander', comms: 'Comms', ops: 'Ops', tech: 'Tech lead' },
  ko: { ic: '지휘(IC)', comms: '커뮤니케이션', ops: '운영', tech: '기술 리드' },
} satisfies Record<'en' | 'ko', Record<Role, string>>;

/** How a verdict reads. Symbols always come with a word: colour and shape alone say nothing. */
export const verdictNames = {
  en: { pass: 'passed', warn: 'warning', fail: 'failed', unknown: 'unknown' },
  ko: { pass: '정상', warn: '주의', fail: '실패', unknown: '확인 불가' },
};

/** The person as muster.yaml names them, where it knows their GitHub login; else the login. */
const reviewer = ({ by, reviewer: login }: EventOf<'PullRequestReviewed'>, name: NameOf): string =>
  by.kind === 'person' && !by.person.startsWith('github:') ? name(by.person) : login;

/** The timeline in English. `null` leaves an entry out. */
export const en: Writers = {
  IncidentOpened: (e) =>
    `${e.severity} opened by ${e.source === 'person' ? 'declaration' : 'alert'} (rule ${e.rule}): ${e.title}`,
  AlertsFired: (e) => `Firing: ${list(e.alerts.map((alert) => alert.summary || alert.name))}`,
  AlertsResolved: (e) => `${e.alerts.length} alert${e.alerts.length === 1 ? '' : 's'} resolved`,
  SeverityChanged: (e) => `Severity ${e.from} → ${e.to} (rule ${e.rule})${because(e.reason)}`,
  RoleProposed: (e, name) => `${roleNames.en[e.role]} proposed: ${name(e.person)} (${e.rule})`,
  RoleAccepted: (e, name) => `${roleNames.en[e.role]}: ${name(e.person)} (${e.rule})`,
  HandoffOffered: (e, name) => `${roleNames.en[e.role]} offered to ${name(e.to)}`,
  HandoffDeclined: (e, name) => `${name(e.to)} declined the ${roleNames.en[e.role]} role`,
  LevelReached: (e, name) => `Paging level ${e.level}: ${list(e.people.map(name))} (${e.rule})`,
  NobodyOnCall: (e) => `Nobody to page at level ${e.level} (${e.rule})`,
  PageSent: (e, name) => `Paged ${name(e.person)} by ${e.pager}`,
  PageFailed: (e, name) => `Page to ${name(e.person)} by ${e.pager} failed: ${e.why}`,
  Acknowledged: (e, name) => `Acknowledged by ${name(e.person)}`,
  ChannelCreated: (e) => `Channel #${e.name} created`,
  CardPosted: hidden,
  NoteAdded: (e) => `${e.author}: ${e.text}`,
  EvidenceAdded: ({ exhibit }) =>
    `Evidence, ${exhibit.title}, ${verdictNames.en[exhibit.verdict]}: ${exhibit.sentence}`,
  UpdatePosted: (e) => `Update: ${e.text}`,
  RecoveryProposed: (e) => `Recovery proposed (${e.rule})`,
  Resolved: (e) => `Resolved (${e.rule})${because(e.reason)}`,
  Reopened: (e) => `Reopened (${e.rule})${because(e.reason)}`,
  RunbookStarted: (e) => `Runbook started: ${e.runbook.title} (${e.rule})`,
  StepStarted: hidden,
  StepFinished: (e) => `${e.step} ${verdictNames.en[e.report.verdict]}: ${e.report.sentence}`,
  StepRechecked: (e) =>
    `${e.step} looked at again, ${verdictNames.en[e.report.verdict]}: ${e.report.sentence}`,
  StepSkipped: (e) => `${e.step} skipped: ${e.why}`,
  StepRequested: (e) => `${e.step} requested again`,
  StepProposed: (e) =>
    `Proposed${e.changed.length > 0 ? ' again, since the incident changed' : ''}: ${e.preview}`,
  StepSeconded: (e) => `${e.step} approved by the first of two people`,
  StepApproved: (e) =>
    e.glass ? `${e.step} approved by breaking the glass: ${e.glass}` : `${e.step} approved`,
  StepDeclined: (e) => `${e.step} declined${because(e.reason)}`,
  ApprovalExpired: (e) => `The approval of ${e.step} expired unused`,
  StepIntended: (e) => `${e.step} is being run`,
  StepOutcomeUnknown: (e) => `The outcome of ${e.step} is unknown: ${e.why}`,
  StepHeldUp: (e) => `${e.step} waits for ${e.holder}, which acts on the same target`,
  RunbookCancelled: (e) => `Runbook ${e.run.split('@')[0]} cancelled`,
  ManualAnswered: (e) => `${e.step}: ${e.answer.done ? 'done' : 'not done'}${because(e.answer.note)}`,
  PostmortemRequested: hidden,
  PullRequestOpened: (e) => `Postmortem draft published: ${e.number === null ? e.branch : `#${e.number}`}`,
  PullRequestReviewed: (e, name) =>
    `Postmortem ${{ approved: 'approved', 'changes-requested': 'changes requested', commented: 'commented' }[e.kind]} by ${reviewer(e, name)}`,
  PullRequestClosed: (e) =>
    `Postmortem ${e.merged ? 'merged' : 'closed'}${e.closer ? ` by ${e.closer}` : ''}`,
};

/** The timeline in Korean. */
export const ko: Writers = {
  IncidentOpened: (e) =>
    `${e.severity} 인시던트 발생 (${e.source === 'person' ? '직접 선언' : '알림'}, 규칙 ${e.rule}): ${e.title}`,
  AlertsFired: (e) => `알림 발생: ${list(e.alerts.map((alert) => alert.summary || alert.name))}`,
  AlertsResolved: (e) => `알림 ${e.alerts.length}건 해소`,
  SeverityChanged: (e) => `심각도 ${e.from} → ${e.to} (규칙 ${e.rule})${because(e.reason)}`,
  RoleProposed: (e, name) => `${roleNames.ko[e.role]} 후보: ${name(e.person)} (${e.rule})`,
  RoleAccepted: (e, name) => `${roleNames.ko[e.role]}: ${name(e.person)} (${e.rule})`,
  HandoffOffered: (e, name) => `${roleNames.ko[e.role]} 인계 제안: ${name(e.to)}`,
  HandoffDeclined: (e, name) => `${name(e.to)} 님이 ${roleNames.ko[e.role]} 역할을 사양`,
  LevelReached: (e, name) => `${e.level}단계 호출: ${list(e.people.map(name))} (${e.rule})`,
  NobodyOnCall: (e) => `${e.level}단계에 호출할 사람이 없음 (${e.rule})`,
  PageSent: (e, name) => `${name(e.person)} 님 호출 (${e.pager})`,
  PageFailed: (e, name) => `${name(e.person)} 님 호출 실패 (${e.pager}): ${e.why}`,
  Acknowledged: (e, name) => `${name(e.person)} 님이 확인`,
  ChannelCreated: (e) => `채널 #${e.name} 생성`,
  CardPosted: hidden,
  NoteAdded: (e) => `${e.author}: ${e.text}`,
  EvidenceAdded: ({ exhibit }) =>
    `증거, ${exhibit.title}, ${verdictNames.ko[exhibit.verdict]}: ${exhibit.sentence}`,
  UpdatePosted: (e) => `상황 공유: ${e.text}`,
  RecoveryProposed: (e) => `복구 확인 요청 (${e.rule})`,
  Resolved: (e) => `해결 (${e.rule})${because(e.reason)}`,
  Reopened: (e) => `다시 열림 (${e.rule})${because(e.reason)}`,
  RunbookStarted: (e) => `런북 시작: ${e.runbook.title} (${e.rule})`,
  StepStarted: hidden,
  StepFinished: (e) => `${e.step} ${verdictNames.ko[e.report.verdict]}: ${e.report.sentence}`,
  StepRechecked: (e) => `${e.step} 재점검, ${verdictNames.ko[e.report.verdict]}: ${e.report.sentence}`,
  StepSkipped: (e) => `${e.step} 건너뜀: ${e.why}`,
  StepRequested: (e) => `${e.step} 다시 요청`,
  StepProposed: (e) => `실행 제안${e.changed.length > 0 ? '(상황이 바뀌어 다시)' : ''}: ${e.preview}`,
  StepSeconded: (e) => `${e.step} 첫 번째 승인`,
  StepApproved: (e) => (e.glass ? `${e.step} 비상 승인: ${e.glass}` : `${e.step} 승인`),
  StepDeclined: (e) => `${e.step} 거절${because(e.reason)}`,
  ApprovalExpired: (e) => `${e.step} 승인이 쓰이지 않고 만료`,
  StepIntended: (e) => `${e.step} 실행 중`,
  StepOutcomeUnknown: (e) => `${e.step} 실행 결과를 알 수 없음: ${e.why}`,
  StepHeldUp: (e) => `${e.step} 대기 중: 같은 대상을 ${e.holder}에서 변경하고 있음`,
  RunbookCancelled: (e) => `런북 ${e.run.split('@')[0]} 취소`,
  ManualAnswered: (e) => `${e.step}: ${e.answer.done ? '완료' : '하지 않음'}${because(e.answer.note)}`,
  PostmortemRequested: hidden,
  PullRequestOpened: (e) => `포스트모템 초안 게시: ${e.number === null ? e.branch : `#${e.number}`}`,
  PullRequestReviewed: (e, name) =>
    `포스트모템 ${{ approved: '승인', 'changes-requested': '수정 요청', commented: '의견' }[e.kind]}: ${reviewer(e, name)}`,
  PullRequestClosed: (e) => `포스트모템 ${e.merged ? '병합' : '닫힘'}${e.closer ? `: ${e.closer}` : ''}`,
};
