import type { Dialling } from './dial-broker.ts';
import type { KafkaTrouble } from './kafka-trouble.ts';
import { askBroker } from './kafka-view.ts';

/** One bootstrap address and what became of it; `clusterId` where it answered. */
export type Tried = { address: string; state: 'answered' | KafkaTrouble; clusterId?: string };

/** A bootstrap that answered, with the brokers it sends clients to. */
export type Entrance = { address: string; clusterId: string; brokers: { node: number; address: string }[] };

/**
 * Asks all bootstraps at the same time and answers as soon as one of them did (null: none did), so that a frozen one costs
 * nothing; `tried` has what became of each in the end.
 */
export async function firstToAnswer(
  bootstraps: string[],
  dialling: Dialling,
): Promise<{ first: Entrance | null; tried: Promise<Tried[]> }> {
  const asked = bootstraps.map(async (address) => ({
    address,
    answer: await askBroker(address, null, dialling),
  }));
  const tried = Promise.all(asked).then((all) =>
    all.map(({ address, answer }) =>
      answer.state === 'answered'
        ? { address, state: answer.state, clusterId: answer.clusterId }
        : { address, state: answer.state },
    ),
  );
  // It fails only when the step is stopped, and then the answer below fails as well.
  tried.catch(() => {});
  const entrances = asked.map(async (one): Promise<Entrance> => {
    const { address, answer } = await one;
    if (answer.state !== 'answered') throw new Error(answer.state);
    return { address, clusterId: answer.clusterId, brokers: answer.brokers };
  });
  const first = await Promise.any(entrances).catch(() => null);
  dialling.signal.throwIfAborted();
  return { first, tried };
}
