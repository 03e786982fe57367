import type { Incident } from '../incident/state.ts';
import { timeline } from '../incident/timeline.ts';
import type { SlackSandbox } from '../sandbox/slack/sandbox.ts';
import type { Channel, Message } from '../sandbox/slack/world.ts';
import { nameOf, personas } from './cast.ts';
import type { Witness } from './facts.ts';
import { channelOf, pagesOf } from './scene.ts';
import type { Stage } from './stage.ts';

/** What the look-alikes saw of an incident: read from their own records, not from Muster's. */
export function witnessOf({ scene, source }: Pick<Stage, 'scene' | 'source'>, incident: Incident): Witness {
  const channel = channelOf(scene, incident.id);
  const { repository, filesOn } = scene.github;
  const branch = `postmortem/inc-${incident.id}`;
  const pull = repository.pulls.find(({ head }) => head === branch);
  const files = Object.keys(filesOn(repository.branches.get('main') ?? ''));
  const { openedAt } = incident.state;
  return {
    source,
    failureObservedAt: scene.writer.outages().findLast((at) => at <= openedAt) ?? null,
    channel: channel ? channelSeen(channel) : null,
    pages: personas.flatMap((id) =>
      pagesOf(scene, id)
        .messages.filter(({ metadata }) => isPageOf(metadata, incident.id))
        .map(({ ts }) => ({ person: id, at: Number(ts) * 1000 })),
    ),
    pullRequest: pull
      ? {
          number: pull.number,
          branch,
          files: files.filter((path) => path.includes(`inc-${incident.id}.`)),
          state: pull.merged ? 'merged' : pull.closed ? 'closed' : 'open',
        }
      : null,
    timelineEntries: timeline(incident.events, 'en', nameOf).length,
  };
}

/** What Slack refused, once each, in its own words. */
export const refusals = ({ journal }: SlackSandbox): string[] => [
  ...new Set(
    journal.calls.flatMap(({ ok, method, error }) => (ok ? [] : [`${method}: ${error ?? 'no answer'}`])),
  ),
];

function channelSeen({ id, name, topic, pins, messages }: Channel): NonNullable<Witness['channel']> {
  const card = messages.find(({ ts }) => ts === pins[0]);
  return { id, name, topic, pins: pins.length, card: card ? words(card) : '', posts: messages.map(words) };
}

/** Everything a message says: its text and all texts of its blocks. */
const words = ({ text, blocks }: Message): string => [text, ...texts(blocks)].join('\n');

function texts(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(texts);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === 'text' && typeof inner === 'string' ? [inner] : texts(inner),
  );
}

type Metadata = { event_type: string; event_payload: Record<string, unknown> } | undefined;

const isPageOf = (metadata: Metadata, id: number): boolean =>
  metadata?.event_type === 'muster_page' && String(metadata.event_payload.key).startsWith(`inc-${id}.`);
