import { previewLines } from '../incident/preview.ts';
import type { Language, PersonId } from '../incident/words.ts';
import { oneLine, plainText, slackCode, slackText } from '../kit/text.ts';
import { clockTime, mention } from './blocks.ts';
import { en, type Messages } from './text/en.ts';
import { ko } from './text/ko.ts';

/** What rendering may look up. `timezone` is for clients that cannot show a reader's own. */
export type Sight = {
  /** A plain-text name; never empty. */
  nameOf: (person: PersonId) => string;
  /** The Slack account of a person, or null. */
  slackOf: (person: PersonId) => string | null;
  timezone: string;
};

/** Writes parts of mrkdwn: everything that comes from outside passes through one of these. */
export type Pen = {
  messages: Messages;
  /** A name that notifies nobody. */
  who: (person: PersonId) => string;
  whom: (people: readonly PersonId[]) => string;
  /** A name that notifies: only for an invitation to a role. */
  call: (person: PersonId) => string;
  /** Outside text on one line, of at most `max` characters and twice as many once escaped. */
  outside: (text: string, max?: number) => string;
  /** The same for what people wrote with line breaks. */
  written: (text: string, max: number) => string;
  /** What will run, read exactly, line by line; what is more than a channel shows whole is never proposed. */
  code: (text: string) => string;
  time: (at: number) => string;
  duration: (ms: number) => string;
};

/** Creates the pen for one language. */
export function createPen(language: Language, sight: Sight): Pen {
  const messages = language === 'ko' ? ko : en;
  const shownTime = new Intl.DateTimeFormat(language === 'ko' ? 'ko-KR' : 'en-GB', {
    timeZone: sight.timezone,
    dateStyle: 'short',
    timeStyle: 'short',
  });
  const outside = (text: string, max = 200) => escaped(text, max, oneLine);
  const who = (person: PersonId) => outside(sight.nameOf(person), 80);
  return {
    messages,
    who,
    whom: (people) => [...new Set(people)].map(who).join(', '),
    call: (person) => mention({ name: sight.nameOf(person), slack: sight.slackOf(person) }),
    outside,
    written: (text, max) => escaped(text, max, paragraphs),
    code: (text) => {
      const whole = previewLines(text);
      const lines = whole ?? [`${plainText(text, 300)}…`];
      return lines.map((line) => slackCode(line)).join('\n');
    },
    time: (at) => clockTime(at, shownTime.format(at)),
    duration: (ms) => {
      // Under a minute seconds matter; above it they are noise.
      if (ms < 60_000) return messages.duration(0, 0, 0, Math.max(0, Math.floor(ms / 1000)));
      const minutes = Math.round(ms / 60_000);
      return messages.duration(Math.floor(minutes / 1440), Math.floor(minutes / 60) % 24, minutes % 60, 0);
    },
  };
}

/** Escaping makes up to five characters of one: what would grow too long is cut shorter, so that it fits all the same. */
function escaped(text: string, max: number, cut: (text: string, max: number) => string): string {
  // Megabytes of it cost time; what is shown is near the beginning.
  const start = text.slice(0, 8 * max);
  const whole = slackText(cut(start, max));
  return whole.length <= 2 * max ? whole : slackText(cut(start, Math.floor((2 * max) / 5)));
}

const maxLines = 12;
const paragraphs = (text: string, max: number): string => {
  const lines = plainText(text.trim(), max).split(/\n+/);
  return lines.length > maxLines ? `${lines.slice(0, maxLines).join('\n')}\n…` : lines.join('\n');
};
