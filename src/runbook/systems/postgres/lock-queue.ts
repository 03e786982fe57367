import type { Session } from './load-view.ts';

/** Process id that stands for a prepared transaction, which holds its locks without any session. */
const prepared = 0;

/** Somebody whom others wait for and who waits for nobody. `session` is null for a prepared transaction. */
export type Blocker = { session: Session | null; waiting: Session[] };

/** The heads of the lock queues with all who wait behind them, directly or not; most waiting first. Pure. */
export function blockersIn(sessions: Session[]): Blocker[] {
  const byPid = new Map(sessions.map((session) => [session.pid, session]));
  const waits = (pid: number) => (byPid.get(pid)?.blockedBy.length ?? 0) > 0;
  const heads = new Set(sessions.flatMap(({ blockedBy }) => blockedBy).filter((pid) => !waits(pid)));
  return [...heads]
    .map((head) => {
      const behind = new Set([head]);
      for (let grown = true; grown; ) {
        const more = sessions.filter(
          ({ pid, blockedBy }) => !behind.has(pid) && blockedBy.some((one) => behind.has(one)),
        );
        for (const { pid } of more) behind.add(pid);
        grown = more.length > 0;
      }
      const waiting = sessions.filter(({ pid }) => pid !== head && behind.has(pid));
      return { session: head === prepared ? null : (byPid.get(head) ?? null), waiting };
    })
    .toSorted((a, b) => b.waiting.length - a.waiting.length);
}
