import type { Setting } from './settings-table.ts';

type Parsed = { value: unknown } | { problem: string };

const logLevels = ['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace'];

/** Checks one setting's text and gives its typed value, or the end of a sentence that says what is wrong (without the value of a secret). */
export function parseSetting(setting: Setting, text: string): Parsed {
  if (setting.pattern && !setting.pattern.is.test(text))
    return { problem: `must be one that ${setting.pattern.says}` };
  return parsers[setting.kind](text.trim());
}

const parsers: Record<Setting['kind'], (text: string) => Parsed> = {
  text: (value) => ({ value }),
  secret: (value) => ({ value }),
  url: (value) =>
    isUrl(value, /^https?:$/) ? { value } : { problem: `is no http(s) address: ${shown(value)}` },
  urls: (text) => {
    const urls = listOf(text);
    const wrong = urls.filter((url) => !isUrl(url, /^https?:$/));
    return wrong.length === 0
      ? { value: urls }
      : { problem: `holds no http(s) address: ${wrong.map(shown).join(', ')}` };
  },
  'redis-url': (value) =>
    isUrl(value, /^rediss?:$/)
      ? { value }
      : { problem: 'is no address of the form redis://host:6379 or rediss://host:6379' },
  addresses: (text) => {
    const parts = listOf(text).map((part) => /^(.+):(\d{1,5})$/.exec(part));
    if (parts.length === 0 || parts.some((part) => part === null))
      return { problem: `is no list of host:port: ${text}` };
    return {
      value: parts.map((part) => ({ host: part![1]!.replace(/^\[|\]$/g, ''), port: Number(part![2]) })),
    };
  },
  names: (text) => ({ value: listOf(text) }),
  integer: (text) =>
    /^\d{1,15}$/.test(text) ? { value: Number(text) } : { problem: `is no whole number: ${text}` },
  repository: (value) =>
    /^[\w.-]+\/[\w.-]+$/.test(value) ? { value } : { problem: `is not of the form owner/name: ${value}` },
  'log-level': (value) =>
    logLevels.includes(value) ? { value } : { problem: `is none of ${logLevels.join(', ')}: ${value}` },
};

const listOf = (text: string) =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');

const isUrl = (text: string, protocol: RegExp) =>
  URL.canParse(text) && protocol.test(new URL(text).protocol) && new URL(text).hostname !== '';

const shown = (text: string) => text.replace(/\/\/[^/]*@/, '//');
