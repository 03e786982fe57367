import type { IncidentEvent } from './events.ts';
import { en, ko } from './timeline-text.ts';
import type { Language, NameOf } from './words.ts';

/** One line of the timeline. `at` is when it happened: for a note that is when its message was written. */
export type TimelineEntry = { at: number; by: string; text: string; type: IncidentEvent['type'] };

/**
 * The incident's timeline in one language, oldest first, facts only. Plain text: whoever shows it escapes it for its place.
 * Book-keeping that tells people nothing (the card was posted) is left out.
 */
export function timeline(
  events: readonly IncidentEvent[],
  language: Language,
  nameOf: NameOf,
): TimelineEntry[] {
  const texts = language === 'ko' ? ko : en;
  const entries: TimelineEntry[] = [];
  for (const event of events) {
    const write = texts[event.type] as (event: IncidentEvent, nameOf: NameOf) => string | null;
    const text = write(event, nameOf);
    if (text === null) continue;
    const at = event.type === 'NoteAdded' ? event.writtenAt : event.at;
    entries.push({ at, by: actorName(event, nameOf), text, type: event.type });
  }
  return entries.sort((a, b) => a.at - b.at);
}

function actorName({ by }: IncidentEvent, nameOf: NameOf): string {
  if (by.kind === 'person') return nameOf(by.person);
  return by.kind === 'alertmanager' ? 'Alertmanager' : 'Muster';
}
