import type { Incident, PagingState } from '../incident/state.ts';
import { type PageSpot, pageKey } from './page.ts';

/**
 * One person through one pager in the current round. `due` from `at` on (epoch milliseconds), `out` once accepted, `lost`
 * when trying again cannot help. `tries` counts the failed tries, `dueAt` is when the level was reached.
 */
export type Contact = {
  spot: PageSpot;
  dueAt: number;
  tries: number;
  standing: { is: 'due'; at: number } | { is: 'out' } | { is: 'lost' };
};

/** The name of a contact: nobody is paged twice in a round by the same pager, whatever levels they stand on. */
export const contactName = (person: string, pager: string): string => `${person} ${pager}`;

/**
 * Everybody whom the reached levels of the current round want, each person and pager once, under the lowest level that wants
 * them. A level's `fallback` counts for a person while one of their `via` pagers has failed and is not out.
 */
export function contactsOf({ id, state }: Incident): Map<string, Contact> {
  const { paging } = state;
  const found = new Map<string, Contact>();
  const levels = paging.levels.filter((one) => one.round === paging.round).sort((a, b) => a.level - b.level);
  for (const { round, level, people, via, fallback, at } of levels) {
    for (const person of people) {
      const add = (pager: string): Contact => {
        const name = contactName(person, pager);
        const known = found.get(name);
        if (known) return known;
        const key = pageKey({ incident: id }, { round, level, person, pager });
        const spot = { key, round, level, person, pager };
        const contact = { spot, dueAt: at, ...standingOf(paging, spot, at) };
        found.set(name, contact);
        return contact;
      };
      const direct = via.map(add);
      if (direct.some((one) => one.tries > 0 && one.standing.is !== 'out')) fallback.forEach(add);
    }
  }
  return found;
}

function standingOf(
  paging: PagingState,
  spot: PageSpot,
  reachedAt: number,
): Pick<Contact, 'tries' | 'standing'> {
  const same = (one: Omit<PageSpot, 'key'>) =>
    one.round === spot.round && one.person === spot.person && one.pager === spot.pager;
  const failed = paging.failed.filter(same);
  const tries = failed.length;
  if (paging.sent.some(same)) return { tries, standing: { is: 'out' } };
  const next = tries === 0 ? reachedAt : (failed.at(-1)?.retryAt ?? null);
  return { tries, standing: next === null ? { is: 'lost' } : { is: 'due', at: next } };
}
