import type { Memory } from '../incident/room.ts';
import type { Incident } from '../incident/state.ts';
import type { PageSpot } from './page.ts';
import type { Ending, PageRef } from './pager.ts';

/** Telling one pager that somebody answered, or that it is over. */
export type MirrorAction = {
  do: 'mirror';
  spot: PageSpot;
  ref: PageRef | undefined;
  ending: Ending;
  tries: number;
};

/** What the room remembers of a page beside the log. */
export const memoryOf = {
  /** Set before a page is sent, to its spot as JSON: an earlier try may have reached the person. */
  tried: (key: string) => `tried ${key}`,
  /** The last ending that was mirrored. */
  mirrored: (key: string) => `mirrored ${key}`,
  /** `<tries> <epoch ms of the next try>` of a mirror that failed. */
  retry: (key: string) => `mirror-retry ${key}`,
};

/** A mirror that could not be made for so long is given up: the page is old by then. */
const mirrorForMs = 3_600_000;

/**
 * Which pages still have to show that somebody acknowledged, or that the incident is resolved. Every page that is out, or may
 * be out, is mirrored once per ending; a page that was shown as resolved stays so.
 */
export function planMirrors(
  { state }: Incident,
  now: number,
  memory: Memory,
): { actions: MirrorAction[]; wakeAt: number | null } {
  const ending = endingOf(state);
  if (!ending || now > ending.at + mirrorForMs) return { actions: [], wakeAt: null };
  const actions: MirrorAction[] = [];
  let wakeAt: number | null = null;
  for (const { key, round, level, person, pager, ref } of pagesOut(state, memory)) {
    const mirrored = memory[memoryOf.mirrored(key)];
    if (mirrored === 'resolved' || mirrored === ending.kind) continue;
    const [tries = 0, nextAt = 0] = (memory[memoryOf.retry(key)] ?? '0 0').split(' ').map(Number);
    if (nextAt > now) wakeAt = Math.min(wakeAt ?? nextAt, nextAt);
    else actions.push({ do: 'mirror', spot: { key, round, level, person, pager }, ref, ending, tries });
  }
  return { actions, wakeAt };
}

/** Pages that are out, and those of which it is not certain that they are not: tried without a record, or failed for now. */
function pagesOut({ paging }: Incident['state'], memory: Memory): Iterable<PageSpot & { ref?: PageRef }> {
  const pages = new Map<string, PageSpot & { ref?: PageRef }>();
  for (const [name, spot] of Object.entries(memory)) {
    if (name.startsWith(memoryOf.tried('')))
      pages.set(name.slice(memoryOf.tried('').length), JSON.parse(spot));
  }
  for (const page of paging.failed) {
    if (page.retryAt === null) pages.delete(page.key);
    else pages.set(page.key, page);
  }
  for (const page of paging.sent) pages.set(page.key, page);
  return pages.values();
}

function endingOf({ status, acknowledged }: Incident['state']): Ending | null {
  if (status.is === 'resolved') return { kind: 'resolved', by: status.by, at: status.at };
  return acknowledged && { kind: 'acknowledged', by: acknowledged.person, at: acknowledged.at };
}
