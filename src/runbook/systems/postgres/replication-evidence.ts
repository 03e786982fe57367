import type { Evidence } from '../../../incident/words.ts';
import { formatBytes } from '../../format-bytes.ts';
import type { ReplicationMessages } from './replication-messages.ts';
import type { Lag, ReplicationSummary } from './replication-summary.ts';
import type { ReplicationView } from './replication-view.ts';

/** The table people see: one row a node, whether it answered or how it did not, then one row a slot of the primary. */
export function replicationEvidence(
  view: ReplicationView,
  { standbys, primaries, slots }: ReplicationSummary,
  say: ReplicationMessages,
): Evidence {
  const lag = (found: Lag | null) =>
    found ? say.behind(formatBytes(found.bytes), found.seconds) : say.notMeasured;
  const nodes = view.map((answer) => {
    const { address } = answer;
    if (answer.state !== 'answered') {
      const told = ['denied', 'full', 'starting', 'rejected', 'broken'].includes(answer.state);
      return [address, '?', say.how[answer.state], told ? answer.reason : ''];
    }
    const own = standbys.find((node) => node.address === address);
    if (own) {
      const receiver = own.receiver ? (own.receiver.status ?? say.notReadable) : say.none;
      const says = say.standbySays(receiver, lag(own.lag), own.paused, own.conflicts);
      return [address, say.roles.standby, say.answered(answer.ms), says];
    }
    const primary = primaries.find((node) => node.address === address)!;
    const senders = primary.senders.map(
      (one) => `${one.name} ${one.state ?? say.notReadable} +${formatBytes(Math.max(0, one.lagBytes ?? 0))}`,
    );
    const says = say.primarySays(primary.timeline, senders.join(', ') || say.none);
    return [address, say.roles.primary, say.answered(answer.ms), says];
  });
  const held = slots.map(({ name, physical, active, retainedBytes, status }) => [
    name,
    say.roles.slot(physical),
    active ? say.active : say.inactive,
    say.slotSays(retainedBytes === null ? null : formatBytes(Math.max(0, retainedBytes)), status),
  ]);
  return { columns: say.columns, rows: [...nodes, ...held] };
}
