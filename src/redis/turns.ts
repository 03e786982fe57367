/** Runs something in the turn of what it is about; see {@link createTurns}. */
export type InTurn = <T>(name: string, run: () => Promise<T>) => Promise<T>;

/**
 * Lets those who name the same thing run one after the other, in the order they asked, whatever becomes of the one before;
 * different names never wait for each other. Nothing is kept once nobody waits.
 */
export function createTurns(): InTurn {
  const last = new Map<string, Promise<unknown>>();
  return async (name, run) => {
    const mine = (last.get(name) ?? Promise.resolve()).then(run, run);
    last.set(name, mine);
    try {
      return await mine;
    } finally {
      if (last.get(name) === mine) last.delete(name);
    }
  };
}
