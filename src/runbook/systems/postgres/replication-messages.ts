import type { Language } from '../../../incident/words.ts';
import { unansweredMessages } from './unanswered-messages.ts';

/** Tenths matter only while there are few seconds. */
const secondsText = (seconds: number) => String(Number(seconds.toFixed(seconds < 10 ? 1 : 0)));

type Told = { address: string; reason: string };

const en = {
  ...unansweredMessages('en'),
  allRefuse: (nodes: string) =>
    `PostgreSQL is not running: ${nodes} refused the connection, so the hosts are there and the process is gone.`,
  nothingAnswers: (nodes: string) =>
    `No PostgreSQL node answered from here (${nodes}); that may be this worker's own network.`,
  notTold: ({ address, reason }: Told, how: string, denied: boolean) =>
    `${address} is up but does not say how it is: ${how} (${reason})${denied ? '; the role needs LOGIN, CONNECT and pg_monitor' : ''}.`,
  splitBrain: (nodes: string, newest: string, timeline: number) =>
    `Split brain: ${nodes} all take writes and are the same cluster; the highest timeline (${timeline}) is on ${newest}. Keep clients away from the others first.`,
  otherCluster: (nodes: string) =>
    `${nodes} are primaries of different clusters, so the list of nodes is wrong.`,
  primaryGone: (missing: string, standbys: string) =>
    `No primary answers (${missing}), and ${standbys} can only be read from; before one of them is promoted, make sure that the old primary cannot come back.`,
  primaryElsewhere: (standbys: string) =>
    `No primary among the nodes that were asked, but ${standbys} still receive from one: it is missing in the list, or unreachable from here only.`,
  nobodySends: (standbys: string) =>
    `${standbys} have no WAL receiver, and no primary is among the nodes that were asked: nothing new arrives.`,
  standbyGone: (address: string, how: string) =>
    `Standby ${address} does not answer (${how}): it cannot take over, and its slot makes the primary keep WAL.`,
  unseen: (address: string, how: string, primary: string) =>
    `${address} does not answer from here (${how}), but as many standbys stream from ${primary} as should: look at the way from here, or at the list of nodes.`,
  slotLost: (slot: string, primary: string, user: string | undefined, physical: boolean) =>
    `Slot ${slot} on ${primary} is lost: the WAL that ${user ?? 'its consumer'} still needs was removed, so ${physical ? 'that standby must be built anew' : 'that consumer must start anew'}.`,
  slotLostUnused: (slot: string, primary: string) =>
    `Slot ${slot} on ${primary} is lost, but no standby that was asked uses it.`,
  slotMissing: (address: string, slot: string, primary: string) =>
    `Standby ${address} receives nothing: it wants slot ${slot}, which does not exist on ${primary}.`,
  receiverDown: (address: string, primary: string) =>
    `Standby ${address} has no WAL receiver although primary ${primary} answers: look in its log for the login, the address or the WAL that it misses.`,
  receiverWaits: (address: string, status: string) =>
    `The WAL receiver of standby ${address} does not stream (${status}).`,
  tooFew: (primary: string, streaming: number, wanted: number) =>
    `${streaming} of ${wanted} standbys stream from primary ${primary}.`,
  syncWaits: (primary: string) =>
    `Commits on ${primary} wait: synchronous_standby_names wants a standby that is not there.`,
  slotRetains: (slot: string, primary: string, held: string, rest: string | null) =>
    `Nobody reads slot ${slot}, which keeps ${held} of WAL on the disk of ${primary}; ${rest === null ? 'without a limit it grows until the disk is full' : `the slot is lost after ${rest} more`}.`,
  slotIdle: (slot: string, primary: string, held: string) =>
    `Nobody reads slot ${slot} on ${primary}; it keeps ${held} of WAL so far.`,
  slotBehind: (slot: string, primary: string, held: string) =>
    `The reader of slot ${slot} is behind: ${primary} keeps ${held} of WAL for it.`,
  paused: (address: string) => `The replay on standby ${address} is paused.`,
  pausedBehind: (address: string, lag: string) =>
    `The replay on standby ${address} was paused by somebody and is ${lag} behind; pg_wal_replay_resume() lets it go on.`,
  conflict: (address: string, lag: string, waits: string) =>
    `The replay on standby ${address} is ${lag} behind, because it waits for a query there (${waits}).`,
  catchingUp: (address: string, primary: string, lag: string) =>
    `Standby ${address} is catching up with ${primary} and still ${lag} behind; if that does not shrink, the network to it is too slow.`,
  receiveLag: (address: string, lag: string) =>
    `Standby ${address} is ${lag} behind and has not even received it: look at the network and at the primary.`,
  replayLag: (address: string, lag: string) =>
    `Standby ${address} is ${lag} behind: the WAL reaches it and is not replayed fast enough.`,
  hidden: (nodes: string) =>
    `${nodes} hide their replication columns from this role: GRANT pg_monitor to it.`,
  healthy: (primary: string, streaming: number, lag: string) =>
    `${primary} is primary, ${streaming} standby(s) stream and at most ${lag} are not replayed; no slot keeps too much WAL.`,
  replays: (standbys: string) => `${standbys} are in recovery and replay an archive.`,
  behind: (bytes: string, seconds: number | null) =>
    seconds === null ? bytes : `${bytes} / ${secondsText(seconds)} s`,
  columns: ['node', 'kind', 'state', 'says'],
  roles: {
    primary: 'primary',
    standby: 'standby',
    slot: (physical: boolean): string => (physical ? 'physical slot' : 'logical slot'),
  },
  answered: (ms: number) => `answers (${ms} ms)`,
  active: 'active',
  inactive: 'inactive',
  none: 'none',
  notReadable: 'not readable',
  notMeasured: 'not measured',
  primarySays: (timeline: number, senders: string) => `timeline ${timeline}; standbys: ${senders}`,
  standbySays: (receiver: string, lag: string, paused: boolean, conflicts: number) =>
    `receiver ${receiver}; behind ${lag}${paused ? '; replay paused' : ''}${conflicts > 0 ? `; ${conflicts} cancelled queries` : ''}`,
  slotSays: (held: string | null, status: string) => (held === null ? status : `keeps ${held}; ${status}`),
};

export type ReplicationMessages = typeof en;

const ko: ReplicationMessages = {
  ...unansweredMessages('ko'),
  allRefuse: (nodes) =>
    `PostgreSQL이 실행되고 있지 않습니다: ${nodes} 노드가 연결을 거부했습니다. 호스트는 살아 있고 프로세스가 없습니다.`,
  nothingAnswers: (nodes) =>
    `여기서는 응답하는 PostgreSQL 노드가 없습니다(${nodes}). 이 워커의 네트워크 문제일 수도 있습니다.`,
  notTold: ({ address, reason }, how, denied) =>
    `${address} 노드는 살아 있지만 상태를 알려 주지 않습니다: ${how}(${reason}).${denied ? ' 계정에 LOGIN, CONNECT, pg_monitor 권한이 필요합니다.' : ''}`,
  splitBrain: (nodes, newest, timeline) =>
    `스플릿 브레인: 같은 클러스터의 ${nodes} 노드가 모두 쓰기를 받고 있습니다. 타임라인이 가장 높은 노드는 ${newest}(${timeline})입니다. 먼저 나머지 노드에서 클라이언트를 차단하세요.`,
  otherCluster: (nodes) =>
    `${nodes} 노드는 서로 다른 클러스터의 프라이머리입니다. 노드 목록이 잘못되었습니다.`,
  primaryGone: (missing, standbys) =>
    `응답하는 프라이머리가 없어(${missing}) ${standbys} 노드에서는 읽기만 가능합니다. 승격하기 전에 기존 프라이머리가 다시 살아나지 않도록 차단했는지 확인하세요.`,
  primaryElsewhere: (standbys) =>
    `조회한 노드 중에 프라이머리가 없지만 ${standbys} 노드는 계속 수신하고 있습니다. 프라이머리가 목록에 없거나 여기서만 접근할 수 없는 상태입니다.`,
  nobodySends: (standbys) =>
    `${standbys} 노드에 WAL 수신 프로세스가 없고 조회한 노드 중에 프라이머리도 없어, 새 데이터가 들어오지 않습니다.`,
  standbyGone: (address, how) =>
    `스탠바이(${address})가 응답하지 않습니다(${how}). 장애 조치 대상이 될 수 없으며, 그 슬롯 때문에 프라이머리에 WAL이 쌓입니다.`,
  unseen: (address, how, primary) =>
    `여기서는 ${address} 노드가 응답하지 않지만(${how}), 프라이머리(${primary})에는 필요한 수의 스탠바이가 연결되어 있습니다. 여기서 가는 경로나 노드 목록을 확인하세요.`,
  slotLost: (slot, primary, user, physical) =>
    `프라이머리(${primary})의 슬롯 ${slot}이(가) 유실되었습니다: ${user ?? '그 소비자'}에 필요한 WAL이 이미 삭제되어 ${physical ? '스탠바이를 새로 구성해야 합니다' : '소비자를 처음부터 다시 시작해야 합니다'}.`,
  slotLostUnused: (slot, primary) =>
    `프라이머리(${primary})의 슬롯 ${slot}이(가) 유실되었지만, 조회한 스탠바이 중에 사용하는 노드는 없습니다.`,
  slotMissing: (address, slot, primary) =>
    `스탠바이(${address})가 수신하지 못하고 있습니다: 사용하려는 슬롯 ${slot}이(가) 프라이머리(${primary})에 없습니다.`,
  receiverDown: (address, primary) =>
    `프라이머리(${primary})는 응답하지만 스탠바이(${address})에 WAL 수신 프로세스가 없습니다. 스탠바이 로그에서 로그인, 주소, 누락된 WAL을 확인하세요.`,
  receiverWaits: (address, status) =>
    `스탠바이(${address})의 WAL 수신이 스트리밍 상태가 아닙니다(${status}).`,
  tooFew: (primary, streaming, wanted) =>
    `프라이머리(${primary})에 연결된 스탠바이가 ${wanted}개 중 ${streaming}개뿐입니다.`,
  syncWaits: (primary) =>
    `프라이머리(${primary})의 커밋이 대기 중입니다: synchronous_standby_names에 지정된 스탠바이가 없습니다.`,
  slotRetains: (slot, primary, held, rest) =>
    `슬롯 ${slot}을(를) 읽는 소비자가 없어 프라이머리(${primary}) 디스크에 WAL ${held}가 쌓여 있습니다. ${rest === null ? '제한이 없어 디스크가 가득 찰 때까지 늘어납니다' : `${rest} 더 쌓이면 슬롯이 유실됩니다`}.`,
  slotIdle: (slot, primary, held) =>
    `프라이머리(${primary})의 슬롯 ${slot}을(를) 읽는 소비자가 없습니다. 현재 쌓인 WAL은 ${held}입니다.`,
  slotBehind: (slot, primary, held) =>
    `슬롯 ${slot}의 소비자가 뒤처져 프라이머리(${primary})에 WAL ${held}가 쌓여 있습니다.`,
  paused: (address) => `스탠바이(${address})의 WAL 재생이 일시 중지되어 있습니다.`,
  pausedBehind: (address, lag) =>
    `스탠바이(${address})의 WAL 재생이 일시 중지되어 ${lag} 뒤처져 있습니다. pg_wal_replay_resume()으로 재개할 수 있습니다.`,
  conflict: (address, lag, waits) =>
    `스탠바이(${address})의 WAL 재생이 그 노드의 쿼리를 기다리느라(${waits}) ${lag} 뒤처져 있습니다.`,
  catchingUp: (address, primary, lag) =>
    `스탠바이(${address})가 프라이머리(${primary})를 따라잡는 중이며 아직 ${lag} 뒤처져 있습니다. 줄어들지 않으면 그 사이의 네트워크가 느린 것입니다.`,
  receiveLag: (address, lag) =>
    `스탠바이(${address})가 ${lag} 뒤처져 있으며 아직 수신도 하지 못했습니다. 네트워크와 프라이머리를 확인하세요.`,
  replayLag: (address, lag) =>
    `스탠바이(${address})가 ${lag} 뒤처져 있습니다. WAL은 도착하지만 재생이 따라가지 못합니다.`,
  hidden: (nodes) =>
    `${nodes} 노드가 이 계정에는 복제 정보를 보여 주지 않습니다. pg_monitor 권한을 부여하세요.`,
  healthy: (primary, streaming, lag) =>
    `프라이머리는 ${primary} 노드이고 스탠바이 ${streaming}개가 스트리밍 중이며, 아직 재생되지 않은 WAL은 최대 ${lag}입니다. WAL을 지나치게 쌓아 두는 슬롯은 없습니다.`,
  replays: (standbys) => `${standbys} 노드는 복구 모드에서 아카이브를 재생하고 있습니다.`,
  behind: (bytes, seconds) => (seconds === null ? bytes : `${bytes} / ${secondsText(seconds)}초`),
  columns: ['노드', '종류', '상태', '응답 내용'],
  roles: {
    primary: '프라이머리',
    standby: '스탠바이',
    slot: (physical) => (physical ? '물리 슬롯' : '논리 슬롯'),
  },
  answered: (ms) => `응답함(${ms} ms)`,
  active: '활성',
  inactive: '비활성',
  none: '없음',
  notReadable: '조회 권한 없음',
  notMeasured: '측정되지 않음',
  primarySays: (timeline, senders) => `타임라인 ${timeline}; 스탠바이: ${senders}`,
  standbySays: (receiver, lag, paused, conflicts) =>
    `수신 ${receiver}; 지연 ${lag}${paused ? '; 재생 일시 중지' : ''}${conflicts > 0 ? `; 취소된 쿼리 ${conflicts}개` : ''}`,
  slotSays: (held, status) => (held === null ? status : `WAL ${held} 보관; ${status}`),
};

/** What the replication steps say, in the channel's language. */
export const replicationMessages = (language: Language): ReplicationMessages => (language === 'ko' ? ko : en);
