import { type Mention, mentionsIn, parseControls, parseMrkdwn } from './mrkdwn.ts';
import type { Json, Message, World } from './world.ts';

/** A mention and the part of the message it stands in, e.g. `blocks.0.text`. */
export type FoundMention = Mention & { where: string };

/**
 * Everybody a message would reach by name: control sequences in its text, blocks and attachments, rich-text elements, and
 * raw `@channel` or `@name` where the sender asked for link names. An injection test asserts that this list is empty.
 */
export function mentionsOf(message: Message, world: World): FoundMention[] {
  const found: FoundMention[] = [];
  const add = (where: string, mentions: Mention[]) => {
    found.push(...mentions.map((mention) => ({ ...mention, where })));
  };
  add('text', mentionsIn(parseMrkdwn(message.text)));
  if (message.linkNames) add('text', rawMentions(message.text, world));
  const walk = (value: unknown, where: string): void => {
    if (Array.isArray(value)) for (const [index, item] of value.entries()) walk(item, `${where}.${index}`);
    else if (typeof value === 'object' && value !== null) {
      const json = value as Json;
      add(where, ownMention(json));
      for (const [key, inner] of Object.entries(json)) walk(inner, `${where}.${key}`);
    }
  };
  walk(message.blocks, 'blocks');
  for (const [index, attachment] of message.attachments.entries()) {
    walk(attachment, `attachments.${index}`);
    for (const key of ['text', 'pretext', 'fallback'])
      if (typeof attachment[key] === 'string')
        add(`attachments.${index}.${key}`, mentionsIn(parseMrkdwn(attachment[key])));
  }
  return found;
}

function ownMention(json: Json): Mention[] {
  const text = typeof json.text === 'string' ? json.text : '';
  if (json.type === 'mrkdwn') return mentionsIn(parseMrkdwn(text));
  if (json.type === 'markdown') return mentionsIn(parseControls(text));
  if (json.type === 'user') return [{ type: 'user', id: String(json.user_id) }];
  if (json.type === 'usergroup') return [{ type: 'usergroup', id: String(json.usergroup_id) }];
  if (json.type === 'broadcast') return [{ type: 'broadcast', range: json.range as 'channel' }];
  return [];
}

function rawMentions(text: string, world: World): Mention[] {
  return [...text.matchAll(/(?<![\w<])@([a-z0-9._-]+)/g)].flatMap(([, name]): Mention[] => {
    if (name === 'channel' || name === 'here' || name === 'everyone')
      return [{ type: 'broadcast', range: name }];
    const user = [...world.users.values()].find((candidate) => candidate.name === name);
    return user ? [{ type: 'user', id: user.id }] : [];
  });
}
