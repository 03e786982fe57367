import type { LoadView } from './load-view.ts';

/** A connection that blocks others and waits for nobody. `seconds` is how long the longest of those behind it has waited. */
export type Head = { id: number; behind: number; seconds: number };

/** Every connection at the head of a queue of row locks, the longest queue first. */
export function headsOf({ waits, transactions }: Pick<LoadView, 'waits' | 'transactions'>): Head[] {
  const behind = (id: number, seen: Set<number>): Set<number> => {
    for (const { waiting } of waits.filter((one) => one.blocking === id && !seen.has(one.waiting))) {
      seen.add(waiting);
      behind(waiting, seen);
    }
    return seen;
  };
  const waiting = new Set(waits.map((one) => one.waiting));
  const heads = new Set(waits.map(({ blocking }) => blocking).filter((id) => !waiting.has(id)));
  return [...heads]
    .map((id) => {
      const queue = behind(id, new Set());
      const waited = transactions.filter(({ session }) => queue.has(session)).map((one) => one.waiting ?? 0);
      return { id, behind: queue.size, seconds: Math.max(0, ...waited) };
    })
    .toSorted((a, b) => b.behind - a.behind || a.id - b.id);
}
