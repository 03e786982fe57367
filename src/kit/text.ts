import { bareText } from './bare-text.ts';

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
const lookAlikes: Record<string, string> = { '*': '∗', '~': '∼', '`': 'ˋ' };

/** Joins two characters without a gap; GitHub, Slack and browsers show nothing, but `@name` is no mention any more. */
const joiner = '\u2060';

/** A keyword with which GitHub would close the issue that follows it. */
const closing = /\b(?:clos|fix|resolv)(?:e|es|ed)?\b(?=:?\s+\S*(?:#|GH-|:\/\/))/gi;

/**
 * Outside text for a Slack `mrkdwn` object: nothing in it pings, makes a labelled link or formats. `&`, `<` and `>` become
 * entities, hidden characters go, and `*`, `~`, a backtick and a word-edge `_` become look-alikes, because mrkdwn has no
 * escape for them. Send it with `verbatim: true`, which alone stops Slack from linking bare addresses.
 */
export function slackText(text: string): string {
  return bareText(text)
    .replace(/[*~`]/g, (found) => lookAlikes[found] ?? found)
    .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '＿')
    .replace(/^>/gm, '›')
    .replace(/[&<>]/g, (found) => entities[found] ?? found);
}

/** Outside text as a Slack code span: one line, shown exactly except for backticks. Never empty. */
export function slackCode(text: string): string {
  const escaped = oneLine(text)
    .replace(/`/g, 'ˋ')
    .replace(/[&<>]/g, (found) => entities[found] ?? found);
  return `\`${escaped || ' '}\``;
}

/** A Slack link with an escaped label; only the label where the address is not a safe web address (see `safeUrl`). */
export function slackLink(url: string, label: string): string {
  const address = safeUrl(url);
  const text = slackText(oneLine(label)).replaceAll('|', '¦');
  return address === undefined ? text : `<${address.replaceAll('&', '&amp;')}|${text || 'link'}>`;
}

/**
 * Outside text for a `plain_text` object or a terminal: hidden characters go, and what exceeds `max` UTF-16 units (Slack's
 * limits count at most those) ends in `…`, never in half a character.
 */
export function plainText(text: string, max: number): string {
  const bare = bareText(text);
  if (bare.length <= max) return bare;
  return `${bare
    .slice(0, Math.max(0, max - 1))
    .toWellFormed()
    .replace(/\ufffd$/, '')
    .trimEnd()}…`;
}

/** `plainText` on one line: every run of white space becomes one space. */
export function oneLine(text: string, max = Number.POSITIVE_INFINITY): string {
  return plainText(bareText(text).replace(/\s+/g, ' ').trim(), max);
}

/**
 * Outside text inside a line of Markdown that GitHub renders: no formatting, HTML, link, image, mention, issue reference or
 * closing keyword survives, and the result has no line break, so it is safe in a list item, a heading or a table cell.
 */
export function markdownText(text: string): string {
  return oneLine(text)
    .replace(/\\/g, '\\\\')
    .replace(/[&<>]/g, (found) => entities[found] ?? found)
    .replace(/[`*_[\]()|~$]/g, '\\$&')
    .replace(/^([-+=#]|\d+(?=[.)](\s|$)))/, (found) =>
      /\d/.test(found) ? `${found}${joiner}` : `\\${found}`,
    )
    .replace(closing, (word) => `${word[0]}${joiner}${word.slice(1)}`)
    .replace(/(?<=\S)@/g, `${joiner}@`)
    .replace(/@(?=\S)/g, `@${joiner}`)
    .replace(/#(?=\w)/g, `#${joiner}`)
    .replace(/(GH)-(?=\d)/gi, `$1${joiner}-`)
    .replace(/:\/\//g, `:${joiner}//`)
    .replace(/(www)\./gi, `$1${joiner}.`);
}

/** A Markdown link with an escaped label; only the label where the address is not a safe web address (see `safeUrl`). */
export function markdownLink(url: string, label: string): string {
  const address = safeUrl(url);
  return address === undefined ? markdownText(label) : `[${markdownText(label) || 'link'}](${address})`;
}

/** Outside text as a fenced Markdown block whose fence is longer than any run of backticks in the text. */
export function fence(text: string, language = ''): string {
  const bare = bareText(text);
  const longest = Math.max(2, ...[...bare.matchAll(/`+/g)].map(([run]) => run.length));
  const ticks = '`'.repeat(longest + 1);
  return `${ticks}${language}\n${bare}\n${ticks}`;
}

/**
 * The address when it is an absolute http(s) URL without user information, at most 3,000 characters (Slack's limit for
 * links), with the characters that end a link in mrkdwn or Markdown percent-encoded; otherwise undefined.
 */
export function safeUrl(text: string): string | undefined {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  if (!['http:', 'https:'].includes(url.protocol) || url.username !== '' || url.password !== '')
    return undefined;
  const address = url.origin + url.href.slice(url.origin.length).replace(/[|<>()'`*[\]\\]/g, encode);
  return address.length <= 3000 ? address : undefined;
}

const encode = (character: string) =>
  `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
