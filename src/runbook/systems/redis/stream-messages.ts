import type { Language } from '../../../incident/words.ts';

const en = {
  missing: (stream: string, group: string) =>
    `There is no stream ${stream} with a group ${group} on this Redis.`,
  noStream: (stream: string) => `There is no stream ${stream} on this Redis.`,
  noGroup: (stream: string) => `The stream ${stream} has no consumer group.`,
  groupMissing: (stream: string, group: string, names: string) =>
    `The stream ${stream} has no group ${group} (it has: ${names}), so its consumers get NOGROUP and nothing is handled: create it again, from the entry where it stopped.`,
  vanished: (names: string, pending: number, group: string) =>
    `Consumer ${names} of group ${group} has vanished with ${pending} entries pending; nobody will handle them until they are claimed.`,
  poison: (count: number, times: number, group: string, first: string) =>
    count === 1
      ? `Entry ${first} of group ${group} was delivered ${times} times or more and never acknowledged: a poison entry that needs setting aside.`
      : `${count} entries of group ${group} were delivered ${times} times or more and never acknowledged, first ${first}: poison entries that need setting aside.`,
  overdue: (count: string, idle: string, group: string) =>
    `${count} entries of group ${group} are pending for longer than ${idle}, held by consumers that are alive but slow.`,
  perhapsGone: (count: string, idle: string, group: string, names: string) =>
    `${count} entries of group ${group} are pending for longer than ${idle}, held by ${names}, which has read nothing since; as nothing is unread, it may be gone or waiting.`,
  nobody: (group: string, lag: string) => `Group ${group} has no live consumer; ${lag} entries wait unread.`,
  some: 'some',
  none: 'none',
  behind: (group: string, lag: number) =>
    `${lag} entries wait for group ${group}: its consumers are alive and slower than what arrives; add consumers.`,
  dead: (names: string, group: string, since: string) =>
    `Consumer ${names} of group ${group} holds nothing and has been silent for more than ${since}: it can be deleted.`,
  healthy: (pending: number, group: string) =>
    `Group ${group} is healthy: ${pending} entries pending, none for too long.`,
  unasked: (address: string, how: string, reason: string) =>
    `Redis ${address} tells nothing: ${how}${reason === '' ? '' : ` (${reason})`}.`,
  columns: ['consumer', 'pending', 'idle', 'oldest pending', 'state'],
  groupRow: (group: string) => `group ${group}`,
  backlog: (lag: string, length: number) => `${lag} of ${length} unread`,
  inactive: (idle: string, inactive: string) => `${idle} (got something ${inactive} ago)`,
  states: { alive: 'alive', vanished: 'vanished', waiting: 'silent or waiting', dead: 'dead, empty' },
  poisonRow: (id: string) => `entry ${id}`,
  deliveries: (times: number) => `delivered ${times} times`,
  untouched: (address: string, reason: string) =>
    `Nothing was claimed: Redis ${address} does not do it (${reason}).`,
  noLiveConsumer: (group: string) =>
    `Nothing was claimed: group ${group} has no live consumer that could take the entries over. Start a consumer first.`,
  unknownConsumer: (consumer: string, group: string) =>
    `Nothing was claimed: consumer ${consumer} is not alive in group ${group}.`,
  claimed: (
    moved: number,
    consumer: string,
    dead: number,
    letter: string,
    deleted: number,
    remaining: string,
  ) =>
    `${moved} entries moved to ${consumer}, ${dead} poison entries set aside in ${letter}, ${deleted} had been deleted from the stream; ${remaining} overdue entries remain.`,
  preview: (idle: string, consumer: string, most: number, batch: number, times: number, letter: string) =>
    `XAUTOCLAIM entries idle for ${idle} or longer to ${consumer}, at most ${most} in batches of ${batch}; entries delivered ${times} times or more go to ${letter} and are acknowledged.`,
  liveConsumer: 'the live consumer with the least pending',
  claimColumns: ['what', 'entries'],
  claimRows: { moved: 'moved', dead: 'dead-lettered', deleted: 'deleted before', remaining: 'overdue still' },
};

export type StreamMessages = typeof en;

const ko: StreamMessages = {
  missing: (stream, group) => `이 Redis에는 ${group} 그룹이 있는 ${stream} 스트림이 없습니다.`,
  noStream: (stream) => `이 Redis에는 ${stream} 스트림이 없습니다.`,
  noGroup: (stream) => `${stream} 스트림에는 컨슈머 그룹이 없습니다.`,
  groupMissing: (stream, group, names) =>
    `${stream} 스트림에 ${group} 그룹이 없습니다(있는 그룹: ${names}). 컨슈머는 NOGROUP 오류를 받고 아무것도 처리되지 않습니다. 멈춘 항목부터 읽도록 그룹을 다시 만드세요.`,
  vanished: (names, pending, group) =>
    `${group} 그룹의 컨슈머(${names})가 처리 중인 항목 ${pending}건을 남기고 사라졌습니다. 다른 컨슈머로 옮기기 전에는 아무도 처리하지 않습니다.`,
  poison: (count, times, group, first) =>
    `${group} 그룹에서 항목 ${count}건(첫 항목 ${first})이 ${times}회 이상 전달되었지만 한 번도 확인(ACK)되지 않았습니다. 처리에 계속 실패하는 항목이므로 따로 보관하세요.`,
  overdue: (count, idle, group) =>
    `${group} 그룹의 항목 ${count}건이 ${idle} 넘게 대기 중이며, 컨슈머는 살아 있지만 처리가 느립니다.`,
  perhapsGone: (count, idle, group, names) =>
    `${group} 그룹의 항목 ${count}건이 ${idle} 넘게 대기 중입니다. 가지고 있는 컨슈머(${names})는 그 뒤로 아무것도 읽지 않았지만, 읽지 않은 항목이 없어 사라진 것인지 기다리는 중인지 알 수 없습니다.`,
  nobody: (group, lag) => `${group} 그룹에 살아 있는 컨슈머가 없고, 읽지 않은 항목이 ${lag}건 쌓여 있습니다.`,
  some: '일부',
  none: '없음',
  behind: (group, lag) =>
    `${group} 그룹에 읽지 않은 항목이 ${lag}건 있습니다. 컨슈머는 동작하지만 들어오는 속도보다 느립니다. 컨슈머를 늘리세요.`,
  dead: (names, group, since) =>
    `${group} 그룹의 컨슈머(${names})는 처리 중인 항목이 없고 ${since} 넘게 아무 활동이 없습니다. 삭제해도 됩니다.`,
  healthy: (pending, group) =>
    `${group} 그룹은 정상입니다. 대기 항목은 ${pending}건이며 오래된 항목은 없습니다.`,
  unasked: (address, how, reason) =>
    `Redis(${address})의 상태를 조회하지 못했습니다: ${how}${reason === '' ? '' : `(${reason})`}.`,
  columns: ['컨슈머', '대기', '유휴 시간', '가장 오래된 대기', '상태'],
  groupRow: (group) => `${group} 그룹`,
  backlog: (lag, length) => `${length}건 중 ${lag}건 읽지 않음`,
  inactive: (idle, inactive) => `${idle}(${inactive} 전에 항목을 받음)`,
  states: { alive: '동작 중', vanished: '사라짐', waiting: '조용함 또는 대기 중', dead: '종료됨, 비어 있음' },
  poisonRow: (id) => `항목 ${id}`,
  deliveries: (times) => `${times}회 전달`,
  untouched: (address, reason) => `옮기지 않았습니다. Redis(${address})가 실행하지 않았습니다(${reason}).`,
  noLiveConsumer: (group) =>
    `옮기지 않았습니다. ${group} 그룹에 항목을 넘겨받을 살아 있는 컨슈머가 없습니다. 먼저 컨슈머를 시작하세요.`,
  unknownConsumer: (consumer, group) =>
    `옮기지 않았습니다. ${group} 그룹에서 ${consumer} 컨슈머가 동작하고 있지 않습니다.`,
  claimed: (moved, consumer, dead, letter, deleted, remaining) =>
    `항목 ${moved}건을 ${consumer} 컨슈머로 옮기고, 처리에 계속 실패한 항목 ${dead}건을 ${letter} 스트림에 따로 보관했습니다. ${deleted}건은 이미 스트림에서 삭제된 상태였고, 기한을 넘긴 항목 ${remaining}건이 남아 있습니다.`,
  preview: (idle, consumer, most, batch, times, letter) =>
    `XAUTOCLAIM으로 ${idle} 이상 유휴 상태인 항목을 컨슈머(${consumer})로 옮깁니다(최대 ${most}건, ${batch}건씩). ${times}회 이상 전달된 항목은 ${letter} 스트림에 보관하고 확인(ACK) 처리합니다.`,
  liveConsumer: '동작 중인 것 가운데 대기가 가장 적은 쪽',
  claimColumns: ['내용', '건수'],
  claimRows: { moved: '옮김', dead: '별도 보관', deleted: '이미 삭제됨', remaining: '기한 초과 잔여' },
};

/** What the stream steps say, in the channel's language. */
export const streamMessages = (language: Language): StreamMessages => (language === 'ko' ? ko : en);
