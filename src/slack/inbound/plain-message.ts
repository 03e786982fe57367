import { bareText } from '../../kit/bare-text.ts';

/**
 * Text as Slack sends it, without Slack's markup: mentions by name, links as label and address, entities undone, nothing
 * invisible. At most 3,000 characters.
 */
export function plainMessage(text: string, nameOf: (user: string) => string): string {
  const plain = text
    .replace(
      /<@([UW][A-Z0-9]+)(?:\|([^>]*))?>/g,
      (_, user: string, label?: string) => `@${label || nameOf(user)}`,
    )
    .replace(/<#([A-Z0-9]+)(?:\|([^>]*))?>/g, (_, id: string, name?: string) => `#${name || id}`)
    .replace(/<!(?:subteam\^[A-Z0-9]+\|)?@?([^>^|]+)[^>]*>/g, '@$1')
    .replace(/<((?:https?|mailto):[^|>]+)\|([^>]*)>/g, (_, url: string, label: string) => `${label} (${url})`)
    .replace(/<((?:https?|mailto):[^>]+)>/g, '$1')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
  return bareText(plain).slice(0, 3000).trim();
}

/** The same for words typed behind a slash command, where nobody needs to be looked up. */
export const plainWords = (words: string): string => plainMessage(words, (user) => user);
