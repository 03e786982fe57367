import type { Page } from './page.ts';
import type { Ending, PageRef, PagerTools } from './pager.ts';
import { pagers } from './registry.ts';

/** A pager with its settings and tools, ready to be called. */
export type ReadyPager = {
  send: (page: Page, again: boolean, signal: AbortSignal) => Promise<{ ref: PageRef }>;
  mirror?: (page: Page, ref: PageRef | undefined, ending: Ending, signal: AbortSignal) => Promise<void>;
};

/** The pagers that can be used, by name. */
export type ReadyPagers = ReadonlyMap<string, ReadyPager>;

/**
 * The mistakes in `pagers:` of muster.yaml, each with the path below `pagers`: unknown names and settings that do not fit.
 * A pager that needs settings and has none is no mistake; it is only not ready.
 */
export function checkPagers(settings: Record<string, unknown>): { path: PropertyKey[]; message: string }[] {
  const known = new Map(pagers.map((pager) => [pager.name, pager]));
  return Object.entries(settings).flatMap(([name, given]) => {
    const pager = known.get(name);
    if (!pager)
      return [{ path: [name], message: `Unknown pager; there are ${[...known.keys()].join(', ')}` }];
    const issues = pager.input.safeParse(given).error?.issues ?? [];
    return issues.map((issue) => ({ path: [name, ...issue.path], message: issue.message }));
  });
}

/** Gives every pager that is set up its settings (the `pagers:` part of muster.yaml) and its tools. */
export function openPagers(settings: Record<string, unknown>, tools: PagerTools): ReadyPagers {
  const ready = new Map<string, ReadyPager>();
  for (const { name, input, missing, send, mirror } of pagers) {
    const given = input.safeParse(settings[name] ?? {});
    if (!given.success || missing?.(tools)) continue;
    ready.set(name, {
      send: (page, again, signal) => send(page, given.data, { ...tools, signal }, again),
      ...(mirror && {
        mirror: (page, ref, ending, signal) => mirror(page, ref, ending, given.data, { ...tools, signal }),
      }),
    });
  }
  return ready;
}
