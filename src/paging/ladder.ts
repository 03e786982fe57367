import type { Incident } from '../incident/state.ts';
import type { Ladder, Rung } from '../oncall/escalation.ts';

export type { Ladder, Rung };

/** Who would be paged for an incident at a time (epoch milliseconds), by its policy and the on-call schedule. */
export type Escalation = (incident: Incident, at: number) => Ladder;

/**
 * The rungs with only those pagers that are set up; where that leaves none to begin with, the fallback begins. Defaults name
 * pagers that not everybody has; `muster check` warns.
 */
export function usable(rungs: Rung[], pagers: { has(name: string): boolean }): Rung[] {
  const ready = (names: string[]) => names.filter((name) => pagers.has(name));
  return rungs.map((rung) => {
    const [via, fallback] = [ready(rung.via), ready(rung.fallback)];
    return via.length > 0 ? { ...rung, via, fallback } : { ...rung, via: fallback, fallback: [] };
  });
}
