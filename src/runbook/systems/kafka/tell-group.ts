import type { Connection } from '@platformatic/kafka';
import { type KafkaResource, refusedResource, withErrorCodes } from './kafka-trouble.ts';

/** One member of a group and what it reads (`topic-partition`); `partitions` is null where its protocol does not tell. */
export type Member = { clientId: string; host: string; partitions: string[] | null };

/** The state as the coordinator names it (Stable, Empty, Dead, PreparingRebalance, …) and who is in the group. */
export type MembersView = { state: string; members: Member[] };

type Offsets = {
  members: MembersView;
  /** By `topic-partition`; without a commit absent. */
  committed: Map<string, number>;
  partitions: { topic: string; partition: number; leader: number }[];
};

/** A right that is missing, by the resource and its name. */
export type MissingRight = { resource: KafkaResource; name: string };

/** Asks the coordinator for the group's state, members and commits, and for the partitions of the topics they are about. */
export async function tellGroup(
  connection: Connection,
  { group, topics }: { group: string; topics: string[] | null },
): Promise<Offsets | MissingRight | { noTopic: string }> {
  const { metadataV9, offsetFetchV7 } = await import('@platformatic/kafka');
  try {
    const [members, fetched] = await Promise.all([
      tellMembers(connection, group),
      withErrorCodes(
        offsetFetchV7.api.async(connection, [{ groupId: group, memberEpoch: -1, topics: null }], false),
      ),
    ]);
    const commits = fetched.topics.flatMap(({ name, partitions }) =>
      partitions.map((one) => ({
        topic: name,
        partition: one.partitionIndex,
        at: Number(one.committedOffset),
      })),
    );
    const wanted = topics ?? readTopics([...new Set(commits.map(({ topic }) => topic))], members);
    const known =
      wanted.length === 0
        ? []
        : (await withErrorCodes(metadataV9.api.async(connection, wanted, false, false))).topics;
    const refused = known.find(({ errorCode }) => errorCode === topicRefused);
    if (refused) return { resource: 'Topic', name: refused.name };
    const unknown = known.find(({ errorCode }) => errorCode === topicUnknown);
    if (unknown && topics !== null) return { noTopic: unknown.name };
    return {
      members,
      committed: new Map(
        commits.flatMap(({ topic, partition, at }) =>
          at < 0 ? [] : [[`${topic}-${partition}`, at] as const],
        ),
      ),
      partitions: known.flatMap(({ name, partitions }) =>
        partitions
          .map((one) => ({ topic: name, partition: one.partitionIndex, leader: one.leaderId }))
          .sort((a, b) => a.partition - b.partition),
      ),
    };
  } catch (error) {
    const resource = refusedResource(error);
    if (resource) return { resource, name: group };
    throw error;
  }
}

/** Topics that a settled group does not read any more keep their commits for days; what waits there is nobody's lag. */
function readTopics(committed: string[], { state, members }: MembersView): string[] {
  if (state !== 'Stable' || members.some(({ partitions }) => partitions === null)) return committed;
  const assigned = new Set(
    members.flatMap(({ partitions }) => (partitions ?? []).map((place) => place.replace(/-\d+$/, ''))),
  );
  return committed.filter((topic) => assigned.has(topic));
}

/** TOPIC_AUTHORIZATION_FAILED and UNKNOWN_TOPIC_OR_PARTITION. */
const [topicRefused, topicUnknown] = [29, 3];

/** Groups of the older protocol; those of the newer one (KIP-848) are told as Dead there and asked for by their own question. */
async function tellMembers(connection: Connection, group: string): Promise<MembersView> {
  const { decodeConsumerProtocolAssignment, describeGroupsV5 } = await import('@platformatic/kafka');
  const { groups } = await describeGroupsV5.api.async(connection, [group], false);
  const { groupState, members } = groups[0]!;
  if (groupState === 'Dead')
    return (await tellNewerMembers(connection, group)) ?? { state: 'Dead', members: [] };
  return {
    state: groupState,
    members: members.map(({ clientId, clientHost, memberAssignment }) => ({
      clientId,
      host: clientHost.replace(/^\//, ''),
      partitions: memberAssignment.length === 0 ? [] : assigned(memberAssignment),
    })),
  };

  function assigned(assignment: Buffer): string[] | null {
    try {
      return decodeConsumerProtocolAssignment(assignment).assignedPartitions.flatMap(
        ({ topic, partitions }) => partitions.map((partition) => `${topic}-${partition}`),
      );
    } catch {
      // Connect workers and the like put something of their own there.
      return null;
    }
  }
}

async function tellNewerMembers(connection: Connection, group: string): Promise<MembersView | null> {
  const { consumerGroupDescribeV0 } = await import('@platformatic/kafka');
  try {
    const { groups } = await consumerGroupDescribeV0.api.async(connection, [group], false);
    const { groupState, members } = groups[0]!;
    return {
      state: groupState,
      members: members.map(({ clientId, clientHost, assignment }) => ({
        clientId,
        host: clientHost.replace(/^\//, ''),
        partitions: assignment.topicPartitions.flatMap(({ topicName, partitions }) =>
          partitions.map((partition) => `${topicName}-${partition}`),
        ),
      })),
    };
  } catch (error) {
    if (refusedResource(error)) throw error;
    return null;
  }
}
