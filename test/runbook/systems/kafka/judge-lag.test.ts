import { expect, it } from 'vitest';
import type { GroupSeen, GroupView, PartitionLag } from '../../../../src/runbook/systems/kafka/group-view.ts';
import { judgeLag, needsSecondLook } from '../../../../src/runbook/systems/kafka/judge-lag.ts';

const limits = { group: 'billing', maxLag: 100 };
const member = { clientId: 'worker', host: '10.0.0.9', partitions: ['orders-0', 'orders-1'] };
const partition = (n: number, committed: number | null, end: number | null, more = {}): PartitionLag => ({
  topic: 'orders',
  partition: n,
  leader: 1,
  committed,
  start: 0,
  end,
  ...more,
});
const group = (partitions: PartitionLag[], more: Partial<GroupSeen> = {}): GroupSeen => ({
  state: 'Stable',
  members: [member],
  at: 6000,
  partitions,
  unread: [],
  ...more,
});
const before = (partitions: PartitionLag[], more: Partial<GroupSeen> = {}) =>
  group(partitions, { at: 0, ...more });
const seen = (one: GroupSeen): GroupView => ({ state: 'seen', seen: one });
const rebalancing = { state: 'PreparingRebalance' };
const nobody = { state: 'Empty', members: [] };
const behind = [partition(0, 0, 500)];

it.each([
  [
    'a group that keeps up',
    seen(group([partition(0, 450, 500)])),
    null,
    'pass',
    undefined,
    '50 messages behind',
  ],
  [
    'a group that is idle and has read everything',
    seen(group([partition(0, 500, 500)], nobody)),
    null,
    'pass',
    undefined,
    '',
  ],
  [
    'nobody there and a lot waiting',
    seen(group(behind, nobody)),
    null,
    'fail',
    'kafka-group-without-members',
    '500 messages are waiting, most on orders-0',
  ],
  [
    'nobody there and little waiting',
    seen(group([partition(0, 450, 500)], nobody)),
    null,
    'warn',
    undefined,
    'no member at the moment',
  ],
  [
    'a group nobody knows',
    seen(group([], { state: 'Dead', members: [] })),
    null,
    'unknown',
    undefined,
    'Nobody knows group billing',
  ],
  [
    'members without any commit',
    seen(group([])),
    null,
    'unknown',
    undefined,
    'no committed offset that this account can see',
  ],
  [
    'nothing committed between two looks',
    seen(group(behind)),
    before(behind),
    'fail',
    'kafka-consumer-stuck',
    'orders-0, held by worker on 10.0.0.9',
  ],
  [
    'nothing committed while rebalancing',
    seen(group(behind, rebalancing)),
    before(behind, rebalancing),
    'fail',
    'kafka-group-rebalancing',
    'for 6 s',
  ],
  [
    'read on while rebalancing',
    seen(group([partition(0, 300, 500)], rebalancing)),
    before(behind, rebalancing),
    'warn',
    undefined,
    'catches up',
  ],
  [
    'one partition that stands still',
    seen(group([partition(0, 0, 500), partition(1, 60, 100)])),
    before([partition(0, 0, 500), partition(1, 30, 100)]),
    'fail',
    'kafka-partition-stuck',
    'but not orders-0, held by worker',
  ],
  [
    'one partition that stands still with little on it',
    seen(group([partition(0, 0, 5), partition(1, 60, 300)])),
    before([partition(0, 0, 5), partition(1, 30, 300)]),
    'warn',
    undefined,
    'catches up',
  ],
  [
    'more coming in than is read',
    seen(group([partition(0, 60, 900)])),
    before(behind),
    'fail',
    'kafka-consumer-too-slow',
    'reads 10/s while 67/s come in',
  ],
  [
    'a backlog that drains',
    seen(group([partition(0, 60, 500)])),
    before(behind),
    'warn',
    undefined,
    'about 44s to go',
  ],
  [
    'a first commit between two looks',
    seen(group([partition(0, 60, 500)])),
    before([partition(0, null, 500)]),
    'warn',
    undefined,
    '10/s',
  ],
  [
    'a leader that is silent',
    seen(group([partition(0, 450, null)], { unread: [{ node: 2, address: 'kafka-2:9092', how: 'silent' }] })),
    null,
    'unknown',
    undefined,
    'led by broker 2',
  ],
  [
    'a partition without a leader',
    seen(group([partition(0, 450, null, { leader: -1 })])),
    null,
    'unknown',
    undefined,
    'orders-0 has no leader',
  ],
  [
    'messages deleted unread',
    seen(group([partition(0, 10, 500, { start: 480 })])),
    null,
    'warn',
    undefined,
    '470 were deleted unread',
  ],
  [
    'no right on the group',
    { state: 'missing-right', resource: 'Group', name: 'billing' } as const,
    null,
    'unknown',
    undefined,
    'Describe on Group billing',
  ],
  [
    'no group on the whole cluster',
    { state: 'never-used' } as const,
    null,
    'unknown',
    undefined,
    'check that this is the right cluster',
  ],
  [
    'a topic that does not exist',
    { state: 'no-topic', name: 'order' } as const,
    null,
    'unknown',
    undefined,
    'order',
  ],
  [
    'an offsets partition offline',
    { state: 'no-coordinator' } as const,
    null,
    'fail',
    'kafka-group-without-coordinator',
    '',
  ],
  [
    'a frozen coordinator',
    { state: 'coordinator-mute', node: 2, address: 'kafka-2:9092', how: 'silent' } as const,
    null,
    'fail',
    'kafka-coordinator-silent',
    'Broker 2 (kafka-2:9092)',
  ],
  [
    'a coordinator whose name does not resolve here',
    { state: 'coordinator-mute', node: 2, address: 'kafka-2:9092', how: 'unresolved' } as const,
    null,
    'unknown',
    undefined,
    '',
  ],
  [
    'no bootstrap',
    { state: 'nobody', tried: [{ address: 'kafka-1:9092', state: 'refused' }] } as GroupView,
    null,
    'unknown',
    undefined,
    'look at the cluster first',
  ],
  [
    'an answer that is an error',
    { state: 'broke', address: 'kafka-1:9092', reason: 'NOT_COORDINATOR' } as const,
    null,
    'unknown',
    undefined,
    'NOT_COORDINATOR',
  ],
])('%s', (_, view, first, verdict, cause, sentence) => {
  const result = judgeLag(view, first, limits, 'en');
  expect(result).toMatchObject({ verdict, sentence: expect.stringContaining(sentence) });
  expect(result.cause).toBe(cause);
  const korean = judgeLag(view, first, limits, 'ko');
  expect(korean).toMatchObject({ verdict, sentence: expect.stringMatching(/[가-힣]/) });
});

it('looks twice only when it helps', () => {
  expect(needsSecondLook(group(behind), limits)).toBe(true);
  expect(needsSecondLook(group([partition(0, 450, 500)]), limits)).toBe(false);
  expect(needsSecondLook(group(behind, nobody), limits)).toBe(false);
  const unread = [{ node: 2, address: null, how: null }];
  expect(needsSecondLook(group(behind, { unread }), limits)).toBe(false);
});
