import type { World } from './world.ts';

/**
 * Why a channel can't have this name, as `conversations.create` says it; undefined when it can. Names are lower case,
 * at most 80 characters; an archived channel still holds its name (platform-facts §3.2).
 */
export function channelNameError(world: World, name: string): string | undefined {
  if (name === '') return 'invalid_name_required';
  if (name.length > 80) return 'invalid_name_maxlength';
  if (/^[-_]+$/.test(name)) return 'invalid_name_punctuation';
  if (!/^[\p{L}\p{N}_-]+$/u.test(name) || name !== name.toLowerCase()) return 'invalid_name_specials';
  return [...world.channels.values()].some((channel) => channel.name === name) ? 'name_taken' : undefined;
}
