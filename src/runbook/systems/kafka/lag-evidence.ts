import type { Evidence } from '../../../incident/words.ts';
import { lagOf, type Movement } from './group-movement.ts';
import type { GroupSeen, PartitionLag } from './group-view.ts';
import type { LagMessages } from './lag-messages.ts';

/** A partition the way people and Kafka's own tools write it. */
export const placeName = ({ topic, partition }: Pick<PartitionLag, 'topic' | 'partition'>): string =>
  `${topic}-${partition}`;

/** One row a partition, the furthest behind first: where the group stands, what happened between two looks, who reads it. */
export function lagEvidence(seen: GroupSeen, movement: Movement | null, say: LagMessages): Evidence {
  const byLag = [...seen.partitions].sort((a, b) => (lagOf(b) ?? 0) - (lagOf(a) ?? 0));
  // Groups with tens of thousands of partitions exist: looked up, not searched for.
  const movedOf = new Map(movement?.partitions.map((one) => [one.now, one]));
  const readerOf = new Map(
    seen.members.flatMap((member) => (member.partitions ?? []).map((place) => [place, member] as const)),
  );
  const rows = byLag.map((one) => {
    const place = placeName(one);
    const moved = movedOf.get(one);
    const reader = readerOf.get(place);
    return [
      place,
      textOf(one.committed, say),
      textOf(one.end, say),
      textOf(lagOf(one), say),
      moved ? say.moved(moved.read, moved.arrived) : say.noChange,
      reader ? `${reader.clientId} (${reader.host})` : say.none,
    ];
  });
  return { columns: say.columns, rows };
}

const textOf = (offset: number | null, say: LagMessages): string =>
  offset === null ? say.none : String(offset);
