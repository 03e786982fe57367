import { pingsOf } from '../slack/visible.ts';
import type { Channel, World } from '../slack/world.ts';

/** What each person has not read yet, and how much of it calls them by name or in a direct message. */
export type Unread = {
  in: (user: string, channel: Channel) => { isUnread: boolean; calls: number };
  callsFor: (user: string) => number;
  markRead: (user: string, channel: Channel) => void;
};

/** Keeps who has read how far; what was there at the beginning counts as read. */
export function createUnread(world: World): Unread {
  // By the workspace's own count: a clock would take what comes in the same millisecond for old.
  const start = world.lastTs / 1e6;
  const read = new Map<string, string>();
  const readTo = (user: string, channel: Channel) => Number(read.get(`${user} ${channel.id}`) ?? start);
  const callsIn = (user: string) =>
    pingsOf(world, user).filter(({ channel, message }) => Number(message.ts) > readTo(user, channel));
  return {
    in(user, channel) {
      const from = readTo(user, channel);
      const isMember = channel.members.includes(user);
      const isUnread = channel.messages.some(
        ({ ts, user: by, subtype }) => Number(ts) > from && by !== user && !subtype,
      );
      const calls = callsIn(user).filter((call) => call.channel === channel).length;
      return { isUnread: isMember && isUnread, calls };
    },
    callsFor: (user) => callsIn(user).length,
    markRead(user, channel) {
      const last = channel.messages.at(-1);
      if (last) read.set(`${user} ${channel.id}`, last.ts);
    },
  };
}
