import type { Answer } from '../../../../src/runbook/systems/redis/ask-redis.ts';
import type { NodeSays } from '../../../../src/runbook/systems/redis/node-says.ts';
import type { SentinelSays } from '../../../../src/runbook/systems/redis/sentinel-says.ts';
import type { SentinelView } from '../../../../src/runbook/systems/redis/sentinel-view.ts';

/** What a Sentinel says of a healthy set with one replica. */
export const sentinel = (more: Partial<SentinelSays> = {}): SentinelSays => ({
  master: 'm:1',
  announced: { host: 'm', port: 1 },
  flags: ['master'],
  quorum: 2,
  otherSentinels: 2,
  downAfterMs: 5000,
  failoverTimeoutMs: 10_000,
  lastOkPingMs: 100,
  objectivelyDownMs: 0,
  replicas: [{ address: 'r:1', flags: ['slave'], linkOk: true, priority: 100 }],
  quorumOk: true,
  quorumText: 'OK 3 usable Sentinels.',
  ...more,
});

/** What its master says. */
export const master = (more: Partial<NodeSays> = {}): NodeSays => ({
  runId: 'm',
  role: 'master',
  loading: false,
  follows: null,
  linkUp: false,
  linkDownSeconds: 0,
  lastIoSeconds: -1,
  offset: 10_000_000,
  history: 'h',
  previousHistory: '',
  previousOffset: -1,
  keys: 3,
  replicas: [{ address: 'r:1', online: true, lagBytes: 0, lagSeconds: 0 }],
  minReplicas: 1,
  goodReplicas: 1,
  ...more,
});

/** What its replica says. */
export const replica = (more: Partial<NodeSays> = {}): NodeSays =>
  master({ runId: 'r', role: 'slave', follows: 'm:1', linkUp: true, replicas: [], ...more });

/** An answer. */
export const says = <T>(address: string, value: T): Answer<T> => ({
  address,
  state: 'answered',
  value,
  ms: 1,
});

/** A node whose process is not there. */
export const gone = (address: string): Answer<never> => ({
  address,
  state: 'refused',
  reason: 'connection refused',
});

/** A view of a set by what each says; without arguments everything is well. */
export function view(
  sentinels: Partial<SentinelSays>[] = [{}, {}, {}],
  nodes: Answer<NodeSays>[] = [says('m:1', master()), says('r:1', replica())],
  masterHeardBy: string[] = [],
): SentinelView {
  return {
    sentinels: sentinels.map((one, index) => says(`s:${index}`, sentinel(one))),
    nodes,
    masterHeardBy,
  };
}

/** The nodes when the master is gone. */
export const down = [gone('m:1'), says('r:1', replica())];
/** Three Sentinels that say the same. */
export const all = (more: Partial<SentinelSays>) => [more, more, more];
/** A master and its replica, by what differs. */
export const nodes = (own: Partial<NodeSays>, follower: Partial<NodeSays> = {}) => [
  says('m:1', master(own)),
  says('r:1', replica(follower)),
];
