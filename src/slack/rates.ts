/**
 * How often a method may be called, per minute: Slack's tiers 2, 3, 4 and the special ones (platform-facts §3.4 and
 * slack-methods.json). A method that is not listed is treated as tier 3.
 */
const tiers = { two: 20, three: 50, four: 100, special: 300 };

const perMinute: Record<string, number> = {
  'auth.test': tiers.special,
  'bookmarks.add': tiers.two,
  'bookmarks.list': tiers.three,
  'chat.getPermalink': tiers.special,
  'chat.postEphemeral': tiers.four,
  'chat.postMessage': tiers.special,
  'conversations.create': tiers.two,
  'conversations.list': tiers.two,
  'conversations.setPurpose': tiers.two,
  'conversations.setTopic': tiers.two,
  'files.completeUploadExternal': tiers.four,
  'files.getUploadURLExternal': tiers.four,
  'files.info': tiers.four,
  'pins.add': tiers.two,
  'pins.list': tiers.two,
  'users.info': tiers.four,
  'users.list': tiers.two,
  'views.open': tiers.four,
  'views.publish': tiers.four,
  'views.push': tiers.four,
  'views.update': tiers.four,
};

/** A bucket of tokens: `capacity` at most, `perSecond` come back. */
export type Rate = { name: string; capacity: number; perSecond: number };

/** The budgets that one call draws on; posting draws on its channel's as well: one a second, with a small burst. */
export function ratesOf(method: string, channel: string | undefined): Rate[] {
  const minute = perMinute[method] ?? tiers.three;
  const own = { name: method, capacity: minute, perSecond: minute / 60 };
  if (method !== 'chat.postMessage' || channel === undefined) return [own];
  return [own, { name: `${method} ${channel}`, capacity: 3, perSecond: 1 }];
}
