import type { Incident } from '../incident/state.ts';
import type { PersonId } from '../incident/words.ts';

/**
 * One rung of the escalation ladder: `people` are reached `afterMs` after the round started, through every pager of `via`,
 * and through `fallback` as soon as one of those failed. `rule` names the policy and rotation that made it.
 */
export type Rung = {
  level: number;
  afterMs: number;
  people: PersonId[];
  via: string[];
  fallback: string[];
  rule: string;
};

/** The ladder of a policy, lowest rung first. It is climbed again `repeatMs` after its last rung; null: never. */
export type Ladder = { rungs: Rung[]; repeatMs: number | null };

/** Who would be paged for an incident at a time (epoch milliseconds), by its policy and the on-call schedule. */
export type Escalation = (incident: Incident, at: number) => Ladder;

/** The rungs with only those pagers that are set up. Defaults name pagers that not everybody has; `muster check` warns. */
export function usable(rungs: Rung[], pagers: { has(name: string): boolean }): Rung[] {
  const ready = (names: string[]) => names.filter((name) => pagers.has(name));
  return rungs.map((rung) => ({ ...rung, via: ready(rung.via), fallback: ready(rung.fallback) }));
}
