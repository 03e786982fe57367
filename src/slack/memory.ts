import type { Memory } from '../incident/room.ts';
import type { PersonId } from '../incident/words.ts';
import type { KeptPicture } from './pictures.ts';

/**
 * What the room remembers of an incident's channel. `trying` is written before every message: while it names one, or when
 * it was never written, nobody knows whether that message got through, and it must be looked for.
 */
export type Remembered = {
  /** Whether a card may be there that the log does not know. */
  cardUnsure: boolean;
  /** Whether posts may be there that `posted` does not count. */
  postsUnsure: boolean;
  /** How many entries of the log the posts have told. */
  posted: number;
  /** Digest of the card as it stands in the channel. */
  card: string | undefined;
  pinned: boolean;
  topic: string | undefined;
  bookmarked: Set<string>;
  /** Pictures by the place of their entry in the log, uploaded or given up. */
  pictures: Map<number, KeptPicture>;
  /** People who were invited: `in`, or why they could not be. */
  invited: Map<PersonId, string>;
};

/** What `trying` says. A card under way says nothing about posts: they begin after it. */
export const nothing = 'nothing';
export type Trying = typeof nothing | 'card' | 'post';

const prefixed = (memory: Memory, prefix: string): [string, string][] =>
  Object.entries(memory).flatMap(([field, value]): [string, string][] =>
    field.startsWith(prefix) ? [[field.slice(prefix.length), value]] : [],
  );

/** How a picture is remembered: the file's id and its sentence, or nothing when it could not be had. */
export const pictureMemory = (index: number, picture: KeptPicture): Record<string, string> => ({
  [`picture ${index}`]: picture === null ? '' : `${picture.file} ${picture.alt}`,
});

function keptPicture(value: string): KeptPicture {
  const end = value.indexOf(' ');
  return end < 0 ? null : { file: value.slice(0, end), alt: value.slice(end + 1) };
}

/** Reads the room's memory. Each person and link has a field of its own, so that writing one needs no reading. */
export function read(memory: Memory): Remembered {
  const { trying } = memory;
  return {
    cardUnsure: trying !== nothing,
    postsUnsure: trying === undefined || trying === 'post' || memory.posted === undefined,
    posted: Number(memory.posted ?? 0),
    card: memory.card,
    pinned: memory.pinned !== undefined,
    topic: memory.topic,
    bookmarked: new Set(prefixed(memory, 'bookmark ').map(([url]) => url)),
    pictures: new Map(
      prefixed(memory, 'picture ').map(([index, value]) => [Number(index), keptPicture(value)]),
    ),
    invited: new Map(prefixed(memory, 'invited ')),
  };
}
