import { expect, it } from 'vitest';
import { movementOf } from '../../../../src/runbook/systems/kafka/group-movement.ts';
import type { GroupSeen, PartitionLag } from '../../../../src/runbook/systems/kafka/group-view.ts';
import { lagEvidence } from '../../../../src/runbook/systems/kafka/lag-evidence.ts';
import { lagMessages } from '../../../../src/runbook/systems/kafka/lag-messages.ts';

const partition = (n: number, committed: number | null, end: number): PartitionLag => ({
  topic: 'orders',
  partition: n,
  leader: 1,
  committed,
  start: 0,
  end,
});
const group = (at: number, partitions: PartitionLag[]): GroupSeen => ({
  state: 'Stable',
  members: [{ clientId: 'worker', host: '10.0.0.9', partitions: ['orders-0', 'orders-1'] }],
  at,
  partitions,
  unread: [],
});

it('shows the partitions furthest behind first, with what happened between two looks', () => {
  const before = group(0, [partition(0, 480, 500), partition(1, 0, 400), partition(2, null, 0)]);
  const after = group(6000, [partition(0, 480, 500), partition(1, 60, 500), partition(2, null, 0)]);
  expect(lagEvidence(after, movementOf(before, after), lagMessages('en')).rows).toEqual([
    ['orders-1', '60', '500', '440', '60 read, 100 came in', 'worker (10.0.0.9)'],
    ['orders-0', '480', '500', '20', '0 read, 0 came in', 'worker (10.0.0.9)'],
    ['orders-2', 'none', '0', '0', '0 read, 0 came in', 'none'],
  ]);
});
