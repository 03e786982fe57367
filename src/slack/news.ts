import type { Button, KnownBlock } from '@slack/types';
import type { EventOf, EventType, IncidentEvent } from '../incident/events.ts';
import type { Incident } from '../incident/state.ts';
import { alertNews } from './news/alerts.ts';
import { lifeNews } from './news/life.ts';
import { pagingNews } from './news/paging.ts';
import { postmortemNews } from './news/postmortem.ts';
import { roleNews } from './news/roles.ts';
import { stepNews } from './news/steps.ts';
import type { Pen } from './pen.ts';
import type { KeptPicture } from './pictures.ts';

/** One thing worth saying in the channel. `line` is mrkdwn; `button` stands beside it, `details` follow it. */
export type News = { symbol: string; line: string; button?: Button; details?: KnownBlock[] };

/**
 * Where an event stands: its incident as it was at that moment (as it is now for late news), its place in the log, and the
 * picture of its chart.
 */
export type Scene = { incident: Incident; index: number; pen: Pen; picture: KeptPicture };

/** Words one kind of event, or says that it is no news (the card shows it, or nobody needs it). */
export type Teller<T extends EventType> = (event: EventOf<T>, scene: Scene) => News | null;

type Tellers = { [T in EventType]: Teller<T> };

const tellers: Tellers = {
  ...alertNews,
  ...lifeNews,
  ...pagingNews,
  ...roleNews,
  ...stepNews,
  ...postmortemNews,
};

/** The news in one entry of the log, or null. */
export function newsOf(event: IncidentEvent, scene: Scene): News | null {
  return (tellers[event.type] as (event: IncidentEvent, scene: Scene) => News | null)(event, scene);
}
