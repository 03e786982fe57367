import { createIncidentLog, type Loaded } from '../src/redis/log.ts';
import { withScripts } from '../src/redis/scripts.ts';
import type { RedisNode } from '../test/parts/redis-node.ts';

/** When an incident was opened and had its first evidence, epoch milliseconds as its log says. */
export type Looked = { openedAt: number; firstEvidenceAt: number };

/** Waits until incidents 1 to `count` have begun to look. */
export async function untilLooking(redis: RedisNode, count: number): Promise<void> {
  await eachOf(redis, count, ({ events }) => events.some(({ type }) => type === 'StepStarted') || undefined);
}

/** Waits until those of incidents 1 to `count` whose service is `wanted` have evidence, and says when each had. */
export async function evidenceOf(
  redis: RedisNode,
  count: number,
  wanted: (service: string) => boolean,
): Promise<Looked[]> {
  const all = await eachOf(redis, count, ({ events, state }): Looked | 'other' | undefined => {
    if (state === null) return undefined;
    if (!wanted(state.service ?? '')) return 'other';
    const first = events.find(({ type }) => type === 'StepFinished');
    return first && { openedAt: state.openedAt, firstEvidenceAt: first.at };
  });
  return all.filter((one) => one !== 'other');
}

/** Reads incidents until `read` has an answer for each. */
async function eachOf<T>(
  redis: RedisNode,
  count: number,
  read: (loaded: Loaded) => T | undefined,
): Promise<T[]> {
  const log = createIncidentLog(withScripts(redis.client), Date.now, new Set());
  const answers = new Map<number, T>();
  for (const end = performance.now() + 300_000; answers.size < count; ) {
    for (let id = 1; id <= count; id++) {
      const answer = answers.has(id) ? undefined : read(await log.load(id));
      if (answer !== undefined) answers.set(id, answer);
    }
    if (performance.now() > end)
      throw new Error(`${count - answers.size} incidents are not where they should be`);
    await new Promise((wake) => setTimeout(wake, 200));
  }
  return [...answers.values()];
}
