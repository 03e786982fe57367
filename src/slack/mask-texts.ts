import { plainText } from '../kit/text.ts';

/**
 * Where outside text that people read stands in the arguments of a call. Names, ids and button values must reach Slack as they
 * are, and so must a purpose: a channel of ours is known by it.
 */
const read = new Set(['text', 'topic', 'initial_value', 'alt_text', 'alt_txt']);

/** What masking makes longer must still be a topic (platform-facts: 250 characters). */
const longestTopic = 250;

/** A copy of a call's arguments in which every outside text that people will read went through `redact`, however deep it stands. */
export function maskTexts<T>(value: T, redact: (text: string) => string): T {
  if (Array.isArray(value)) return value.map((one) => maskTexts(one, redact)) as T;
  if (typeof value !== 'object' || value === null) return value;
  const mask = (name: string, text: string): string => {
    if (!read.has(name)) return text;
    return name === 'topic' ? plainText(redact(text), longestTopic) : redact(text);
  };
  const entries = Object.entries(value).map(([name, part]): [string, unknown] => [
    name,
    typeof part === 'string' ? mask(name, part) : maskTexts(part, redact),
  ]);
  return Object.fromEntries(entries) as T;
}
