import type { KnownBlock } from '@slack/types';
import type { IncidentEvent } from '../incident/events.ts';
import { evolve, replay } from '../incident/evolve.ts';
import type { Incident } from '../incident/state.ts';
import { section } from './blocks.ts';
import { fits, type Message, messageOf } from './message.ts';
import { type News, newsOf } from './news.ts';
import { createPen, type Sight } from './pen.ts';
import type { KeptPicture } from './pictures.ts';

/** A post and the last entry of the log (counted from 1) that it speaks about. */
export type Post = { to: number; message: Message };

const maxItems = 10;
/** News older than this is late: the channel is catching up after an outage. */
const lateMs = 60_000;

/**
 * The next post: what is news in the log after its first `after` entries, or null. Each piece of news is a message, as it was
 * at its moment; what one decision brought about is one message, and what is late is told with its time, several pieces a
 * message. A message ends after buttons, so that they stand at its bottom, and has at most one table. Charts are shown where
 * `pictures` has theirs, by place in the log.
 */
export function nextPost(
  incident: Incident,
  after: number,
  now: number,
  sight: Sight,
  pictures: ReadonlyMap<number, KeptPicture> = new Map(),
): Post | null {
  const pen = createPen(incident.state.language, sight);
  const items: News[] = [];
  let last: IncidentEvent | null = null;
  let then = replay(incident.events.slice(0, after));
  let to = after;
  for (let index = after; index < incident.events.length; index++) {
    const event = incident.events[index]!;
    then = evolve(then, event);
    const late = now - event.at > lateMs;
    const state = late || then === null ? incident.state : then;
    const picture = pictures.get(index) ?? null;
    const news = newsOf(event, { incident: { ...incident, state }, index, pen, picture });
    if (news !== null) {
      const item = late ? { ...news, line: `${pen.time(event.at)} · ${news.line}` } : news;
      const joins = last === null || ((late || isOneDecision(last, event)) && fitTogether(items, item));
      if (!joins) break;
      items.push(item);
      last = event;
    }
    to = index + 1;
    if (items.length >= maxItems || news?.details?.at(-1)?.type === 'actions') break;
  }
  if (items.length === 0) return null;
  const text = items.map(({ symbol, line }) => `${symbol} ${line.replaceAll('*', '')}`).join('\n');
  return { to, message: messageOf(text, blocksOf(items)) };
}

/** What one command brought about shares its moment and its author. Steps report one by one, even within a millisecond. */
const isOneDecision = (a: IncidentEvent, b: IncidentEvent): boolean =>
  a.at === b.at && JSON.stringify(a.by) === JSON.stringify(b.by) && b.type !== 'StepFinished';

function fitTogether(items: News[], item: News): boolean {
  const blocks = blocksOf([...items, item]);
  return fits(blocks) && blocks.filter((block) => block.type === 'table').length < 2;
}

/** Plain lines share a paragraph; a line with a button or details has its own. */
function blocksOf(items: News[]): KnownBlock[] {
  const blocks: KnownBlock[] = [];
  let lines: string[] = [];
  const close = () => {
    if (lines.length > 0) blocks.push(section(lines.join('\n')));
    lines = [];
  };
  for (const { symbol, line, button, details = [] } of items) {
    if (button || details.length > 0) {
      close();
      // A decision brings its own paragraph.
      if (details[0]?.type !== 'section') blocks.push(section(`${symbol} ${line}`, button));
      blocks.push(...details);
    } else lines.push(`${symbol} ${line}`);
  }
  close();
  return blocks;
}
