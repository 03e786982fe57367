import type { Answer } from './ask-redis.ts';
import type { NodeSays } from './node-says.ts';
import type { SentinelSays } from './sentinel-says.ts';
import type { SentinelView } from './sentinel-view.ts';

/**
 * Sentinels make a replica again of whoever has claimed to be master for 8 s (SENTINEL_PUBLISH_PERIOD × 4) and by its INFO, which
 * they read every 10 s, still does: after a planned failover the former master is one for about this long.
 */
const settlesWithinMs = 20_000;

/** A view boiled down to what judgement and conditions need. */
export type SentinelSummary = {
  /** Sentinels there are, by the list given and by what they know of each other. */
  total: number;
  reachable: number;
  unreachable: Answer<SentinelSays>[];
  majority: number;
  quorum: number;
  /** A failover can be authorised: enough Sentinels answer us, and they reach each other. */
  quorumOk: boolean;
  quorumText: string;
  /** Each address that Sentinels name as master, with how many name it; the most-named first. */
  named: [address: string, votes: number][];
  master: string | null;
  masterAnswer: Answer<NodeSays> | null;
  /** Sentinels themselves found no quorum, or those that are missing have no process: not only our own view of them. */
  quorumLost: boolean;
  /** Sentinels that know fewer others than there are. */
  unaware: { address: string; knows: number }[];
  /** Sentinels that find no quorum themselves, though enough others do. */
  dissenting: { address: string; text: string }[];
  /** Data nodes that say `role:master` themselves. */
  selfMasters: string[];
  /** Those of them that are not the master most Sentinels name, while that one is a master. */
  strays: string[];
  /** Strays that the Sentinels know and have seen claim it only just now: they attach them by themselves. */
  settling: string[];
  failingOver: boolean;
  /** The longest that Sentinels have agreed on the master being down, and how long a failover may take. Milliseconds. */
  objectivelyDownMs: number;
  failoverTimeoutMs: number;
  subjectivelyDown: number;
  objectivelyDown: boolean;
  /** Replicas that answer and could be promoted. */
  promotable: string[];
  /** Nodes that should be replicas and do not answer. */
  missing: Answer<NodeSays>[];
  /** A master that must refuse writes because too few replicas follow. */
  refusesWrites: boolean;
  /** The master is gone and nothing will move by itself, but a person could start a failover. */
  stuck: boolean;
};

/** Boils a view down. Pure. */
export function summarise(view: SentinelView): SentinelSummary {
  const said = view.sentinels.flatMap((answer) => (answer.state === 'answered' ? [answer.value] : []));
  const total = Math.max(view.sentinels.length, ...said.map(({ otherSentinels }) => otherSentinels + 1));
  const majority = Math.floor(total / 2) + 1;
  const quorum = Math.max(0, ...said.map((one) => one.quorum));
  // One that was just started, or is cut off from the others, finds no quorum while the rest has one.
  const needed = Math.max(majority, quorum);
  const finds = said.filter((one) => one.quorumOk);
  const broken = said.find((one) => !one.quorumOk);
  const quorumOk = finds.length >= needed;

  const unreachable = view.sentinels.filter(({ state }) => state !== 'answered');
  const quorumLost =
    (broken !== undefined && finds.length === 0) ||
    (said.length < needed && unreachable.every(({ state }) => state === 'refused'));

  const votes = new Map<string, number>();
  for (const { master } of said) votes.set(master, (votes.get(master) ?? 0) + 1);
  const named = [...votes].toSorted((a, b) => b[1] - a[1]);
  const master = named[0]?.[0] ?? null;
  const masterAnswer = view.nodes.find(({ address }) => address === master) ?? null;
  const nodes = view.nodes.flatMap((answer) =>
    answer.state === 'answered' ? [{ address: answer.address, ...answer.value }] : [],
  );
  // One node under two names is one master.
  const runs = nodes.map(({ runId }) => runId);
  const selfMasters = nodes
    .filter(({ role, runId }, index) => role === 'master' && (runId === '' || runs.indexOf(runId) === index))
    .map(({ address }) => address);
  const priorities = new Map(
    said.flatMap(({ replicas }) => replicas.map((one) => [one.address, one.priority])),
  );
  const promotable = nodes
    .filter((node) => node.role === 'slave' && priorities.get(node.address) !== 0)
    .map(({ address }) => address);
  const failingOver = said.some(({ flags }) => flags.includes('failover_in_progress'));
  const own = masterAnswer?.state === 'answered' ? masterAnswer.value : null;
  const speaks = ['answered', 'denied', 'rejected'].includes(masterAnswer?.state ?? '');
  const masterGone = master !== null && !speaks;
  const strays =
    own?.role === 'master'
      ? nodes
          .filter(({ address, runId }) => selfMasters.includes(address) && runId !== own.runId)
          .map(({ address }) => address)
      : [];
  const seen = said.flatMap(({ replicas }) => replicas);
  const settling = strays.filter((stray) =>
    seen.some(
      ({ address, claimsMasterMs = Infinity }) => address === stray && claimsMasterMs < settlesWithinMs,
    ),
  );
  return {
    total,
    reachable: said.length,
    unreachable,
    majority,
    quorum,
    quorumOk,
    quorumLost,
    unaware: view.sentinels.flatMap((answer) =>
      answer.state === 'answered' && answer.value.otherSentinels + 1 < view.sentinels.length
        ? [{ address: answer.address, knows: answer.value.otherSentinels }]
        : [],
    ),
    dissenting: view.sentinels.flatMap((answer) =>
      quorumOk && answer.state === 'answered' && !answer.value.quorumOk
        ? [{ address: answer.address, text: answer.value.quorumText }]
        : [],
    ),
    quorumText: broken?.quorumText ?? said[0]?.quorumText ?? '',
    named,
    master,
    masterAnswer,
    selfMasters,
    strays,
    settling,
    failingOver,
    objectivelyDownMs: Math.max(0, ...said.map((one) => one.objectivelyDownMs)),
    failoverTimeoutMs: Math.max(0, ...said.map((one) => one.failoverTimeoutMs)),
    subjectivelyDown: said.filter(({ flags }) => flags.includes('s_down')).length,
    objectivelyDown: said.some(({ flags }) => flags.includes('o_down')),
    promotable,
    missing: view.nodes.filter(({ address, state }) => state !== 'answered' && address !== master),
    // Redis tells the count of good replicas only where a minimum is set (genRedisInfoString), whoever may read the minimum.
    refusesWrites:
      own?.role === 'master' && own.goodReplicas !== null && own.goodReplicas < (own.minReplicas ?? 1),
    stuck:
      masterGone &&
      // One that answers Sentinels is alive: only the way to it is missing here.
      view.masterHeardBy.length === 0 &&
      !quorumOk &&
      !failingOver &&
      selfMasters.length === 0 &&
      promotable.length > 0 &&
      said.length > 0,
  };
}
