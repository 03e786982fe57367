import type { Connection } from '@platformatic/kafka';
import { formatAddress } from '../../address.ts';
import { type Dialling, dialBroker } from './dial-broker.ts';
import { firstToAnswer, type Tried } from './first-to-answer.ts';
import { type KafkaResource, type KafkaTrouble, refusedResource, textOf } from './kafka-trouble.ts';
import { readEnds, type Unread } from './read-ends.ts';
import { type MembersView, tellGroup } from './tell-group.ts';

/** How far a group is on one partition. Null is not told or none: no commit, or a leader that does not answer. */
export type PartitionLag = {
  topic: string;
  partition: number;
  leader: number;
  committed: number | null;
  start: number | null;
  end: number | null;
};

/** A group at one moment. `at` is monotonic milliseconds. */
export type GroupSeen = MembersView & { at: number; partitions: PartitionLag[]; unread: Unread[] };

/** What came of looking at a group; everything but `seen` is as far as it got. */
export type GroupView =
  | { state: 'nobody'; tried: Tried[] }
  | { state: 'missing-right'; resource: KafkaResource; name: string }
  | { state: 'never-used' }
  | { state: 'no-topic'; name: string }
  | { state: 'no-coordinator' }
  | { state: 'coordinator-mute'; node: number; address: string; how: KafkaTrouble }
  | { state: 'broke'; address: string; reason: string }
  | { state: 'seen'; seen: GroupSeen };

/** The group, and the topics it should have read where people know them; without, those it committed. */
export type GroupTarget = { bootstraps: string[]; group: string; topics: string[] | null };

/** Where committed offsets live; asking for a coordinator would create it on a cluster that has none, and a probe never writes. */
const offsetsTopic = '__consumer_offsets';

/**
 * Looks at one consumer group: its coordinator tells state, members and committed offsets, the partitions' leaders the ends of their
 * logs. Reads only; takes at most four times the patience.
 */
export async function viewGroup(target: GroupTarget, dialling: Dialling): Promise<GroupView> {
  const enough = new AbortController();
  const signal = AbortSignal.any([dialling.signal, enough.signal]);
  const { first, tried } = await firstToAnswer(target.bootstraps, { ...dialling, signal });
  if (first === null) return { state: 'nobody', tried: await tried };
  // Whoever has not answered yet may be frozen, and nobody needs its answer any more.
  enough.abort();
  const found = await dialBroker(first.address, dialling, (connection) =>
    findCoordinator(connection, target.group),
  );
  if (found.state !== 'answered') return { state: 'broke', address: first.address, reason: found.reason };
  const coordinator = found.value;
  if (coordinator.state !== 'found') return coordinator;
  const { node, address } = coordinator;
  const told = await dialBroker(address, dialling, (connection) => tellGroup(connection, target));
  if (told.state !== 'answered') {
    if (told.state === 'broken') return { state: 'broke', address, reason: told.reason };
    return { state: 'coordinator-mute', node, address, how: told.state };
  }
  if ('resource' in told.value) return { state: 'missing-right', ...told.value };
  if ('noTopic' in told.value) return { state: 'no-topic', name: told.value.noTopic };
  const { members, committed, partitions } = told.value;
  const ends = await readEnds(partitions, first.brokers, dialling);
  if ('resource' in ends) return { state: 'missing-right', ...ends };
  const seen = {
    ...members,
    at: performance.now(),
    partitions: partitions.map((one) => ({
      ...one,
      committed: committed.get(`${one.topic}-${one.partition}`) ?? null,
      start: ends.start.get(`${one.topic}-${one.partition}`) ?? null,
      end: ends.end.get(`${one.topic}-${one.partition}`) ?? null,
    })),
    unread: ends.unread,
  };
  return { state: 'seen', seen };
}

type Coordinator =
  | { state: 'found'; node: number; address: string }
  | Extract<GroupView, { state: 'missing-right' | 'never-used' | 'no-coordinator' }>;

async function findCoordinator(connection: Connection, group: string): Promise<Coordinator> {
  const { findCoordinatorV3, metadataV9 } = await import('@platformatic/kafka');
  try {
    await metadataV9.api.async(connection, [offsetsTopic], false, false);
  } catch (error) {
    if (refusedResource(error)) return { state: 'missing-right', resource: 'Topic', name: offsetsTopic };
    if (/UNKNOWN_TOPIC_OR_PARTITION/.test(textOf(error))) return { state: 'never-used' };
    // An offsets partition without a leader is told as an error too; the coordinator's answer says whether it is this group's.
    if (!/LEADER_NOT_AVAILABLE|LISTENER_NOT_FOUND/.test(textOf(error))) throw error;
  }
  try {
    const { coordinators } = await findCoordinatorV3.api.async(connection, 0, [group]);
    const { nodeId, host, port } = coordinators[0]!;
    return { state: 'found', node: nodeId, address: formatAddress({ host, port }) };
  } catch (error) {
    if (refusedResource(error)) return { state: 'missing-right', resource: 'Group', name: group };
    if (/COORDINATOR_NOT_AVAILABLE/.test(textOf(error))) return { state: 'no-coordinator' };
    throw error;
  }
}
