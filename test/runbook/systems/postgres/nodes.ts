import type { Answer } from '../../../../src/runbook/systems/postgres/ask-postgres.ts';
import type { NodeSays } from '../../../../src/runbook/systems/postgres/replication-view.ts';

/** Where the WAL of a healthy cluster ends. */
export const position = 10_000_000_000n;
/** What a primary says of a healthy standby. */
export const sender = { pid: 7, name: 's1', state: 'streaming', lagBytes: 0, lagSeconds: null, sync: false };
/** A healthy primary, with what the test is about. */
export const primary = (more: Partial<NodeSays> = {}): NodeSays => ({
  inRecovery: false,
  systemId: '77',
  timeline: 1,
  name: '',
  position,
  senders: [sender],
  slots: [],
  waitsForSync: false,
  receiver: null,
  received: null,
  replayed: null,
  paused: false,
  streams: null,
  slot: null,
  delayMs: 0,
  conflicts: 0,
  replayWaits: null,
  ...more,
});

/** Its healthy standby. */
export const standby = (more: Partial<NodeSays> = {}): NodeSays =>
  primary({
    inRecovery: true,
    name: 's1',
    position: null,
    senders: [],
    receiver: { status: 'streaming' },
    received: position,
    replayed: position,
    streams: true,
    ...more,
  });

/** A node that answered. */
export const says = (address: string, value: NodeSays): Answer<NodeSays> => ({
  address,
  state: 'answered',
  value,
  ms: 1,
});
/** A node that did not. */
export const gone = (
  address: string,
  state: 'refused' | 'silent' | 'unreachable' | 'denied',
): Answer<NodeSays> => ({
  address,
  state,
  reason: 'why',
});
/** A slot that nobody reads. */
export const slot = {
  name: 'old',
  physical: true,
  active: false,
  activePid: null,
  retainedBytes: 99_000_000,
  status: 'extended',
  safeBytes: null,
};
/** A primary and its standby, with what the test is about. */
export const pair = (one: Partial<NodeSays>, other: Partial<NodeSays> = {}) => [
  says('p:1', primary(one)),
  says('s:1', standby(other)),
];
