import type { Language } from '../../../incident/words.ts';
import type { SlotRefusal } from './drop-slot.ts';

const en = {
  previewBackend: (nodes: string, pid: number, started: string, min: string) =>
    `pg_terminate_backend(${pid}) on the primary of ${nodes}: ends the session that began at ${started}, if it is in a transaction older than ${min}. Its transaction is rolled back and its client loses the connection.`,
  previewBlocker: (nodes: string, min: string) =>
    `pg_terminate_backend on the primary of ${nodes} for the one session that others wait for and that waits for nobody itself, if its transaction is older than ${min}; nothing if there are several. Its transaction is rolled back and its client loses the connection.`,
  previewSlot: (nodes: string, slot: string, min: string) =>
    `pg_drop_replication_slot('${slot}') on the primary of ${nodes}, if nobody reads it, it is lost or keeps more than ${min}, and it belongs to no standby. The WAL it keeps is freed; whoever used it must start anew.`,
  noPrimary: (nodes: string) => `Nothing was done: no primary answers (${nodes}).`,
  primaries: (nodes: string) =>
    `Nothing was done: ${nodes} all say they are primary; settle the split brain first.`,
  noBlocker: (address: string) => `Nothing was done: nobody on ${address} is waited for any more.`,
  blockers: (address: string, pids: string) =>
    `Nothing was done: several sessions on ${address} are waited for (${pids}); name one.`,
  noClient: (address: string) =>
    `Nothing was done: what others wait for on ${address} is no client's session, so ending one would not help.`,
  gone: (address: string, pid: number) => `Nothing was done: session ${pid} on ${address} has ended already.`,
  other: (address: string, pid: number) =>
    `Nothing was done: process ${pid} on ${address} is another session by now.`,
  noTarget: (address: string, pid: number, kind: string) =>
    `Nothing was done: process ${pid} on ${address} is no client's session (${kind}).`,
  movedOn: (address: string, pid: number, min: string) =>
    `Nothing was done: session ${pid} on ${address} is no longer in a transaction older than ${min}.`,
  refused: (address: string, reason: string, right: string) =>
    `Nothing was done: ${address} refused (${reason}); the role needs ${right}.`,
  rejected: (address: string, reason: string) => `Nothing was done: ${address} refused (${reason}).`,
  notReached: (address: string, reason: string) => `Nothing was done: ${address} did not answer (${reason}).`,
  unclear: (address: string, reason: string) =>
    `The connection to ${address} broke while it worked (${reason}); it may have been done.`,
  terminated: (address: string, pid: number, who: string) =>
    `Session ${pid} on ${address} (${who}) was ended and its transaction rolled back.`,
  lingers: (address: string, pid: number) =>
    `Session ${pid} on ${address} was told to end and is still there after 5 s; a long rollback or a stuck disk can take it longer.`,
  slot: {
    missing: (slot: string, address: string) => `Nothing was done: ${address} has no slot ${slot}.`,
    active: (slot: string, address: string) =>
      `Nothing was done: somebody reads slot ${slot} on ${address} again.`,
    small: (slot: string, address: string) =>
      `Nothing was done: slot ${slot} on ${address} is neither lost nor keeps much WAL.`,
    expected: (slot: string, address: string) =>
      `Nothing was done: slot ${slot} on ${address} is that of a standby that should be there; bring the standby back.`,
    unsure: (slot: string, address: string) =>
      `Nothing was done: not every node answers, so slot ${slot} on ${address} may be that of a standby that is down.`,
  } satisfies Record<SlotRefusal, (slot: string, address: string) => string>,
  slotChanged: (slot: string, address: string) =>
    `Nothing was done: slot ${slot} on ${address} is not any more what it was a moment ago; look at it again.`,
  dropped: (slot: string, address: string, held: string) =>
    `Slot ${slot} on ${address} was dropped; the ${held} of WAL it kept go with the next checkpoint.`,
  columns: ['what', 'value'],
  rows: { node: 'primary', session: 'session', transaction: 'transaction', slot: 'slot', held: 'WAL kept' },
};

export type ChangeMessages = typeof en;

const ko: ChangeMessages = {
  previewBackend: (nodes, pid, started, min) =>
    `${nodes} 중 프라이머리에서 pg_terminate_backend(${pid})를 실행합니다. ${started}에 시작된 세션이 ${min}보다 오래된 트랜잭션 안에 있을 때만 종료합니다. 트랜잭션은 롤백되고 클라이언트 연결이 끊깁니다.`,
  previewBlocker: (nodes, min) =>
    `${nodes} 중 프라이머리에서, 다른 세션을 막고 있으면서 스스로는 기다리지 않는 세션 하나에 pg_terminate_backend를 실행합니다. 트랜잭션이 ${min}보다 오래된 경우에만 실행하며, 그런 세션이 여럿이면 아무것도 하지 않습니다. 트랜잭션은 롤백되고 클라이언트 연결이 끊깁니다.`,
  previewSlot: (nodes, slot, min) =>
    `${nodes} 중 프라이머리에서 pg_drop_replication_slot('${slot}')을 실행합니다. 읽는 소비자가 없고, 유실되었거나 ${min}보다 많은 WAL을 쌓고 있으며, 어느 스탠바이의 슬롯도 아닐 때만 삭제합니다. 쌓인 WAL이 해제되고, 이 슬롯을 쓰던 소비자는 처음부터 다시 시작해야 합니다.`,
  noPrimary: (nodes) => `아무 작업도 하지 않았습니다. 응답하는 프라이머리가 없습니다(${nodes}).`,
  primaries: (nodes) =>
    `아무 작업도 하지 않았습니다. ${nodes} 노드가 모두 프라이머리라고 응답합니다. 스플릿 브레인부터 해결하세요.`,
  noBlocker: (address) =>
    `아무 작업도 하지 않았습니다. ${address} 노드에 다른 세션을 막는 세션이 더 이상 없습니다.`,
  blockers: (address, pids) =>
    `아무 작업도 하지 않았습니다. ${address} 노드에 다른 세션을 막는 세션이 여럿입니다(${pids}). 하나를 지정하세요.`,
  noClient: (address) =>
    `아무 작업도 하지 않았습니다. ${address} 노드에서 막고 있는 대상이 클라이언트 세션이 아니어서 종료해도 해결되지 않습니다.`,
  gone: (address, pid) =>
    `아무 작업도 하지 않았습니다. ${address} 노드의 세션 ${pid}은(는) 이미 종료되었습니다.`,
  other: (address, pid) =>
    `아무 작업도 하지 않았습니다. ${address} 노드의 프로세스 ${pid}은(는) 이제 다른 세션입니다.`,
  noTarget: (address, pid, kind) =>
    `아무 작업도 하지 않았습니다. ${address} 노드의 프로세스 ${pid}은(는) 클라이언트 세션이 아닙니다(${kind}).`,
  movedOn: (address, pid, min) =>
    `아무 작업도 하지 않았습니다. ${address} 노드의 세션 ${pid}은(는) 더 이상 ${min}보다 오래된 트랜잭션 안에 있지 않습니다.`,
  refused: (address, reason, right) =>
    `아무 작업도 하지 않았습니다. ${address} 노드가 거부했습니다(${reason}). 계정에 ${right} 권한이 필요합니다.`,
  rejected: (address, reason) => `아무 작업도 하지 않았습니다. ${address} 노드가 거부했습니다(${reason}).`,
  notReached: (address, reason) =>
    `아무 작업도 하지 않았습니다. ${address} 노드가 응답하지 않았습니다(${reason}).`,
  unclear: (address, reason) =>
    `작업 도중 ${address} 노드와의 연결이 끊겼습니다(${reason}). 이미 실행되었을 수도 있습니다.`,
  terminated: (address, pid, who) =>
    `${address} 노드의 세션 ${pid}(${who})을(를) 종료했고 트랜잭션이 롤백되었습니다.`,
  lingers: (address, pid) =>
    `${address} 노드의 세션 ${pid}에 종료를 지시했지만 5초가 지나도 남아 있습니다. 롤백이 길거나 디스크가 멈춘 경우 더 걸릴 수 있습니다.`,
  slot: {
    missing: (slot, address) => `아무 작업도 하지 않았습니다. ${address} 노드에 슬롯 ${slot}이(가) 없습니다.`,
    active: (slot, address) =>
      `아무 작업도 하지 않았습니다. ${address} 노드의 슬롯 ${slot}을(를) 다시 읽는 소비자가 있습니다.`,
    small: (slot, address) =>
      `아무 작업도 하지 않았습니다. ${address} 노드의 슬롯 ${slot}은(는) 유실되지도 않았고 WAL을 많이 쌓고 있지도 않습니다.`,
    expected: (slot, address) =>
      `아무 작업도 하지 않았습니다. ${address} 노드의 슬롯 ${slot}은(는) 있어야 할 스탠바이의 슬롯입니다. 스탠바이를 복구하세요.`,
    unsure: (slot, address) =>
      `아무 작업도 하지 않았습니다. 응답하지 않는 노드가 있어 ${address} 노드의 슬롯 ${slot}이(가) 중단된 스탠바이의 슬롯일 수 있습니다.`,
  },
  slotChanged: (slot, address) =>
    `아무 작업도 하지 않았습니다. ${address} 노드의 슬롯 ${slot}의 상태가 조금 전과 달라졌습니다. 다시 확인하세요.`,
  dropped: (slot, address, held) =>
    `${address} 노드의 슬롯 ${slot}을(를) 삭제했습니다. 쌓여 있던 WAL ${held}는 다음 체크포인트에서 정리됩니다.`,
  columns: ['항목', '값'],
  rows: { node: '프라이머리', session: '세션', transaction: '트랜잭션', slot: '슬롯', held: '쌓인 WAL' },
};

/** What the changes say, in the channel's language. */
export const changeMessages = (language: Language): ChangeMessages => (language === 'ko' ? ko : en);
