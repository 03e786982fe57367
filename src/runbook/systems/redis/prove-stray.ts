import type { NodeSays } from './node-says.ts';
import { summarise } from './sentinel-summary.ts';
import type { SentinelView } from './sentinel-view.ts';

/** A master beside the one that the Sentinels follow, with everything that proves it. */
export type Stray = {
  address: string;
  says: NodeSays;
  master: { address: string; host: string; port: number; says: NodeSays };
  votes: number;
  sentinels: number;
};

/** Why nothing may be attached. */
export type NotProven =
  | 'no-majority'
  | 'failover'
  | 'master-not-master'
  | 'is-the-master'
  | 'node-silent'
  | 'node-is-replica'
  | 'no-stray'
  | 'several-strays';

/**
 * Proves that a node is a stray master: a majority of all Sentinels names one other node, that one answers as a master, no
 * failover is under way, and the node itself says that it is a master too. Without `node` it is the only such one there is. Pure.
 */
export function proveStray(view: SentinelView, node: string | undefined): Stray | NotProven {
  const { master, masterAnswer, named, majority, total, failingOver, strays } = summarise(view);
  const votes = named[0]?.[1] ?? 0;
  if (master === null || votes < majority) return 'no-majority';
  if (failingOver) return 'failover';
  if (masterAnswer?.state !== 'answered') return 'master-not-master';
  if (masterAnswer.value.role !== 'master' || masterAnswer.value.loading) return 'master-not-master';
  if (node === undefined && strays.length !== 1) return strays.length === 0 ? 'no-stray' : 'several-strays';
  const address = node ?? strays[0]!;
  const answer = view.nodes.find((one) => one.address === address);
  if (answer?.state !== 'answered') return 'node-silent';
  if (answer.value.runId === masterAnswer.value.runId || address === master) return 'is-the-master';
  if (answer.value.role !== 'master') return 'node-is-replica';
  const says = view.sentinels.flatMap((one) =>
    one.state === 'answered' && one.value.master === master ? [one.value.announced] : [],
  );
  return {
    address,
    says: answer.value,
    master: { address: master, ...says[0]!, says: masterAnswer.value },
    votes,
    sentinels: total,
  };
}
