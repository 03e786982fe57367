import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mentionsOf } from '../../../src/sandbox/slack/mentions.ts';
import { mentionsIn, type Node, parseMrkdwn } from '../../../src/sandbox/slack/mrkdwn.ts';
import { createWorld, type Message } from '../../../src/sandbox/slack/world.ts';
import { people } from './workspace.ts';

const flat = (nodes: Node[]): string =>
  nodes
    .map((node) => {
      if (node.type === 'text') return node.text;
      if ('children' in node) return `[${node.type} ${flat(node.children)}]`;
      return `[${Object.values(node).join(' ')}]`;
    })
    .join('');

describe('parsing', () => {
  test.each([
    ['*bold* _it_ ~no~ `code`', '[bold bold] [italic it] [strike no] [code code]'],
    ['2*3*4 and snake_case_name', '2*3*4 and snake_case_name'],
    ['a &lt;!channel&gt; &amp; b', 'a <!channel> & b'],
    [
      '<!channel> <@U0JUN> <#C0ABC|ops> <!subteam^S012|team>',
      '[broadcast channel] [user U0JUN] [channel C0ABC] [usergroup S012]',
    ],
    [
      '<https://e.com|see *this*> <mailto:a@e.com>',
      '[link https://e.com see *this*] [link mailto:a@e.com a@e.com]',
    ],
    ['<javascript:alert(1)|x>', '<javascript:alert(1)|x>'],
    ['<!date^1700000000^{time}|then>', '[date 1700000000 {time} then]'],
    [':fire: 10:30:45', '[emoji fire] 10[emoji 30]45'],
    ['a\n> q1\n> q2\nb', 'a\n[quote q1\nq2]b'],
    ['```x < y *z*```', '[pre x < y *z*]'],
    ['*한글* 강조', '[bold 한글] 강조'],
  ])('%s', (text, expected) => {
    expect(flat(parseMrkdwn(text))).toBe(expected);
  });

  test('a control sequence counts inside code as well, as Slack resolves it first', () => {
    expect(mentionsIn(parseMrkdwn('`<!here>` ```<@U0JUN>```'))).toHaveLength(2);
  });

  test('escaped text never mentions anybody and comes back as it was', () => {
    const escaped = (text: string) =>
      text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
    const piece = fc.constantFrom(
      '<!channel>',
      '<@U0JUN>',
      '<',
      '>',
      '&',
      '&lt;',
      '|',
      'a',
      ' ',
      'https://e.com',
    );
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        expect(mentionsIn(parseMrkdwn(escaped(pieces.join(''))))).toEqual([]);
      }),
    );
  });
});

test('mentions are found wherever they stand', () => {
  const world = createWorld(people, {}, 0);
  const message = {
    text: 'plain @channel',
    linkNames: false,
    blocks: [
      {
        type: 'section',
        text: { type: 'mrkdwn', text: '<@U0JUN>' },
        fields: [{ type: 'plain_text', text: '<!here>' }],
      },
      { type: 'header', text: { type: 'plain_text', text: '<!channel>' } },
      {
        type: 'rich_text',
        elements: [{ type: 'rich_text_section', elements: [{ type: 'broadcast', range: 'here' }] }],
      },
      { type: 'markdown', text: '<!everyone>' },
    ],
    attachments: [{ text: '<@U0MINJI>' }],
  } as unknown as Message;
  const found = mentionsOf(message, world).map(({ type, where }) => `${type} ${where}`);
  expect(found).toEqual([
    'user blocks.0.text',
    'broadcast blocks.2.elements.0.elements.0',
    'broadcast blocks.3',
    'user attachments.0.text',
  ]);
  expect(mentionsOf({ ...message, blocks: [], attachments: [], linkNames: true }, world)).toMatchObject([
    { range: 'channel' },
  ]);
});
