import type { Connection } from '@platformatic/kafka';
import { type Dialling, dialBroker } from './dial-broker.ts';
import { type KafkaTrouble, refusedResource, withErrorCodes } from './kafka-trouble.ts';
import type { MissingRight } from './tell-group.ts';

/** A leader that did not tell the ends of its logs; `address` is null when it is not registered. */
export type Unread = { node: number; address: string | null; how: KafkaTrouble | null };

/** First and last offset by `topic-partition`, and the leaders that did not tell. */
export type Ends = { start: Map<string, number>; end: Map<string, number>; unread: Unread[] };

type Place = { topic: string; partition: number; leader: number };

/** Asks every leader, all at the same time, where its partitions begin and end. */
export async function readEnds(
  partitions: Place[],
  brokers: { node: number; address: string }[],
  dialling: Dialling,
): Promise<Ends | MissingRight> {
  const ends: Ends = { start: new Map(), end: new Map(), unread: [] };
  const leaders = [...new Set(partitions.map(({ leader }) => leader))].filter((leader) => leader >= 0);
  const refused: MissingRight[] = [];
  await Promise.all(
    leaders.map(async (node) => {
      const address = brokers.find((broker) => broker.node === node)?.address ?? null;
      const own = partitions.filter(({ leader }) => leader === node);
      if (address === null) {
        ends.unread.push({ node, address, how: null });
        return;
      }
      const dialled = await dialBroker(address, dialling, async (connection) => {
        const [first, last] = await Promise.all([
          listOffsets(connection, own, earliest),
          listOffsets(connection, own, latest),
        ]);
        return { first, last };
      });
      if (dialled.state !== 'answered') ends.unread.push({ node, address, how: dialled.state });
      else if ('resource' in dialled.value.last) refused.push(dialled.value.last);
      else {
        const { first, last } = dialled.value;
        for (const [key, offset] of last) ends.end.set(key, offset);
        if (!('resource' in first)) for (const [key, offset] of first) ends.start.set(key, offset);
      }
    }),
  );
  return refused[0] ?? ends;
}

const earliest = -2n;
const latest = -1n;

async function listOffsets(
  connection: Connection,
  places: Place[],
  timestamp: bigint,
): Promise<Map<string, number> | MissingRight> {
  const { listOffsetsV6 } = await import('@platformatic/kafka');
  const topics = [...Map.groupBy(places, ({ topic }) => topic)].map(([name, own]) => ({
    name,
    partitions: own.map(({ partition }) => ({
      partitionIndex: partition,
      currentLeaderEpoch: -1,
      timestamp,
    })),
  }));
  try {
    const told = await withErrorCodes(listOffsetsV6.api.async(connection, -1, 0, topics));
    return new Map(
      told.topics.flatMap(({ name, partitions }) =>
        partitions.flatMap((one) =>
          one.errorCode === 0 ? [[`${name}-${one.partitionIndex}`, Number(one.offset)] as const] : [],
        ),
      ),
    );
  } catch (error) {
    if (refusedResource(error)) return { resource: 'Topic', name: topics[0]!.name };
    throw error;
  }
}
