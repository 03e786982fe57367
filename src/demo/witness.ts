import type { Incident } from '../incident/state.ts';
import { timeline } from '../incident/timeline.ts';
import { cast, personas } from './cast.ts';
import type { Witness } from './facts.ts';
import { channelOf, pagesOf } from './scene.ts';
import type { Stage } from './stage.ts';

/** What the look-alikes saw of an incident: read from their own records, not from Muster's. */
export function witnessOf({ scene, source }: Pick<Stage, 'scene' | 'source'>, incident: Incident): Witness {
  const channel = channelOf(scene, incident.id);
  const branch = `postmortem/inc-${incident.id}`;
  const pull = scene.github.repository.pulls.find(({ head }) => head === branch);
  const before = scene.github.repository.branches.get('main') ?? '';
  return {
    source,
    failureObservedAt: scene.writer.failingSince() ?? Number.POSITIVE_INFINITY,
    channel: channel
      ? { id: channel.id, name: channel.name, topic: channel.topic, pins: channel.pins.length }
      : null,
    pages: personas.flatMap((id) =>
      pagesOf(scene, id)
        .messages.filter(({ metadata }) => isPageOf(metadata, incident.id))
        .map(({ ts }) => ({ person: id, at: Number(ts) * 1000 })),
    ),
    pullRequest: pull
      ? {
          number: pull.number,
          branch,
          files: Object.keys(scene.github.filesOn(before)).filter((path) =>
            path.includes(`inc-${incident.id}.`),
          ),
          state: pull.merged ? 'merged' : pull.closed ? 'closed' : 'open',
        }
      : null,
    timelineEntries: timeline(incident.events, 'en', (id) => cast[id as keyof typeof cast]?.name ?? id)
      .length,
  };
}

type Metadata = { event_type: string; event_payload: Record<string, unknown> } | undefined;

const isPageOf = (metadata: Metadata, id: number): boolean =>
  metadata?.event_type === 'muster_page' && String(metadata.event_payload.key).startsWith(`inc-${id}.`);
