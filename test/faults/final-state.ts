import type { IncidentEvent } from '../../src/incident/events.ts';
import { visible } from '../../src/sandbox/slack/visible.ts';
import type { Stage } from './stage.ts';

/**
 * All that is left of a story in the world, in words that are the same in every run: times, generated ids and ports are
 * masked, what has no order is sorted. Retries leave no trace here; a second page, post, branch or claim does.
 */
export type FinalState = {
  events: string[];
  conversations: Record<
    string,
    {
      members: string[];
      topic: string;
      purpose: string;
      bookmarks: string[];
      pinned: string[];
      messages: string[];
    }
  >;
  pages: string[];
  branches: Record<string, Record<string, string[]>>;
  pulls: string[];
  stream: { pending: string[]; entries: number; deadLetters: number; claims: number };
};

const masks: [RegExp, string][] = [
  [/\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?( ?UTC|Z)?/g, '<time>'],
  [/\b\d{4}-\d\d-\d\d\b/g, '<day>'],
  [/\b([01]?\d|2[0-3]):[0-5]\d(:[0-5]\d)?\b/g, '<clock>'],
  [/127\.0\.0\.1:\d+/g, '<address>'],
  [/\b[0-9a-f]{12,64}\b/g, '<hex>'],
  [/\b\d{10}\.\d{6}\b/g, '<ts>'],
  [/\b\d{13}\b/g, '<ms>'],
  [/\b[CD]0{4,}\d+\b/g, '<conversation>'],
  [/<!date\^\d+/g, '<!date^<time>'],
  [/(under )?\b(\d+(\.\d+)? ?(ms|min|seconds?|minutes?|hours?|s|m|h|d) ?)+\b/g, '<duration>'],
  [/\b\d+ %/g, '<share>'],
  [/\d+ ?(초|분|시간)/g, '<duration>'],
];

/** Takes out of a text what no two runs share. */
export const mask = (text: string): string =>
  masks.reduce((masked, [pattern, word]) => masked.replace(pattern, word), text);

const passing = new Set([
  'at',
  'until',
  'startedAt',
  'ms',
  'since',
  'ts',
  'ref',
  'hash',
  'channel',
  'url',
  'sha',
  'retryAt',
]);

const eventText = (event: IncidentEvent): string =>
  mask(
    JSON.stringify(event, (key, value: unknown) =>
      passing.has(key) && typeof value !== 'object' ? undefined : key === 'ref' ? undefined : value,
    ),
  );

const sortedLines = (text: string): string[] => mask(text).split('\n').sort();

/** Reads what is left once nothing is to be done any more. */
export async function finalState(stage: Stage): Promise<FinalState> {
  const { outside, redis, target } = stage;
  const { slack, github, pagerDuty, pagerHook } = outside;
  const [incidents, summary, entries, deadLetters] = await Promise.all([
    stage.incidents(),
    redis.client.xpending('orders', 'billing') as Promise<[number, string, string, [string, string][]]>,
    redis.client.xlen('orders'),
    redis.client.xlen('dead-letter'),
  ]);
  const conversations = Object.entries(visible(slack.world, mask)).map(([name, shown]) => {
    const messages = shown.messages.map((message) => JSON.stringify(message));
    return [
      name,
      {
        members: shown.members,
        topic: shown.topic,
        purpose: shown.purpose,
        bookmarks: shown.bookmarks.map(({ title, link }) => `${title} ${link}`).sort(),
        pinned: shown.pins.map((index) => messages[index] ?? 'nothing'),
        messages: messages.sort(),
      },
    ] as const;
  });
  return {
    events: incidents
      .flatMap(({ id, events }) => events.map((event) => `inc-${id} ${eventText(event)}`))
      .sort(),
    conversations: Object.fromEntries(conversations),
    pages: [
      ...pagerDuty
        .incidents()
        .map(({ dedupKey, status, summary: text }) => `pagerduty ${dedupKey} ${status} ${text}`),
      ...pagerHook.pages().map(({ key }) => `pager-hook ${key}`),
    ].sort(),
    branches: Object.fromEntries(
      [...github.repository.branches.keys()]
        .sort()
        .map((branch) => [
          branch,
          Object.fromEntries(
            Object.entries(github.filesOn(branch)).map(([path, text]) => [path, sortedLines(text)]),
          ),
        ]),
    ),
    pulls: github.repository.pulls.map(
      ({ title, body, head, base, labels, requestedReviewers, reviews, merged }) =>
        JSON.stringify({
          title,
          body: sortedLines(body),
          head,
          base,
          labels,
          requestedReviewers,
          reviews: reviews.map(({ user, state }) => `${user.login} ${state}`),
          merged: merged?.by.login,
        }),
    ),
    stream: {
      pending: summary[3].map(([consumer, count]) => `${consumer} ${count}`),
      entries,
      deadLetters,
      claims: target.commands.filter(([command]) => command === 'XAUTOCLAIM').length,
    },
  };
}

/** News that is told more than a minute late bears its time, and several pieces share a message. */
const latePrefix = /<!date\^[^·\n]*?> · /g;

/** True when Slack caught up late somewhere: how the posts were cut then depends on how slow the machine was. */
export const isLate = (state: FinalState): boolean =>
  Object.values(state.conversations).some(({ messages }) =>
    messages.some((one) => one.search(latePrefix) !== -1),
  );

/** The state with what the messages say, line by line, however the lines were cut into messages. */
export const asLines = (state: FinalState): FinalState => ({
  ...state,
  conversations: Object.fromEntries(
    Object.entries(state.conversations).map(([name, shown]) => [
      name,
      {
        ...shown,
        messages: shown.messages
          .flatMap((one) => (JSON.parse(one) as { text: string }).text.replace(latePrefix, '').split('\n'))
          .sort(),
      },
    ]),
  ),
});

const aboutClaim = /"step":"claim|Claim the stuck|claim-check|Who holds what/;

/**
 * The state without what is said about the change. After a crash in its middle the log also tells that nobody knew whether
 * it ran, and who settled it; everything else, and the stream itself, must still be as after a clean run.
 */
export const withoutClaim = (state: FinalState): object => ({
  ...state,
  events: state.events.filter((event) => !aboutClaim.test(event)),
  conversations: Object.fromEntries(
    Object.entries(state.conversations).map(([name, { messages, pinned, ...others }]) => [
      name,
      { ...others, pinned: pinned.length, messages: messages.filter((message) => !aboutClaim.test(message)) },
    ]),
  ),
  branches: Object.fromEntries(
    Object.entries(state.branches).map(([name, files]) => [name, Object.keys(files)]),
  ),
  pulls: state.pulls.map((pull) => ({ ...(JSON.parse(pull) as object), body: null })),
});
