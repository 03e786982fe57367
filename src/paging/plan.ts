import type { Memory, Plan } from '../incident/room.ts';
import type { Incident } from '../incident/state.ts';
import { contactsOf } from './contacts.ts';
import type { Escalation } from './ladder.ts';
import type { PageSpot } from './page.ts';
import { type ClimbAction, planClimb } from './plan-climb.ts';
import { type MirrorAction, memoryOf, planMirrors } from './plan-mirrors.ts';

/** One page to send now. `again`: an earlier try may have reached the person. */
export type SendAction = { do: 'send'; spot: PageSpot; tries: number; again: boolean; dueAt: number };

/** What the paging room can do. */
export type PagingAction = ClimbAction | SendAction | MirrorAction;

/** While an incident seems to recover nobody is paged; this is how often it is looked at whether it fires again. */
const recoveringLookMs = 15_000;

/**
 * What is still to be done about the paging of an incident: pages by policy until somebody acknowledges, then telling the
 * pagers. Nothing is sent while every alert has resolved. Sends come first, so that a slow climb never delays a page.
 */
export function planPaging(
  incident: Incident,
  now: number,
  memory: Memory,
  escalation: Escalation,
): Plan<PagingAction> {
  const { state } = incident;
  const mirrors = planMirrors(incident, now, memory);
  if (!state.treatment.page || state.acknowledged !== null || state.status.is === 'resolved') return mirrors;
  if (state.status.is === 'recovering') return { actions: [], wakeAt: now + recoveringLookMs };
  const contacts = contactsOf(incident);
  const sends: SendAction[] = [];
  let wakeAt: number | null = null;
  for (const { spot, standing, tries, dueAt } of contacts.values()) {
    if (standing.is !== 'due') continue;
    if (standing.at > now) wakeAt = earlier(wakeAt, standing.at);
    else {
      const again = tries > 0 || memory[memoryOf.tried(spot.key)] !== undefined;
      sends.push({ do: 'send', spot, tries, again, dueAt });
    }
  }
  const climb = planClimb(state, escalation(incident, now), contacts, now);
  return { actions: [...sends, ...climb.actions], wakeAt: earlier(wakeAt, climb.wakeAt) };
}

const earlier = (a: number | null, b: number | null): number | null =>
  a === null || b === null ? (a ?? b) : Math.min(a, b);

/** Since when the page that waits longest should have been out, epoch milliseconds; null when none waits. */
export function oldestUnsent(incident: Incident): number | null {
  const { state } = incident;
  if (!state.treatment.page || state.acknowledged !== null || state.status.is !== 'open') return null;
  if (state.paging.levels.every((one) => one.round !== state.paging.round))
    return state.paging.roundStartedAt;
  const waiting = [...contactsOf(incident).values()].filter(({ standing }) => standing.is === 'due');
  return waiting.length === 0 ? null : Math.min(...waiting.map(({ dueAt }) => dueAt));
}
