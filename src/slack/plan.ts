import { createHash } from 'node:crypto';
import type { Memory, Plan } from '../incident/room.ts';
import { type Incident, incidentName, type Live } from '../incident/state.ts';
import { type Chart, type PersonId, roles } from '../incident/words.ts';
import { oneLine, plainText } from '../kit/text.ts';
import { renderCard } from './card.ts';
import type { NextLevel } from './card-status.ts';
import { type Link, linksOf } from './links.ts';
import { read } from './memory.ts';
import type { Message } from './message.ts';
import type { Sight } from './pen.ts';
import { nextPicture } from './pictures.ts';
import { nextPost } from './posts.ts';
import { en } from './text/en.ts';
import { ko } from './text/ko.ts';

/**
 * One thing to make so in Slack. `look` says that an earlier try may have got through (or that nobody remembers), so that
 * what is there must be looked for first.
 */
export type SlackAction =
  | { do: 'open-channel' }
  | { do: 'post-card'; channel: string; message: Message; look: boolean }
  | { do: 'find-posts'; channel: string }
  | { do: 'invite'; channel: string; people: PersonId[] }
  | { do: 'upload-picture'; index: number; chart: Chart }
  | { do: 'post'; channel: string; message: Message; to: number }
  | { do: 'update-card'; channel: string; ts: string; message: Message }
  | { do: 'set-topic'; channel: string; topic: string }
  | { do: 'pin-card'; channel: string; ts: string }
  | { do: 'bookmark'; channel: string; link: Link; title: string };

/** What planning may look up beside the incident. */
export type PlanDeps = {
  sight: Sight;
  /** Who is paged next, and when; null when nobody is. */
  nextLevel: (incident: Incident) => NextLevel;
  /** The dashboard of a service in muster.yaml, or null. */
  dashboardOf: (service: string) => string | null;
};

/**
 * What is still to be done for an incident in Slack, most urgent first: the channel, the card in it, the people, what is
 * news, and then what decorates. Pure. News that came meanwhile is in the next plan, so waiting changes merge by themselves.
 */
export function planSlack(
  incident: Incident,
  now: number,
  memory: Memory,
  { sight, nextLevel, dashboardOf }: PlanDeps,
): Plan<SlackAction> {
  const { state } = incident;
  if (state.channel === null) {
    return { actions: state.treatment.channel ? [{ do: 'open-channel' }] : [], wakeAt: null };
  }
  const known = read(memory);
  const channel = state.channel.id;
  const dashboard = state.service === null ? null : dashboardOf(state.service);
  const missing = [...known.invited].flatMap(([person, why]) => (why === 'in' ? [] : [{ person, why }]));
  const message = renderCard(incident, sight, { next: nextLevel(incident), dashboard, missing });
  const { card } = state;
  if (card === null) {
    return { actions: [{ do: 'post-card', channel, message, look: known.cardUnsure }], wakeAt: null };
  }

  const actions: SlackAction[] = [];
  const people = wanted(state).filter((person) => !known.invited.has(person));
  if (people.length > 0) actions.push({ do: 'invite', channel, people });
  if (known.postsUnsure) actions.push({ do: 'find-posts', channel });
  else {
    const post = nextPost(incident, known.posted, now, sight, known.pictures);
    const stretch = { from: known.posted, to: post?.to ?? 0 };
    const picture = nextPicture(incident, stretch, known.pictures);
    if (picture) actions.push({ do: 'upload-picture', ...picture });
    else if (post) actions.push({ do: 'post', channel, ...post });
  }
  if (known.card !== digestOf(message)) actions.push({ do: 'update-card', channel, ts: card.ts, message });
  if (!known.pinned) actions.push({ do: 'pin-card', channel, ts: card.ts });
  const topic = topicOf(state, sight);
  if (known.topic !== topic) actions.push({ do: 'set-topic', channel, topic });
  const { button: titles } = state.language === 'ko' ? ko : en;
  for (const link of linksOf(state, dashboard)) {
    if (!known.bookmarked.has(link.url)) {
      actions.push({ do: 'bookmark', channel, link, title: titles[link.kind] });
    }
  }
  return { actions, wakeAt: null };
}

/** What distinguishes one rendering of the card from another. */
export const digestOf = (message: Message): string =>
  createHash('sha256').update(JSON.stringify(message)).digest('base64url').slice(0, 22);

/** Who belongs into the channel: who holds or is offered a role, who was paged, who answered. */
function wanted(state: Live): PersonId[] {
  const held = roles.flatMap((role) => {
    const { person, offer } = state.roles[role];
    return [person, offer?.to ?? null];
  });
  const paged = state.paging.levels.flatMap((level) => level.people);
  const everybody = [...held, ...paged, state.acknowledged?.person ?? null];
  return [...new Set(everybody.filter((person) => person !== null))];
}

/** The channel's topic: plain text, at most 250 characters. It changes rarely, because each change is a line in the channel. */
function topicOf(state: Live, sight: Sight): string {
  const { topic } = state.language === 'ko' ? ko : en;
  const { person, accepted } = state.roles.ic;
  const ic = person !== null && accepted ? oneLine(sight.nameOf(person), 60) : null;
  const parts = { severity: state.severity, title: oneLine(state.title, 120), ic, status: state.status.is };
  return plainText(topic(parts), 250);
}

/** What marks a channel as that of this incident, for a Muster that lost its memory: number and moment of opening. */
export const purposeOf = (incident: Incident): string => {
  const { purpose } = incident.state.language === 'ko' ? ko : en;
  const openedAt = new Date(incident.state.openedAt).toISOString().slice(0, 19).replace('T', ' ');
  return purpose(incidentName(incident.id), `${openedAt} UTC`);
};
