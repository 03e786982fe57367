import type { NodeSays } from './node-says.ts';

/**
 * Bytes of replication stream that a stray master has and the other master never saw: what it took after the two histories
 * parted. Null when neither remembers the other's history (`second_repl_offset` of INFO replication), so nobody can tell.
 */
export function bytesOnlyOn(stray: NodeSays, master: NodeSays): number | null {
  const parted =
    stray.previousHistory === master.history && stray.previousOffset >= 0
      ? stray.previousOffset
      : master.previousHistory === stray.history && master.previousOffset >= 0
        ? master.previousOffset
        : null;
  // The offset of the parting is the first byte that was not shared any more.
  return parted === null ? null : Math.max(0, stray.offset - parted + 1);
}
