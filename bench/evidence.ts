import { createIncidentLog } from '../src/redis/log.ts';
import { withScripts } from '../src/redis/scripts.ts';
import type { RedisNode } from '../test/parts/redis-node.ts';

/** When an incident was opened and had its first evidence, epoch milliseconds as its log says; null as long as it has none. */
export type Looked = { openedAt: number; firstEvidenceAt: number | null };

/** Waits until incidents 1 to `count` that `wanted` names have evidence, and says when each had. */
export async function evidenceOf(
  redis: RedisNode,
  count: number,
  wanted: (service: string) => boolean,
): Promise<Looked[]> {
  const log = createIncidentLog(withScripts(redis.client), Date.now, new Set());
  const looked = new Map<number, Looked>();
  for (const end = performance.now() + 300_000; ; ) {
    const open = Array.from({ length: count }, (_, n) => n + 1).filter((id) => !looked.has(id));
    for (const id of open) {
      const { events, state } = await log.load(id);
      const first = events.find(({ type }) => type === 'StepFinished');
      const passes = state !== null && !wanted(state.service ?? '');
      if (state !== null && (first || passes))
        looked.set(id, { openedAt: state.openedAt, firstEvidenceAt: passes ? null : first!.at });
    }
    if (looked.size === count) return [...looked.values()].filter((one) => one.firstEvidenceAt !== null);
    if (performance.now() > end) throw new Error(`${count - looked.size} incidents have no evidence`);
    await new Promise((wake) => setTimeout(wake, 100));
  }
}
