import type { GroupSeen, PartitionLag } from './group-view.ts';

/** Messages that wait on a partition; what retention deleted unread waits no more. Null where the end is not known. */
export function lagOf({ committed, start, end }: PartitionLag): number | null {
  if (end === null || (committed === null && start === null)) return null;
  return Math.max(0, end - Math.max(committed ?? 0, start ?? 0));
}

/** Messages that wait on all partitions whose end is known. */
export const lagIn = ({ partitions }: GroupSeen): number =>
  partitions.reduce((sum, one) => sum + (lagOf(one) ?? 0), 0);

/** One partition between two looks: how far the group came, and how many messages were added. */
export type PartitionMoved = { now: PartitionLag; lag: number; read: number; arrived: number };

/** What happened between two looks at the same group. */
export type Movement = { seconds: number; read: number; arrived: number; partitions: PartitionMoved[] };

/** Compares two looks; partitions that are not known in both do not count. */
export function movementOf(before: GroupSeen, after: GroupSeen): Movement {
  const place = ({ topic, partition }: PartitionLag) => `${topic}-${partition}`;
  const earlier = new Map(before.partitions.map((one) => [place(one), one]));
  const partitions = after.partitions.flatMap((now): PartitionMoved[] => {
    const then = earlier.get(place(now));
    const lag = lagOf(now);
    if (!then || lag === null || then.end === null || now.end === null) return [];
    const position = ({ committed, start }: PartitionLag) => committed ?? start ?? 0;
    return [{ now, lag, read: position(now) - position(then), arrived: now.end - then.end }];
  });
  const sum = (key: 'read' | 'arrived') => partitions.reduce((all, one) => all + one[key], 0);
  const seconds = Math.max(0.001, (after.at - before.at) / 1000);
  return { seconds, read: sum('read'), arrived: sum('arrived'), partitions };
}
