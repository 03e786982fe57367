import type { LevelReached } from '../incident/events.ts';
import type { Live } from '../incident/state.ts';
import { type Contact, contactName } from './contacts.ts';
import type { Ladder, Rung } from './ladder.ts';

/** Climbing: the next level starts, or it is said that a level reaches nobody. */
export type ClimbAction =
  | { do: 'start-level'; level: Omit<LevelReached, 'type'> }
  | { do: 'report-nobody'; round: number; level: number; rule: string };

/** What to climb now, or when to (epoch milliseconds); neither at the top of a ladder that is not repeated. */
export type Climb = { actions: ClimbAction[]; wakeAt: number | null };

/**
 * The next rung of the ladder: due `afterMs` after the round started, or at once when the level before it reached nobody.
 * After the last rung the ladder is climbed again, as a new round. One rung at a time; the next plan takes the next one.
 */
export function planClimb(
  state: Live,
  ladder: Ladder,
  contacts: ReadonlyMap<string, Contact>,
  now: number,
): Climb {
  const unreachable = reportUnreachable(state, contacts);
  if (unreachable) return { actions: [unreachable], wakeAt: null };
  const { paging } = state;
  // A round whose first level reached nobody exists only as that report until a later level starts.
  const round = Math.max(paging.round, ...paging.empty.map((one) => one.round));
  const empty = paging.empty.filter((one) => one.round === round);
  const done = [...paging.levels.filter((one) => one.round === round), ...empty];
  const startedAt = round === paging.round ? paging.roundStartedAt : Math.min(...empty.map((one) => one.at));
  const next = ladder.rungs.findIndex((rung) => !done.some((one) => one.level === rung.level));
  const rung = ladder.rungs[next];
  if (rung) {
    const before = ladder.rungs[next - 1];
    const reachedNobody = empty.some((one) => one.level === before?.level);
    return climbAt(rung, round, reachedNobody ? now : startedAt + rung.afterMs, now);
  }
  const first = ladder.rungs[0];
  if (!first || ladder.repeatMs === null) return { actions: [], wakeAt: null };
  const lastAt = Math.max(startedAt, ...done.map((one) => one.at));
  return climbAt(first, round + 1, lastAt + ladder.repeatMs, now);
}

function climbAt(rung: Rung, round: number, dueAt: number, now: number): Climb {
  if (dueAt > now) return { actions: [], wakeAt: dueAt };
  const { level, people, via, fallback, rule } = rung;
  if (people.length === 0) return { actions: [{ do: 'report-nobody', round, level, rule }], wakeAt: null };
  return {
    actions: [{ do: 'start-level', level: { round, level, people, via, fallback, rule } }],
    wakeAt: null,
  };
}

/** A level that was reached and whose every page is lost for good reaches nobody either. */
function reportUnreachable(
  { paging }: Live,
  contacts: ReadonlyMap<string, Contact>,
): ClimbAction | undefined {
  const lost = paging.levels.find(
    ({ round, level, people, via, fallback }) =>
      round === paging.round &&
      !paging.empty.some((one) => one.round === round && one.level === level) &&
      people
        .flatMap((person) => [...via, ...fallback].map((pager) => contacts.get(contactName(person, pager))))
        .every((contact) => contact?.standing.is === 'lost'),
  );
  return (
    lost && {
      do: 'report-nobody',
      round: lost.round,
      level: lost.level,
      rule: `${lost.rule}: no page went out`,
    }
  );
}
