import { type Core, refuse } from '../core.ts';
import { type Bookmark, type Channel, type Json, newId } from '../world.ts';
import { channelArg, mustBeIn, text } from './args.ts';
import type { Args, Method } from './registry.ts';

const maxBookmarks = 100;

function writable(core: Core, args: Args): Channel {
  const channel = channelArg(core, args, 'channel_id');
  mustBeIn(core, channel, 'permission_denied');
  if (channel.archived) refuse('permission_denied');
  return channel;
}

function bookmarkArg(channel: Channel, args: Args): Bookmark {
  const id = text(args, 'bookmark_id');
  return channel.bookmarks.find((bookmark) => bookmark.id === id) ?? refuse('not_found');
}

function checkLink(link: string | undefined): string {
  if (!link || !/^https?:\/\//i.test(link) || !URL.canParse(link)) refuse('invalid_link');
  return link!;
}

function checkEmoji(emoji: string | undefined): string {
  if (emoji !== undefined && !/^:[a-z0-9_+'-]+:$/.test(emoji)) refuse('invalid_emoji');
  return emoji ?? '';
}

const wire = (bookmark: Bookmark, channel: Channel): Json => ({
  id: bookmark.id,
  channel_id: channel.id,
  title: bookmark.title,
  link: bookmark.link,
  emoji: bookmark.emoji,
  type: 'link',
  date_created: Math.floor(bookmark.createdAt / 1000),
});

/** The family `bookmarks.*`; only links, as an app may add them. */
export const bookmarkMethods: Record<string, Method> = {
  'bookmarks.add': (core, args) => {
    const channel = writable(core, args);
    if (text(args, 'type') !== 'link') refuse('invalid_bookmark_type');
    if (channel.bookmarks.length >= maxBookmarks) refuse('too_many_bookmarks');
    const bookmark: Bookmark = {
      id: newId(core.world, 'Bk'),
      title: text(args, 'title') ?? '',
      link: checkLink(text(args, 'link')),
      emoji: checkEmoji(text(args, 'emoji')),
      createdAt: core.now(),
    };
    channel.bookmarks.push(bookmark);
    core.changed();
    return { bookmark: wire(bookmark, channel) };
  },
  'bookmarks.edit': (core, args) => {
    const channel = writable(core, args);
    const bookmark = bookmarkArg(channel, args);
    const link = text(args, 'link');
    const emoji = text(args, 'emoji');
    if (link !== undefined) bookmark.link = checkLink(link);
    if (emoji !== undefined) bookmark.emoji = checkEmoji(emoji);
    bookmark.title = text(args, 'title') ?? bookmark.title;
    core.changed();
    return { bookmark: wire(bookmark, channel) };
  },
  'bookmarks.list': (core, args) => {
    const channel = channelArg(core, args, 'channel_id');
    return { bookmarks: channel.bookmarks.map((bookmark) => wire(bookmark, channel)) };
  },
  'bookmarks.remove': (core, args) => {
    const channel = writable(core, args);
    const gone = bookmarkArg(channel, args);
    channel.bookmarks = channel.bookmarks.filter((bookmark) => bookmark !== gone);
    core.changed();
    return {};
  },
};
