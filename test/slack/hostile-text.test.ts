import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Command } from '../../src/incident/commands.ts';
import { checkBlocks } from '../../src/sandbox/slack/blocks/check.ts';
import { mentionsOf } from '../../src/sandbox/slack/mentions.ts';
import { type Node, parseMrkdwn } from '../../src/sandbox/slack/mrkdwn.ts';
import { createWorld, type Json, type Message as Shown } from '../../src/sandbox/slack/world.ts';
import { renderCard } from '../../src/slack/card.ts';
import type { Message } from '../../src/slack/message.ts';
import { nextPost } from '../../src/slack/posts.ts';
import {
  alert,
  by,
  incidentAfter,
  minutes,
  muster,
  opening,
  type runbook,
  sight,
  story,
} from './incidents.ts';

const seed = Number(process.env.SEED ?? Date.now() % 1_000_000);

/** Pieces of which an attacker would build an alert's text. */
const piece = fc.oneof(
  fc.constantFrom(
    ...[
      '<!channel>',
      '<!here>',
      '<@U0MINJI>',
      '<#C0OPS>',
      '<!subteam^S0TEAM>',
      '@channel',
      '<',
      '>',
      '|',
      '&',
    ],
    ...[
      '<https://evil.example/|Approve>',
      'https://evil.example',
      '&lt;!channel&gt;',
      '&amp;lt;',
      'mailto:a@b.c',
    ],
    ...[
      '*bold*',
      '_it_',
      '~gone~',
      '`code`',
      '```',
      '\n',
      '\n>',
      '> quote',
      '*',
      '_',
      '~',
      '`',
      '\r',
      '\u2028',
    ],
    ...[
      '\u202e',
      '\u200b',
      '\u2066',
      '<\u200b!channel>',
      '\u0000',
      '\ud800',
      '한국어',
      '👩‍👩‍👧',
      ' ',
      '<!date^1^{time}|x>',
    ],
  ),
  fc.string({ maxLength: 12 }),
);
const hostile = fc.array(piece, { maxLength: 8 }).map((pieces) => `x${pieces.join('')}x`);

/** An incident in which `text` gives everything that comes from outside. */
function incidentOf(text: () => string) {
  const step = (of: (typeof runbook.steps)[number]) => ({
    ...of,
    title: text(),
    target: text(),
    preview: of.preview === null ? null : text().replace(/[\n\r\u2028\u2029\u0085]/g, ' '),
  });
  const evidence = { columns: [text(), text()], rows: [[text(), text()]] };
  const outside = (command: Command): Command => {
    switch (command.type) {
      case 'StartRunbook':
        return {
          ...command,
          rule: text(),
          runbook: { ...command.runbook, title: text(), steps: command.runbook.steps.map(step) },
        };
      case 'RecordStep':
        return { ...command, report: { ...command.report, sentence: text(), evidence } };
      case 'PostUpdate':
        return { ...command, text: text() };
      case 'Resolve':
        return { ...command, reason: text() };
      case 'AnswerManual':
        return { ...command, answer: { done: true, note: text() } };
      case 'RecordPullRequest':
        return { ...command, number: null, branch: text(), url: text() };
      case 'RecordPullRequestClosed':
        return { ...command, closer: text() };
      case 'ApproveStep':
        return { ...command, glass: text() };
      default:
        return command;
    }
  };
  const first = opening({ title: text(), alerts: [alert(text(), { summary: text() })] });
  if (first.type === 'ReceiveAlerts') Object.assign(first.opening, { rule: text(), grouping: text() });
  const failed = { round: 1, level: 1, person: 'jun', pager: text(), code: 'x', why: text(), retryAt: null };
  const more: Command[] = [
    { type: 'RecordPage', page: { type: 'PageFailed', key: 'p2', ...failed }, at: minutes(1), by: muster },
    { type: 'AssignRole', role: 'ops', person: text(), at: minutes(1), by: by('minji') },
    {
      type: 'AddNote',
      text: text(),
      author: text(),
      writtenAt: 1,
      permalink: null,
      at: minutes(1),
      by: muster,
    },
    {
      type: 'ChangeSeverity',
      to: 'P2',
      reason: text(),
      rule: text(),
      treatments: treatments(),
      at: minutes(1),
      by: by('jun'),
    },
    { type: 'ReportNobodyOnCall', round: 1, level: 2, rule: text(), at: minutes(1), by: muster },
  ];
  return { first, more, rest: story.slice(1).map(outside) };
}

const treatments = () => {
  const treatment = { page: true, channel: true };
  return { P1: treatment, P2: treatment, P3: treatment, P4: treatment };
};

/** Everything Muster would show of an incident: its card after each command, and every post. */
function rendered(text: () => string): Message[] {
  const { first, more, rest } = incidentOf(text);
  const all = [first, ...more, ...rest];
  const names = text();
  const seen = { ...sight, nameOf: (person: string) => `${person}${names}` };
  const missing = [{ person: 'gone', why: text() }];
  const cards = [2, 6, all.length - 8, all.length].map((count) =>
    renderCard(incidentAfter(...all.slice(0, count)), seen, {
      next: { at: minutes(5), people: ['jun'] },
      dashboard: text(),
      missing,
    }),
  );
  const incident = incidentAfter(...all);
  const posts: Message[] = [];
  for (let after = 0; after < incident.version; ) {
    const post = nextPost(incident, after, minutes(2), seen);
    if (post === null) break;
    posts.push(post.message);
    after = post.to;
  }
  return [...cards, ...posts];
}

const world = createWorld([{ id: 'U0MINJI', name: 'minji' }], {}, 0);
const texts = (value: unknown): string[] => {
  if (Array.isArray(value)) return value.flatMap(texts);
  if (typeof value !== 'object' || value === null) return [];
  const json = value as Json;
  return [...(json.type === 'mrkdwn' ? [String(json.text)] : []), ...Object.values(json).flatMap(texts)];
};
/** The kinds of everything in parsed mrkdwn that is not plain text. */
const kinds = (nodes: Node[]): string[] =>
  nodes.flatMap((node) => {
    if (node.type === 'text' || node.type === 'emoji') return [];
    return [node.type, ...('children' in node ? kinds(node.children) : [])];
  });
const formats = (messages: Message[]) =>
  messages.map(({ text, blocks }) => [text, ...texts(blocks)].map((one) => kinds(parseMrkdwn(one))));
const mentions = (messages: Message[]) =>
  messages.flatMap((message) =>
    mentionsOf({ attachments: [], linkNames: false, ...message } as unknown as Shown, world),
  );

test(`outside text mentions nobody, links nowhere and formats nothing (seed ${seed})`, {
  timeout: 60_000,
}, () => {
  const harmless = rendered(() => 'x');
  const expected = formats(harmless);
  const called = mentions(harmless).map(({ type, where }) => ({ type, where }));
  expect(called.length).toBeGreaterThan(0);
  fc.assert(
    fc.property(fc.infiniteStream(hostile), (stream) => {
      const messages = rendered(() => stream.next().value as string);
      expect(formats(messages)).toEqual(expected);
      expect(mentions(messages).map(({ type, where }) => ({ type, where }))).toEqual(called);
    }),
    { seed, numRuns: 40 },
  );
});

test(`Slack accepts whatever is rendered (seed ${seed})`, { timeout: 60_000 }, () => {
  const long = fc.tuple(hostile, fc.constantFrom(1, 50, 500)).map(([text, times]) => text.repeat(times));
  fc.assert(
    fc.property(fc.infiniteStream(long), (stream) => {
      for (const { text, blocks } of rendered(() => stream.next().value as string)) {
        expect(checkBlocks(blocks, 'message')).toEqual([]);
        expect(JSON.stringify(blocks).length).toBeLessThanOrEqual(13_000);
        expect(text.length).toBeGreaterThan(0);
        expect(text.length).toBeLessThanOrEqual(4000);
      }
    }),
    { seed, numRuns: 15 },
  );
});
