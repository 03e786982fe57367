import type { Evidence } from '../../../incident/words.ts';
import type { ClusterMessages } from './cluster-messages.ts';
import type { ClusterSeen, ClusterView, PartitionView } from './cluster-view.ts';
import type { KafkaMessages } from './kafka-messages.ts';

/** True when so few replicas are in sync that writes with acks=all are refused; false where the limit may not be read. */
export const isUnderMinIsr = ({ leader, isr, minIsr }: PartitionView): boolean =>
  leader >= 0 && minIsr !== null && isr.length < minIsr;

/** The table of a cluster: bootstraps that do not answer, the controller, every broker, then the broken partitions, offline first. */
export function clusterEvidence(
  { tried, seen }: ClusterView,
  say: ClusterMessages & Pick<KafkaMessages, 'troubles'>,
): Evidence {
  const row = (what: string, where: string, finding: string) => [what, where, '', '', finding];
  const bootstraps = tried.flatMap(({ address, state }) =>
    state === 'answered' ? [] : [row(say.rows.bootstrap, address, say.troubles[state])],
  );
  if (seen === null) return { columns: say.columns, rows: bootstraps };
  const brokers = seen.brokers.map(({ node, address, answer }) =>
    row(
      say.rows.broker(node),
      address,
      answer.state === 'answered' ? say.answers : say.troubles[answer.state],
    ),
  );
  const registered = seen.brokers.map(({ node }) => node);
  const missing = seen.holders
    .filter((holder) => !registered.includes(holder))
    .map((holder) => row(say.rows.broker(holder), '', say.notRegistered));
  const offlineFirst = [...seen.broken].sort((a, b) => Math.sign(a.leader) - Math.sign(b.leader));
  return {
    columns: say.columns,
    rows: [
      ...bootstraps,
      controllerRow(seen, say),
      ...missing,
      ...brokers,
      ...offlineFirst.map((one) => partitionRow(one, say)),
    ],
  };
}

function controllerRow({ quorum }: ClusterSeen, say: ClusterMessages): string[] {
  const { controller } = say.rows;
  if (quorum.state === 'answered') {
    const voters = quorum.voters.map(({ id }) => id).join(', ');
    return [controller, String(quorum.leader), voters, '', say.active];
  }
  return [controller, '', '', '', quorum.state === 'silent' ? say.notActive : say.notTold];
}

function partitionRow(one: PartitionView, say: ClusterMessages): string[] {
  const { topic, partition, leader, replicas, isr, minIsr } = one;
  const finding =
    leader < 0 ? say.isOffline : isUnderMinIsr(one) ? say.isUnderMinIsr(minIsr ?? 0) : say.isUnderReplicated;
  const who = leader < 0 ? say.noLeader : String(leader);
  return [`${topic}-${partition}`, who, replicas.join(', '), isr.join(', '), finding];
}
